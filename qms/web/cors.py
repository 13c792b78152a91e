"""Calls from pages of other origins (CORS): any may, since it is a key in a header that lets one in, not a cookie."""

from collections.abc import Awaitable, Callable

from aiohttp import web
from aiohttp.typedefs import Middleware

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
HEADERS = "Authorization, Content-Type, Idempotency-Key, X-API-Token, X-Tenant"
SEEN = "Retry-After"
DAY = "86400"


def cors(allowed: Callable[[web.Request], bool]) -> Middleware:
    """A middleware that opens the routes it wraps; `allowed` is asked with the answered request, who is known by then.

    A preflight (any OPTIONS) carries no key: it is answered 204 for everybody.
    """

    @web.middleware
    async def opened(request: web.Request, handler: Handler) -> web.StreamResponse:
        if request.method == "OPTIONS":
            return preflight()
        response = await handler(request)
        if allowed(request):
            response.headers["Access-Control-Allow-Origin"] = "*"
            response.headers["Access-Control-Expose-Headers"] = SEEN
        return response

    return opened


def preflight() -> web.Response:
    """Whatever a page of another origin asks to do may be tried."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": HEADERS,
        "Access-Control-Max-Age": DAY,
    }
    return web.Response(status=204, headers=headers)
