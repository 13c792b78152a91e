"""Calls from pages of other origins (X-4): to what customers' pages use, to everything, or to nothing; by account."""

import re
from collections.abc import Awaitable, Callable

from aiohttp import web

from qms.domain.options import Options
from qms.services.applications import any_open
from qms.web.cors import SEEN, preflight
from qms.web.keys import STORE
from qms_gateway.dialects.auvious.caller import CALLER, NETWORK

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_FOR_PAGES = re.compile(r"/api/(?:appointments/(?:basic|count|overlap/count)|cal/events/[^/]+/[^/]+/event)/?$")


@web.middleware
async def origins(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say who else may be answered. A preflight carries no token: what any account leaves open may be tried."""
    documented = _FOR_PAGES.search(request.path) is not None
    if request.method == "OPTIONS" and (documented or await request.app[STORE].read(any_open)):
        return preflight()
    response = await handler(request)
    if _open(request, documented=documented):
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SEEN
    return response


def _open(request: web.Request, *, documented: bool) -> bool:
    caller = request.get(CALLER)
    network = caller.network if caller is not None else request.get(NETWORK)
    wanted = Options(network.account.options if network is not None else {}).text("cors")
    return wanted == "everywhere" or (wanted == "documented" and documented)
