"""A visitor's own ticket, by its public link: what it says now, and what its holder may do."""

from collections.abc import Callable

from aiohttp import web

from kiosk.hubs import TICKET_HUB, told
from qms.services import visitor_state, visitors
from qms.store.tx import Tx
from qms.web.access import allows
from qms.web.keys import STORE
from qms.web.live import Told, attend
from qms.web.perform import perform


@allows("ticket.own")
async def state(request: web.Request) -> web.Response:
    """The whole state of a ticket, as its socket tells it."""
    state = await request.app[STORE].read(visitor_state.of_ticket, link=request.match_info["link"])
    return told(request, state).response()


@allows("ticket.own")
async def socket(request: web.Request) -> web.WebSocketResponse:
    """The state of a ticket whenever it changes."""
    link = request.match_info["link"]
    ticket = await request.app[STORE].read(visitors.by_link, link=link)
    where = f"domain:{ticket.domain_id}" if ticket.branch_id is None else f"branch:{ticket.branch_id}"
    return await attend(request, request.app[TICKET_HUB], topic=where, name=link)


@allows("ticket.own")
async def leave(request: web.Request) -> web.Response:
    """The visitor does not want to wait any longer."""
    return await _command(request, _leave)


@allows("ticket.own")
async def later(request: web.Request) -> web.Response:
    """The visitor lets a few people pass."""
    return await _command(request, _later)


async def _command(request: web.Request, service: Callable[..., Told]) -> web.Response:
    link = request.match_info["link"]
    return await perform(request, service, reply=lambda state: told(request, state), principal="visitor", link=link)


def _leave(tx: Tx, *, link: str) -> Told:
    visitors.leave(tx, link=link)
    return visitor_state.of_ticket(tx, link=link)


def _later(tx: Tx, *, link: str) -> Told:
    visitors.later(tx, link=link)
    return visitor_state.of_ticket(tx, link=link)
