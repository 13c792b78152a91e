"""Single tickets as the staff sees them: what and why they are, new ones, and no-shows who came after all."""

from typing import Any

from aiohttp import web

from desk import bodies
from desk.explained import Explained
from desk.replies import act
from desk.wire import TicketShape
from qms.domain.network import Agent
from qms.domain.ticket import Ticket
from qms.services import desk_state, explanation, reception
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.answers import Answer, json_answer
from qms.web.bodies import read
from qms.web.keys import STORE
from qms.web.pages import language_of
from qms.web.perform import perform


@allows("desk.receive")
async def show(request: web.Request) -> web.Response:
    """A ticket."""
    login = await people.who(request)
    shape = await request.app[STORE].read(
        ticket_shape, account=login.account_id, viewer=login.agent, ticket=request.match_info["ticket"]
    )
    return json_answer(shape).response()


@allows("desk.receive")
async def explain(request: web.Request) -> web.Response:
    """Why a ticket is where it is, in facts, and in words of the language that is asked for."""
    login = await people.who(request)
    why = await request.app[STORE].read(
        explanation.explain, account=login.account_id, viewer=login.agent, ticket=request.match_info["ticket"]
    )
    return json_answer(Explained.of(why, language_of(request))).response()


@allows("desk.receive")
async def take(request: web.Request) -> web.Response:
    """A number for somebody who is here."""
    login = await people.who(request)
    body = await read(request, bodies.WalkIn)
    return await perform(
        request,
        walk_in,
        reply=created,
        principal=login.agent.id,
        domain=login.domain,
        agent=login.agent,
        queue=body.queue,
        branch=body.branch,
        language=body.language,
        customer=body.customer,
        ticket_class=body.ticket_class,
    )


@allows("desk.receive")
async def reactivate(request: web.Request) -> web.Response:
    """Put a no-show who came after all back in line."""
    login = await people.who(request)
    return await act(request, login, reception.reactivate, ticket=request.match_info["ticket"])


def ticket_shape(tx: Tx, *, account: str, viewer: Agent, ticket: str) -> TicketShape:
    """A ticket that the viewer may look at, as it goes over the wire."""
    found = explanation.find(tx, account=account, viewer=viewer, ticket=ticket)
    return shape_of(tx, found)


def walk_in(tx: Tx, **wanted: Any) -> TicketShape:
    """Take a ticket at the reception, and show it."""
    return shape_of(tx, reception.walk_in(tx, **wanted))


def shape_of(tx: Tx, ticket: Ticket) -> TicketShape:
    """A ticket as it goes over the wire."""
    network = tx.network(ticket.account_id)
    return TicketShape.of(desk_state.visit(tx, network, ticket), network)


def created(shape: TicketShape) -> Answer:
    """The answer to whoever has had a ticket taken."""
    made = json_answer(shape, 201)
    made.headers["Location"] = f"/desk/api/tickets/{shape.id}"
    return made
