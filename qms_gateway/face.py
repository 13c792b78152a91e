"""The gateway: the vendors' dialects, each under the prefix that its clients expect."""

from aiohttp import web

from qms.web.faces import mount
from qms_gateway.dialects.videsk import face as videsk


def routes(app: web.Application) -> None:
    """Hang the dialects into the whole."""
    mount(app, videsk.PREFIX, videsk.application())
