"""The gateway: the vendors' dialects, each under the prefix that its clients expect."""

from aiohttp import web

from qms_gateway.dialects.auvious import face as auvious
from qms_gateway.dialects.videsk import face as videsk
from qms_gateway.dialects.voki import face as voki


def routes(app: web.Application) -> None:
    """Hang the dialects into the whole."""
    videsk.routes(app)
    auvious.routes(app)
    voki.routes(app)
