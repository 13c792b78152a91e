"""Calls from pages of other origins (CORS): any may, since it is a key in a header that lets one in, not a cookie."""

from aiohttp import web

METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS"
HEADERS = "Authorization, Content-Type, Idempotency-Key, X-API-Token, X-Tenant"
SEEN = "Retry-After"
DAY = "86400"


def preflight() -> web.Response:
    """Whatever a page of another origin asks to do may be tried."""
    headers = {
        "Access-Control-Allow-Origin": "*",
        "Access-Control-Allow-Methods": METHODS,
        "Access-Control-Allow-Headers": HEADERS,
        "Access-Control-Max-Age": DAY,
    }
    return web.Response(status=204, headers=headers)


def open_to_pages(response: web.StreamResponse) -> None:
    """Let a page of another origin see an answer."""
    response.headers["Access-Control-Allow-Origin"] = "*"
    response.headers["Access-Control-Expose-Headers"] = SEEN
