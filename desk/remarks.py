"""What an agent notes of a visit, and what was noted of the visitor's earlier ones."""

from collections.abc import Sequence
from datetime import datetime

from aiohttp import web
from msgspec import Struct

from desk import bodies
from desk.replies import act
from desk.wire import Named, OutcomeShape
from qms.domain.network import Agent, Network
from qms.domain.ticket import Ticket
from qms.services import earlier, remarks
from qms.store.tx import Tx
from qms.web import people
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.bodies import read
from qms.web.keys import STORE


class VisitShape(Struct, kw_only=True):
    """An earlier visit; `agent` is the name of who served him, null where he works here no more."""

    at: datetime
    number: str
    state: str
    branch: Named | None
    queue: Named | None
    agent: str | None
    outcome: OutcomeShape | None
    note: str | None

    @classmethod
    def of(cls, ticket: Ticket, network: Network) -> "VisitShape":
        agent = network.agents.get(ticket.agent_id or "")
        return cls(
            at=ticket.enqueued_at,
            number=ticket.number,
            state=ticket.state,
            branch=Named.of(network.branches.get(ticket.branch_id or "")),
            queue=Named.of(network.queues.get(ticket.queue_id)),
            agent=agent.name if agent is not None else None,
            outcome=OutcomeShape.chosen(ticket, network),
            note=ticket.note,
        )


class HistoryShape(Struct, kw_only=True):
    """What the visitor came for before, the latest first."""

    visits: Sequence[VisitShape]


@allows("desk.work")
async def put(request: web.Request) -> web.Response:
    """Note something of the visit at one's desk, or of the one that is being wrapped up."""
    login = await people.who(request)
    body = await read(request, bodies.Remark)
    ticket = request.match_info["ticket"]
    return await act(request, login, remarks.remark, ticket=ticket, note=body.note, outcome=body.outcome)


@allows("desk.receive")
async def show_history(request: web.Request) -> web.Response:
    """The visitor's earlier visits."""
    login = await people.who(request)
    shape = await request.app[STORE].read(
        history_shape, account=login.account_id, viewer=login.agent, ticket=request.match_info["ticket"]
    )
    return json_answer(shape).response()


def history_shape(tx: Tx, *, account: str, viewer: Agent, ticket: str) -> HistoryShape:
    """The earlier visits of a ticket's customer, as they go over the wire."""
    network = tx.network(account)
    found = earlier.visits_before(tx, account=account, viewer=viewer, ticket=ticket)
    return HistoryShape(visits=[VisitShape.of(one, network) for one in found])
