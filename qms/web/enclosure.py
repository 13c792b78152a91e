"""Routes with middlewares of their own around them, under a prefix of the whole.

It is no sub-application of aiohttp's: there every path is resolved twice and every request passes two sets of
middlewares that are put together anew, a fifth of what a ticket costs. Here each handler is wrapped once.
"""

from collections.abc import Awaitable, Callable, Iterable, Sequence
from functools import partial

from aiohttp import web
from aiohttp.typedefs import Middleware

from qms.web.access import allows
from qms.web.slashes import OtherSlash

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def enclose(
    whole: web.Application,
    prefix: str,
    routes: Iterable[web.RouteDef],
    around: Sequence[Middleware],
    *,
    either_slash: bool = False,
) -> None:
    """Hang routes under a prefix; all under it, unknown addresses too, passes these middlewares, the first first.

    `either_slash`: each route also answers with the last slash that it has not, or without the one that it has.
    """
    resources: list[web.AbstractResource] = []
    for route in routes:
        within = web.RouteDef(route.method, prefix + route.path, _within(route.handler, around), route.kwargs)
        resources += [added.resource for added in within.register(whole.router) if added.resource is not None]
    if either_slash:
        other = OtherSlash(prefix, tuple(resources))
        whole.router.register_resource(other)
        resources.append(other)

    @allows("site.see")
    async def nowhere(request: web.Request) -> web.StreamResponse:
        rest = request.match_info.get("rest")  # whatever other spelling has led here
        here = request.clone(rel_url=request.rel_url.with_path(prefix if rest is None else f"{prefix}/{rest}"))
        allowed = {method for one in resources for method in (await one.resolve(here))[1]}
        raise web.HTTPMethodNotAllowed(request.method, allowed) if allowed else web.HTTPNotFound()

    for path in (prefix, prefix + "/{rest:(?s:.*)}"):
        whole.router.add_route("*", path, _within(nowhere, around))


def _within(handler: Handler, around: Sequence[Middleware]) -> Handler:
    for middleware in reversed(around):
        handler = partial(middleware, handler=handler)
    return handler
