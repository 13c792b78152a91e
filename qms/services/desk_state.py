"""The desk: all that an agent sees of his work, read in one go."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from qms.domain.network import Agent, Branch, Network, Poc, Queue
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services import screen_reports
from qms.services.events import submitted_form
from qms.services.sequence import sequence
from qms.store import calls, sessions, tickets
from qms.store.schema.booking import appointment as appointments
from qms.store.tx import Tx

WITHIN = 20
"""Bits of `seq` that tell states within one transaction apart; what is read after it is later than all of them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Visit:
    """A person at a desk, or ringing there: the ticket, what was said in the form, and the appointment.

    `call` is the `seq` of the latest call of the number on the branch's screens.
    """

    ticket: Ticket
    call: int | None
    form: Sequence[Mapping[str, Any]]
    appointment: Mapping[str, Any] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueLine:
    """How many wait in a queue at a branch (None: remote), and since when the longest."""

    queue: Queue
    branch: Branch | None
    waiting: int
    since: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Seat:
    """A point of contact that the agent may choose; `taken`: a colleague sits there."""

    poc: Poc
    taken: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskState:
    """An agent's desk. Two are equal where a person would see no difference, but for the passing of time.

    `screens` are the reports of the branch's screens, `version` that of the network by which all of it is named.
    """

    seq: int = field(compare=False)
    now: datetime = field(compare=False)
    network: Network = field(compare=False)
    version: int
    agent: Agent
    session: Session | None
    offer: Offer | None
    ringing: Visit | None
    serving: Visit | None
    queues: Sequence[QueueLine]
    parked: Sequence[Ticket]
    seats: Sequence[Seat]
    screens: Sequence[Mapping[str, Any]]


def read(tx: Tx, *, account: str, agent: str) -> DeskState:
    """The desk of an agent as it is now, in a transaction that reads or in one that has just changed it.

    Raises:
        NotFound: there is no such agent (any more).
    """
    network = tx.network(account)
    seq = _seq(tx, network)  # first: what is read after it is at least as new
    who = network.agents.find(agent)
    session = sessions.of_agent(tx, who.id)
    offer = sessions.offer_of(tx, session) if session is not None else None
    ticket = tickets.get(tx, offer.ticket_id) if offer is not None else None
    seen = visit(tx, network, ticket) if ticket is not None else None
    ringing = offer is not None and offer.state == "ringing"
    branches = _branches(network, who)
    return DeskState(
        seq=seq,
        now=tx.now,
        network=network,
        version=network.account.version,
        agent=who,
        session=session,
        offer=offer if ringing else None,
        ringing=seen if ringing else None,
        serving=None if ringing else seen,
        queues=_lines(tx, network, who),
        parked=tickets.parked_by(tx, who.domain_id, who.id),
        seats=_seats(tx, network, who, branches),
        screens=_screens(tx, network, session.branch_id if session is not None else None, branches),
    )


def after(tx: Tx, *, account: str, agent: str, command: Callable[..., Any], **arguments: Any) -> tuple[Any, DeskState]:
    """Carry out a command of the agent's; its value, and the desk as it has become."""
    value = command(tx, account=account, agent=agent, **arguments)
    return value, read(tx, account=account, agent=agent)


def served_by(network: Network, agent: Agent) -> list[Queue]:
    """The queues that an agent looks after: those he serves, or all where he serves none and supervises."""
    if not agent.queues and agent.at_least("supervisor"):
        return list(network.queues.values())
    return [queue for queue in network.queues.values() if queue.id in agent.queues]


def visit(tx: Tx, network: Network, ticket: Ticket) -> Visit:
    """A ticket with what its visitor said and what he comes for."""
    form = submitted_form(tx, network, ticket.submission_id)
    return Visit(
        ticket=ticket,
        call=calls.latest(tx, ticket),
        form=form,
        appointment=_appointment(tx, ticket.appointment_id),
    )


def _seq(tx: Tx, network: Network) -> int:
    last = (1 << WITHIN) - 1
    within = min(tx.next_seq(next(iter(tx.domains))) & last, last - 1) if tx.domains else last
    return sequence(tx, network) << WITHIN | within


def _appointment(tx: Tx, id: str | None) -> Mapping[str, Any] | None:
    if id is None:
        return None
    c = appointments.c
    columns = (c.id, c.title, c.state, c.starts_at, c.ends_at)
    row = tx.execute(sa.select(*columns).where(c.id == id)).mappings().first()
    return None if row is None else dict(row)


def _branches(network: Network, agent: Agent) -> list[Branch]:
    wanted = {branch for queue in served_by(network, agent) for branch in queue.branch_ids}
    return [branch for branch in network.branches.values() if branch.id in wanted]


def _lines(tx: Tx, network: Network, agent: Agent) -> list[QueueLine]:
    queues = served_by(network, agent)
    rows = [row for domain in sorted({q.domain_id for q in queues}) for row in tickets.queue_lengths(tx, domain)]
    found = {(row.queue_id, row.branch_id): row for row in rows}
    lines = []
    for queue in queues:
        for branch in [*(b for b in queue.branch_ids if b in network.branches), None]:
            row = found.get((queue.id, branch))
            where = network.branches[branch] if branch is not None else None
            if row is not None:
                lines.append(QueueLine(queue=queue, branch=where, waiting=row.waiting, since=row.since))
            elif where is not None:
                lines.append(QueueLine(queue=queue, branch=where, waiting=0, since=None))
    return lines


def _seats(tx: Tx, network: Network, agent: Agent, branches: Iterable[Branch]) -> list[Seat]:
    taken = {s.poc_id for s in sessions.on_duty(tx, agent.domain_id) if s.agent_id != agent.id}
    near = branches if agent.queues else ()
    pocs = [poc for branch in near for poc in network.pocs_by_branch.get(branch.id, ())]
    return [Seat(poc=poc, taken=poc.id in taken) for poc in pocs]


def _screens(tx: Tx, network: Network, here: str | None, branches: Iterable[Branch]) -> list[Mapping[str, Any]]:
    near = {here} if here is not None else {branch.id for branch in branches}
    reports = screen_reports.of_account(tx, account=network.account.id)
    told = ("key", "branch", "painted", "audio")
    return [{name: report[name] for name in told} for report in reports if report["branch"] in near]
