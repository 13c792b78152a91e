"""The face of the lobby: a page for each screen, its state, its socket. The whole brings the middleware `problems`."""

from functools import partial

from aiohttp import web

from qms.services import lobby
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import BUS, NOW, STORE
from qms.web.live import Hub, attend, end_all, message
from screens import pages, pairing, saying, showing
from screens.means import MEANS, means_of
from screens.reports import REPORTS, Reports
from screens.telling import told, told_to

HUB: web.AppKey[Hub] = web.AppKey("screens_hub", Hub)
DEVICE = "{token:[A-Za-z0-9._~-]{1,200}}"
"""A device's token as a network file may give it; anything else is no address of ours."""

HEARTBEAT_SECONDS = 0.5
"""A screen that was told nothing for so long is told again in the next round, so that none is left for more than 1.5 s:
it tries another line after 2.8."""


def routes(app: web.Application) -> None:
    """Serve the screens from this application."""
    app.on_startup.append(_start)
    app.on_shutdown.append(_stop)
    saying.routes(app)
    showing.routes(app)
    pairing.routes(app)
    app.router.add_get(f"/screens/{DEVICE}/state", state)
    app.router.add_get(f"/screens/{DEVICE}/socket", socket)
    pages.routes(app, f"/screens/{DEVICE}")


@allows("screen.show")
async def state(request: web.Request) -> web.Response:
    """The whole state of a screen, as its socket tells it."""
    answer = json_answer(message(await told_to(request.app, request.match_info["token"]), request.app[NOW]()))
    answer.headers["Cache-Control"] = "no-store"
    return answer.response()


@allows("screen.show")
async def socket(request: web.Request) -> web.WebSocketResponse:
    """The state whenever it changes, and what the screen reports: `{painted: seq, audio}`."""
    token = request.match_info["token"]
    network, screen = await request.app[STORE].read(lobby.screen_of, token=token)
    branches = network.branches_of(screen)
    heard = request.app[REPORTS].ear(screen, {branch.domain_id for branch in branches})
    topic, *more = (f"branch:{branch.id}" for branch in branches)
    return await attend(request, request.app[HUB], topic=topic, more=more, name=token, heard=heard)


async def _start(app: web.Application) -> None:
    app[MEANS] = means_of(app)
    app[HUB] = Hub(partial(told, app), app[BUS], app[NOW], heartbeat_seconds=HEARTBEAT_SECONDS)
    app[REPORTS] = Reports(app[STORE])


async def _stop(app: web.Application) -> None:
    await end_all([app[HUB]])
    await app[REPORTS].close()
