"""The face of the visitor. The whole brings the middleware `problems`."""

from collections.abc import Mapping, Sequence

from aiohttp import web

from kiosk import pages, poc, prints, reading, receipt_page, sighting, summoning, taking, ticket, waiting_room
from kiosk.booking import face as booking
from kiosk.hubs import POC_HUB, TICKET_HUB
from kiosk.printing.printers import printing
from kiosk.sighting import SEEN
from qms.services import visitor_state
from qms.web.keys import BUS, NOW, STORE
from qms.web.live import Hub, Told, end_all

DEVICE = "{token:[A-Za-z0-9._~-]{1,200}}"
"""A device's token as a network file may give it; anything else is no address of ours."""

LINK = "{link:[A-Za-z0-9_-]{16,64}}"
"""The secret of a ticket's public link."""


def routes(app: web.Application) -> None:
    """Serve kiosks, tickets' pages and POC pages from this application."""
    app.on_startup.append(_start)
    app.on_shutdown.append(_stop)
    app.cleanup_ctx.append(printing)
    app.add_routes(
        [
            web.get(f"/kiosk/{DEVICE}/menu", taking.menu),
            web.post(f"/kiosk/{DEVICE}/tickets", taking.take),
            web.post(f"/kiosk/{DEVICE}/check-in", taking.check_in),
            web.post(f"/kiosk/{DEVICE}/callbacks", taking.call_back),
            web.post(f"/kiosk/{DEVICE}/help", taking.call_for_help),
            web.post(f"/kiosk/{DEVICE}/messages", summoning.ask_at_kiosk),
            web.post(f"/kiosk/{DEVICE}/prints", prints.print_ticket),
            web.post(f"/kiosk/{DEVICE}/test-prints", prints.print_test),
            web.get(f"/kiosk/{DEVICE}/aloud", reading.read_aloud),
            web.post(f"/kiosk/{DEVICE}/report", sighting.report),
            web.get(f"/t/{LINK}/state", ticket.state),
            web.get(f"/t/{LINK}/socket", ticket.socket),
            web.post(f"/t/{LINK}/leave", ticket.leave),
            web.post(f"/t/{LINK}/later", ticket.later),
            web.post(f"/t/{LINK}/messages", summoning.ask),
            web.post(f"/t/{LINK}/browsers", summoning.subscribe),
            web.get(f"/t/{LINK}/receipt", receipt_page.page),
            web.get(f"/t/{LINK}/receipt.css", receipt_page.stylesheet),
            web.get(f"/poc/{DEVICE}/state", poc.state),
            web.get(f"/poc/{DEVICE}/socket", poc.socket),
        ]
    )
    booking.routes(app)
    waiting_room.routes(app)
    pages.routes(app, kiosk=f"/kiosk/{DEVICE}", ticket=f"/t/{LINK}", poc=f"/poc/{DEVICE}")


async def _start(app: web.Application) -> None:
    app[SEEN] = {}

    async def tickets(links: Sequence[str]) -> Mapping[str, Told]:
        return await app[STORE].read(visitor_state.of_tickets, links=links)

    async def pocs(tokens: Sequence[str]) -> Mapping[str, Told]:
        return await app[STORE].read(visitor_state.of_pocs, tokens=tokens)

    app[TICKET_HUB] = Hub(tickets, app[BUS], app[NOW], spacing_seconds=0.2)  # many telephones, each another message
    app[POC_HUB] = Hub(pocs, app[BUS], app[NOW])


async def _stop(app: web.Application) -> None:
    await end_all([app[TICKET_HUB], app[POC_HUB]])
