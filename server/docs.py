"""`/docs`: the interfaces to read and to try, in a browser."""

from importlib import metadata

from aiohttp import web

from qms.web.access import allows
from qms.web.pages import render


@allows("site.see")
async def page(request: web.Request) -> web.Response:
    """The page; the document itself is /openapi.json."""
    return render(request, "docs.html.j2", {"release": metadata.version("turnero")})
