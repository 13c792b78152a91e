"""The policy of a route: which permission of `qms.domain.access` it takes, said at its handler.

What belongs to people who sign in is kept here: nobody reaches the handler without the permission. A device's token, a
link and a vendor's key are looked at by the handler, which knows where they stand.
"""

from collections.abc import Callable, Hashable, Iterator
from functools import partial, wraps
from typing import Any, TypeVar

from aiohttp import web

from qms.domain import access
from qms.domain.errors import Forbidden
from qms.web import people

H = TypeVar("H", bound=Callable[..., Any])
_NAMED: dict[Hashable, str] = {}


def allows(permission: str, *, by_itself: bool = False) -> Callable[[H], H]:
    """Say which permission a handler takes; of staff it is asked before the handler runs.

    `by_itself`: the handler lets people in itself, because their token may come later or they are about to sign in.
    """
    if permission not in access.PERMISSIONS:
        raise ValueError(f"no such permission: {permission}")

    def named(handler: H) -> H:
        kept = handler if by_itself or permission not in access.STAFF else _kept(handler, permission)
        _NAMED[kept] = permission
        return kept

    return named


def _kept(handler: Any, permission: str) -> Any:
    @wraps(handler)
    async def admitted(request: web.Request) -> web.StreamResponse:
        await people.admit(request, permission)
        response: web.StreamResponse = await handler(request)
        return response

    return admitted


def permission_of(handler: Any) -> str | None:
    """The permission that a route's handler names, whatever middlewares stand around it; None: it names none."""
    while isinstance(handler, partial):
        handler = handler.keywords.get("handler")
    return _NAMED.get(handler) if handler is not None else None


def asked(request: web.Request) -> str:
    """The permission that this request's route takes.

    Raises:
        Forbidden: it names none.
    """
    permission = permission_of(request.match_info.handler)
    if permission is None:
        raise Forbidden("ask at an address that names no permission")
    return permission


def require_topic(request: web.Request, topic: str) -> None:
    """Let a socket follow only the kinds of topics that its route's permission is for.

    Raises:
        Forbidden: this one is not.
    """
    if asked(request) not in access.TOPICS[topic.partition(":")[0]]:
        raise Forbidden("follow what is not shown here")


def policies(app: web.Application) -> Iterator[tuple[str, str, str | None]]:
    """Every route of an application, those of the applications in it too: method, path, permission."""
    for route in app.router.routes():
        if route.resource is not None and route.method != "HEAD":
            yield route.method, route.resource.canonical, permission_of(route.handler)
