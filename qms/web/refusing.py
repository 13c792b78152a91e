"""Saying refusals: what goes wrong inside a dialect's routes is answered in the dialect's own words."""

from collections.abc import Awaitable, Callable, Mapping
from typing import Any, TypeVar

from aiohttp import web
from aiohttp.typedefs import Middleware

from qms.web.cors import open_to_pages, preflight
from qms.web.problems import has_left

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
R = TypeVar("R")


def refusing(
    say: Callable[[Exception, web.Request], web.StreamResponse],
    *,
    opened: Callable[[web.Request], bool] | None = None,
) -> Middleware:
    """A middleware that answers every refusal, unknown route and bug with what `say` makes of it.

    `opened`: whether pages of other origins may see an answer; asked when it is there, since who asks is known by then.
    There each preflight (any OPTIONS) is answered 204, since it carries no key.
    """

    @web.middleware
    async def answered(request: web.Request, handler: Handler) -> web.StreamResponse:
        if opened is not None and request.method == "OPTIONS":
            return preflight()
        try:
            response = await handler(request)
        except Exception as error:
            if has_left(request, error):
                return web.Response(status=400)
            if isinstance(error, web.HTTPException) and error.status < 400:
                raise
            response = say(error, request)
        if opened is not None and opened(request):
            open_to_pages(response)
        return response

    return answered


def said_of(
    error: Exception, request: web.Request, table: Mapping[type[Exception], Callable[[Any, web.Request], R]]
) -> R:
    """What a table says about an error, looked up along the error's classes; it has a word for `Exception`."""
    kind = next(kind for kind in type(error).__mro__ if kind in table)
    return table[kind](error, request)
