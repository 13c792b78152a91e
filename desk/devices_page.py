"""The page of those who look after devices."""

from typing import Any

import msgspec
from aiohttp import web

from desk.administration import shown
from desk.devices import devices_of
from qms.domain import access
from qms.domain.errors import NotAuthenticated
from qms.web import people
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.pages import render_refusal


@allows("site.see")
async def page(request: web.Request) -> web.Response:
    """The devices; the way in for somebody whom nobody knows, and a refusal for who does not look after any."""
    try:
        login = await people.who(request)
    except NotAuthenticated:
        raise web.HTTPFound("/desk") from None
    if not access.may(login.agent, "board.watch"):
        return render_refusal(request, 403)
    found = await request.app[STORE].read(devices_of, agent=login.agent)
    state: Any = msgspec.json.decode(msgspec.json.encode(found))
    return shown(request, login.agent, "desk/devices.html.j2", {"page": {"state": state}})
