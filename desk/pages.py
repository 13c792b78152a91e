"""The desk's page."""

from typing import Any

import msgspec
from aiohttp import web

from desk.replies import state_of
from qms.domain.errors import NotAuthenticated, NotFound
from qms.services import desk_state
from qms.services.accounts import way_in
from qms.web import people
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.pages import render


def routes(app: web.Application) -> None:
    """Serve the page of this application's desks."""
    app.router.add_get("/desk", page)


@allows("site.see")
async def page(request: web.Request) -> web.Response:
    """The desk of whoever is signed in; for anybody else, the way in."""
    slug = request.query.get("account", "")
    provider = await request.app[STORE].read(way_in, slug=slug)
    return render(request, "desk/desk.html.j2", {"page": {"state": await _state(request), "provider": provider}})


async def _state(request: web.Request) -> Any:
    try:
        login = await people.who(request)
        desk = await request.app[STORE].read(desk_state.read, account=login.account_id, agent=login.agent.id)
    except (NotAuthenticated, NotFound):
        return None
    return msgspec.json.decode(msgspec.json.encode(state_of(request, desk)))
