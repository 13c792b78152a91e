"""The pages that visitors see: the kiosk's, a ticket's, a point of contact's."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import parse_qs

import msgspec
from aiohttp import web

from kiosk.addresses import ticket_url
from kiosk.printing.printers import PRINTERS
from kiosk.prints import printer_name
from kiosk.ticket_words import TURN, Words, words_of
from qms.domain.errors import NotFound, Refused
from qms.services import devices, kiosk_menu, visitor_state, visitors
from qms.web.access import allows
from qms.web.keys import NOW, STORE
from qms.web.live import Told, message
from qms.web.pages import SHIPPED, language_of, render, render_refusal, with_lang
from qms.web.pages.languages import match
from qms.web.qr import qr_svg

ACTIONS: Mapping[str, Callable[..., Any]] = {"leave": visitors.leave, "later": visitors.later}
"""What a ticket's holder may do without scripts, by the value of the button `do`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeviceView:
    """A page that scripts draw: its title, and what they begin with."""

    title: str
    page: dict[str, Any]


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketView:
    """A ticket's page: the state, its words, whether leaving is to be confirmed, and what scripts begin with."""

    state: dict[str, Any]
    words: Words
    turn: bool
    asking: bool
    page: dict[str, Any]


def routes(app: web.Application, *, kiosk: str, ticket: str, poc: str) -> None:
    """Serve the pages at these paths: a kiosk's, a ticket's, a point of contact's."""
    app.router.add_get(kiosk, kiosk_page)
    app.router.add_get(ticket, ticket_page)
    app.router.add_post(ticket, act)
    app.router.add_get(f"{ticket}/qr.svg", qr)
    app.router.add_get(poc, poc_page)


@allows("kiosk.use")
async def kiosk_page(request: web.Request) -> web.Response:
    """A kiosk; without a printer of the server's, `?print=auto` prints each ticket without being asked."""
    try:
        token = request.match_info["token"]
        told = await request.app[STORE].read(kiosk_menu.menu, token=token)
        network, _, kiosk = await request.app[STORE].read(devices.kiosk, token=token)
    except NotFound:
        return render_refusal(request, 404)
    menu = _state(request, told)
    offered = {language.tag for tag in menu["languages"] if (language := match(tag))}
    languages = [
        {"tag": language.tag, "name": language.name, "direction": language.direction}
        for language in SHIPPED
        if language.tag in offered
    ]
    printing = "server" if printer_name(network, kiosk) in request.app[PRINTERS] else request.query.get("print")
    page = {"path": request.path, "menu": menu, "languages": languages, "printing": printing}
    view = DeviceView(title=menu["branch"]["label"], page=page)
    return render(request, "kiosk/kiosk.html.j2", view, default_language=next(iter(menu["languages"]), None))


@allows("ticket.own")
async def ticket_page(request: web.Request) -> web.Response:
    """A ticket's own page, whole without scripts; `?ask=leave` asks whether its holder means it."""
    try:
        told = await request.app[STORE].read(visitor_state.of_ticket, link=request.match_info["link"])
    except NotFound:
        return render_refusal(request, 404)
    state = _state(request, told)
    language = language_of(request, state["language"])
    view = TicketView(
        state=state,
        words=words_of(state, language),
        turn=state["state"] in TURN,
        asking=request.query.get("ask") == "leave" and state["can_leave"],
        page={"path": request.path, "state": state},
    )
    return render(request, "kiosk/ticket.html.j2", view, default_language=state["language"])


@allows("ticket.own")
async def act(request: web.Request) -> web.Response:
    """What the forms of the ticket page do where no script does it; the page then shows what is."""
    await request.app[STORE].read(visitors.by_link, link=request.match_info["link"])
    form = parse_qs((await request.read()).decode("utf-8", "replace"))  # what makes no sense does nothing
    action = ACTIONS.get(form.get("do", [""])[0])
    if action is not None:
        with suppress(Refused):  # too late, or not allowed: the page says how things stand
            await request.app[STORE].write(action, link=request.match_info["link"])
    raise web.HTTPSeeOther(with_lang(request, request.path))


@allows("ticket.own")
async def qr(request: web.Request) -> web.Response:
    """The address of a ticket's page as a QR code; the code says nothing that its own address does not."""
    await request.app[STORE].read(visitors.by_link, link=request.match_info["link"])
    text = str(qr_svg(ticket_url(request, request.match_info["link"])))
    return web.Response(text=text, content_type="image/svg+xml", headers={"Cache-Control": "private, max-age=3600"})


@allows("poc.show")
async def poc_page(request: web.Request) -> web.Response:
    """The page of a point of contact, for the device that stands there."""
    try:
        told = await request.app[STORE].read(visitor_state.of_poc, token=request.match_info["token"])
    except NotFound:
        return render_refusal(request, 404)
    state = _state(request, told)
    view = DeviceView(title=state["poc"]["label"], page={"path": request.path, "state": state})
    return render(request, "kiosk/poc.html.j2", view)


def _state(request: web.Request, told: Told) -> dict[str, Any]:
    """A state as scripts read it."""
    state: dict[str, Any] = msgspec.to_builtins(message(told, request.app[NOW]()))
    return state
