"""The lobby page."""

from dataclasses import dataclass
from typing import Any

import msgspec
from aiohttp import web

from qms.domain.errors import NotFound
from qms.domain.network import Screen
from qms.domain.own import own_of
from qms.services import lobby
from qms.web.access import allows
from qms.web.keys import NOW, STORE
from qms.web.live import message
from qms.web.pages import language_of, render, render_refusal
from qms.web.pages.languages import asked, match
from qms.web.pages.rendering import THEMES
from screens.pairing import BLANK
from screens.telling import told_to


@dataclass(frozen=True, slots=True, kw_only=True)
class LobbyView:
    """What the page is rendered with: where its socket is, the state as it is now, and how the screen is set up."""

    branch: str
    theme: str | None
    page: dict[str, Any]


def routes(app: web.Application, path: str) -> None:
    """Serve the page of a screen at `path`."""
    app.router.add_get(path, page)


@allows("screen.show")
async def page(request: web.Request) -> web.Response:
    """The screen's page; without a screen, a page that says so."""
    token = request.match_info["token"]
    try:
        network, screen = await request.app[STORE].read(lobby.screen_of, token=token)
        told = await told_to(request.app, token)
    except NotFound:
        return render_refusal(request, 404)
    state = msgspec.to_builtins(message(told, request.app[NOW]()))
    view = LobbyView(
        branch=state["branch"]["label"],
        theme=theme_of(request, screen),
        page={
            "socket": f"{request.path}/socket",
            "state": state,
            "languages": spoken(request, screen),
            "blank": BLANK,
        },
    )
    own = own_of(network, network.branches[screen.branch_id])
    return render(request, "screens/lobby.html.j2", view, default_language=next(iter(screen.languages), None), own=own)


def theme_of(request: web.Request, screen: Screen) -> str | None:
    """The colours of a screen; the address may fix others (`?theme=`), None leaves them to the device."""
    wanted = request.query.get("theme", screen.settings.get("theme"))
    return wanted if wanted in THEMES else None


def spoken(request: web.Request, screen: Screen) -> list[str]:
    """The languages that take turns on a screen, those we ship of its own; the address may fix one (`?lang=`)."""
    if (fixed := asked(request)) is not None:
        return [fixed.tag]
    shipped = [language.tag for tag in screen.languages if (language := match(tag))]
    return list(dict.fromkeys(shipped)) or [language_of(request).tag]
