"""The supervisor's routes and page."""

from typing import Any

import msgspec
from aiohttp import web

from desk.supervisor import boards, commands
from desk.supervisor.shapes import BoardShape
from qms.domain.errors import Forbidden, NotAuthenticated, NotFound
from qms.web.access import allows
from qms.web.pages import render, render_refusal

AGENT = "/supervisor/api/agents/{agent}"
TICKET = "/supervisor/api/tickets/{ticket:[0-9a-f]{24}}"
NOTICES = "/supervisor/api/notices"


def routes(app: web.Application) -> None:
    """Serve supervisors from this application, which serves desks."""
    app.on_startup.append(boards.hub_runs)
    app.on_shutdown.append(boards.hub_stops)
    app.add_routes(
        [
            web.get("/supervisor", page),
            web.get("/supervisor/socket", boards.socket),
            web.get("/supervisor/api/board", boards.show),
            web.get("/supervisor/api/line", boards.line),
            web.post(f"{AGENT}/move", commands.move),
            web.put(f"{AGENT}/presence", commands.set_presence),
            web.post(f"{TICKET}/offer", commands.force_offer),
            web.post(f"{TICKET}/take-back", commands.take_back),
            web.post(f"{TICKET}/place", commands.put_at),
            web.post(NOTICES, commands.show_notice),
            web.post(f"{NOTICES}/{{notice:[0-9a-f]{{24}}}}/withdraw", commands.withdraw_notice),
        ]
    )


@allows("site.see")
async def page(request: web.Request) -> web.Response:
    """The board of whoever is signed in and may watch it; for who has not signed in, the way in."""
    try:
        state: Any = await _state(request)
    except NotAuthenticated:
        state = None
    except Forbidden:
        return render_refusal(request, 403)
    except NotFound:
        return render_refusal(request, 404)
    return render(request, "desk/supervisor.html.j2", {"page": {"state": state}})


async def _state(request: web.Request) -> Any:
    there = BoardShape.of(await boards.seen(request), boards.version_of(request.app))
    return msgspec.json.decode(msgspec.json.encode(there))
