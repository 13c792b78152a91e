"""Which faces a process shows, by its roles."""

from collections.abc import Collection, Mapping
from importlib import import_module

from aiohttp import web

FACES: Mapping[str, str] = {
    "gateway": "qms_gateway.face",
    "screens": "screens.face",
    "kiosk": "kiosk.face",
    "desk": "desk.face",
}
"""Role → the module whose `routes(app)` hangs the face into the whole; only those of the process's roles are loaded."""


PACKAGES = ("screens", "kiosk", "desk")
"""The packages with templates and static files: every process knows all, so that addresses are the same everywhere."""


def setup(app: web.Application, roles: Collection[str]) -> None:
    """Hang the faces of these roles into the whole."""
    for role, module in FACES.items():
        if role in roles:
            import_module(module).routes(app)
