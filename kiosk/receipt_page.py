"""The receipt's page and the stylesheet with its dimensions."""

from dataclasses import dataclass
from typing import Any

from aiohttp import web
from markupsafe import Markup

from kiosk.addresses import ticket_url
from kiosk.receipt import Line, Sheet, number_size_mm
from qms.domain.errors import NotFound
from qms.domain.own import Own, own_of
from qms.domain.ticket import Ticket
from qms.services import visitor_state, visitors
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.pages import Language, language_of, render, render_refusal, translations
from qms.web.pages.formats import filters
from qms.web.qr import qr_svg


@dataclass(frozen=True, slots=True, kw_only=True)
class ReceiptView:
    """What the page shows; `stylesheet` is the address of its dimensions."""

    number: str
    sheet: Sheet
    qr: Markup
    url: str
    stylesheet: str


@allows("ticket.own")
async def page(request: web.Request) -> web.Response:
    """The receipt of a ticket, in the ticket's language or the one asked for."""
    try:
        ticket, state, own = await _read(request)
    except NotFound:
        return render_refusal(request, 404)
    language = language_of(request, ticket.language)
    url = ticket_url(request, ticket.link)
    view = ReceiptView(
        number=ticket.number,
        sheet=sheet_of(ticket, state, language, own),
        qr=qr_svg(url),
        url=url,
        stylesheet=f"{request.path}.css?lang={language.tag}",
    )
    return render(request, "kiosk/receipt.html.j2", view, default_language=ticket.language, own=own)


@allows("ticket.own")
async def stylesheet(request: web.Request) -> web.Response:
    """The dimensions of a receipt's page."""
    ticket, state, own = await _read(request)
    text = sheet_of(ticket, state, language_of(request, ticket.language), own).stylesheet()
    return web.Response(text=text, content_type="text/css", headers={"Cache-Control": "no-store"})


def sheet_of(ticket: Ticket, state: dict[str, Any], language: Language, own: Own) -> Sheet:
    """What is printed. Its length depends on nothing that changes while somebody waits."""
    texts, write = translations(language), filters(language)
    branch, queue, wait = state["branch"], state["queue"], state["wait_minutes"]
    place = own.texts.say(branch["label"], language.tag).text if branch else ""
    what = own.texts.say(queue["name"], language.tag).text if queue else ""
    taken = write["time"](ticket.enqueued_at, branch["timezone"]) if branch else ""
    day = write["day"](ticket.enqueued_at, branch["timezone"], "medium") if branch else ""
    above = [
        Line(name="place", text=place, size_mm=4),
        Line(name="queue", text=what, size_mm=5),
        Line(name="number", text=ticket.number, size_mm=number_size_mm(ticket.number)),
        Line(name="ahead", text=_ahead(language, state["ahead"]), size_mm=4, room_for=_ahead(language, 888)),
        Line(
            name="wait",
            text=texts.gettext("Wait: %(wait)s") % {"wait": write["wait"](wait["p50"], wait["p90"])} if wait else "",
            size_mm=4,
            room_for=texts.gettext("Wait: %(wait)s") % {"wait": write["wait"](100, 120)},
        ),
    ]
    follow = texts.gettext("Scan this to follow your turn on your phone.")
    below = [
        Line(name="follow", text=follow, size_mm=3.5),
        Line(name="footer", text=own.texts.say(own.receipt_footer, language.tag).text, size_mm=3.5),
        Line(name="taken", text=f"{day} {taken}", size_mm=3.5),
    ]
    return Sheet(above=above, below=below, logo=own.logo)


def _ahead(language: Language, ahead: int | None) -> str:
    if ahead is None:
        return ""
    said = translations(language).ngettext("%(num)s person ahead of you", "%(num)s people ahead of you", ahead)
    return said % {"num": ahead}


async def _read(request: web.Request) -> tuple[Ticket, dict[str, Any], Own]:
    return await request.app[STORE].read(_ticket, link=request.match_info["link"])


def _ticket(tx: Tx, *, link: str) -> tuple[Ticket, dict[str, Any], Own]:
    ticket = visitors.by_link(tx, link=link)
    network = tx.network(ticket.account_id)
    own = own_of(network, network.branches.get(ticket.branch_id or ""))
    return ticket, dict(visitor_state.of_ticket(tx, link=link)[1]), own
