"""Which faces a process shows, by its roles."""

from collections.abc import Callable, Collection, Mapping

from aiohttp import web

import desk.face
import kiosk.face
import qms_gateway.face
import screens.face

FACES: Mapping[str, Callable[[web.Application], None]] = {
    "gateway": qms_gateway.face.routes,
    "screens": screens.face.routes,
    "kiosk": kiosk.face.routes,
    "desk": desk.face.routes,
}


def packages(roles: Collection[str]) -> tuple[str, ...]:
    """The packages whose templates and static files the pages of these roles need."""
    return tuple(name for name in ("screens", "kiosk", "desk") if name in roles)


def setup(app: web.Application, roles: Collection[str]) -> None:
    """Hang the faces of these roles into the whole."""
    for role, routes in FACES.items():
        if role in roles:
            routes(app)
