"""The pages of devices that visitors stand before: a kiosk's, a point of contact's."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web

from kiosk import ticket_page
from kiosk.hubs import as_told
from kiosk.printing.printers import PRINTERS
from kiosk.prints import printer_name
from qms.domain.errors import NotFound
from qms.domain.own import own_of
from qms.services import devices, kiosk_menu, visitor_state
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.pages import SHIPPED, render, render_refusal
from qms.web.pages.languages import match
from qms.web.voice import VOICE


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """A page that scripts draw: its title, and what they begin with."""

    title: str
    page: dict[str, Any]


def routes(app: web.Application, *, kiosk: str, ticket: str, poc: str) -> None:
    """Serve the pages at these paths: a kiosk's, a ticket's, a point of contact's."""
    app.router.add_get(kiosk, kiosk_page)
    app.router.add_get(ticket, ticket_page.page)
    app.router.add_post(ticket, ticket_page.act)
    app.router.add_get(f"{ticket}/qr.svg", ticket_page.qr)
    app.router.add_get(poc, poc_page)


@allows("kiosk.use")
async def kiosk_page(request: web.Request) -> web.Response:
    """A kiosk; without a printer of the server's, `?print=auto` prints each ticket without being asked."""
    try:
        token = request.match_info["token"]
        told = await request.app[STORE].read(kiosk_menu.menu, token=token)
        network, branch, kiosk = await request.app[STORE].read(devices.kiosk, token=token)
    except NotFound:
        return render_refusal(request, 404)
    menu = as_told(request, told)
    offered = {language.tag for tag in menu["languages"] if (language := match(tag))}
    languages = [
        {"tag": language.tag, "name": language.name, "direction": language.direction}
        for language in SHIPPED
        if language.tag in offered
    ]
    printing = "server" if printer_name(network, kiosk) in request.app[PRINTERS] else request.query.get("print")
    voice = request.app.get(VOICE)
    spoken = [tag for tag in offered if voice is not None and voice.speaks(tag)]
    page = {"path": request.path, "menu": menu, "languages": languages, "printing": printing, "spoken": spoken}
    view = DeviceView(title=menu["branch"]["label"], page=page)
    own, first = own_of(network, branch), next(iter(menu["languages"]), None)
    return render(request, "kiosk/kiosk.html.j2", view, default_language=first, own=own)


@allows("poc.show")
async def poc_page(request: web.Request) -> web.Response:
    """The page of a point of contact, for the device that stands there."""
    try:
        told = await request.app[STORE].read(visitor_state.of_poc, token=request.match_info["token"])
        network, branch, _ = await request.app[STORE].read(devices.poc, token=request.match_info["token"])
    except NotFound:
        return render_refusal(request, 404)
    state = as_told(request, told)
    view = DeviceView(title=state["poc"]["label"], page={"path": request.path, "state": state})
    return render(request, "kiosk/poc.html.j2", view, own=own_of(network, branch))
