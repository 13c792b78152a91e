"""Calls from pages of other origins (X-4): none, but for accounts that let them call everything."""

from collections.abc import Awaitable, Callable

from aiohttp import web

from qms.domain.errors import NotFound
from qms.domain.network import Network
from qms.domain.options import Options
from qms.services.applications import any_open
from qms.web.cors import SEEN, preflight
from qms.web.keys import STORE
from qms.web.networks import network_of
from qms_gateway.dialects.voki.caller import CALLER, TENANT

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
ENTERED: web.RequestKey[Network] = web.RequestKey("voki_entered", Network)
"""The account into which somebody wants to log in."""


@web.middleware
async def origins(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Say who else may be answered. A preflight says nothing of its account: what any leaves open may be tried."""
    if request.method == "OPTIONS" and await request.app[STORE].read(any_open):
        return preflight()
    response = await handler(request)
    network = await _network(request)
    if network is not None and Options(network.account.options).text("cors") == "everywhere":
        response.headers["Access-Control-Allow-Origin"] = "*"
        response.headers["Access-Control-Expose-Headers"] = SEEN
    return response


async def _network(request: web.Request) -> Network | None:
    if CALLER in request:
        return request[CALLER].network
    if ENTERED in request:
        return request[ENTERED]
    slug = request.headers.get(TENANT, "").strip()
    if not slug or "Origin" not in request.headers:
        return None
    try:
        return await network_of(request, slug)
    except NotFound:
        return None
