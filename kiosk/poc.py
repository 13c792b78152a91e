"""A point of contact's own device: who has been called there, who comes, and where they meet by video."""

from aiohttp import web

from kiosk.hubs import POC_HUB, told
from qms.services import devices, visitor_state
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.live import attend


@allows("poc.show")
async def state(request: web.Request) -> web.Response:
    """The whole state of a point of contact, as its socket tells it."""
    state = await request.app[STORE].read(visitor_state.of_poc, token=request.match_info["token"])
    return told(request, state).response()


@allows("poc.show")
async def socket(request: web.Request) -> web.WebSocketResponse:
    """The state of a point of contact whenever it changes."""
    token = request.match_info["token"]
    _, branch, _ = await request.app[STORE].read(devices.poc, token=token)
    return await attend(request, request.app[POC_HUB], topic=f"branch:{branch.id}", name=token)
