"""The desk: all that an agent sees of his work, read in one go."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from qms.domain import access
from qms.domain.bell import Ringing
from qms.domain.network import Agent, Branch, Network, Queue
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services import desk_day, lanes, screen_reports, sockets
from qms.services.desk_view import DeskState, Held, QueueLine, Seat, Visit
from qms.services.payloads import submitted_form
from qms.services.screen_reports import Shown
from qms.services.sequence import epochs
from qms.store import calls, sessions, tickets
from qms.store.schema.booking import appointment as appointments
from qms.store.tx import Tx

WITHIN = 20
"""Bits of `seq` that tell states within one transaction apart; what is read after it is later than all of them."""


def read(tx: Tx, *, account: str, agent: str) -> DeskState:
    """The desk of an agent as it is now, in a transaction that reads or in one that has just changed it.

    Raises:
        NotFound: there is no such agent (any more).
    """
    who = tx.network(account).agents.find(agent)
    return read_many(tx, account=account, agents=[who.id])[who.id]


def read_many(tx: Tx, *, account: str, agents: Sequence[str]) -> dict[str, DeskState]:
    """The desks of some agents, by id; what is the same for all of them is read once. One who is unknown is missing."""
    there = tx.network(account).agents.some(agents)
    room = _Room(tx, account, {agent.domain_id for agent in there})
    return {agent.id: room.desk(agent) for agent in there}


def after(tx: Tx, *, account: str, agent: str, command: Callable[..., Any], **arguments: Any) -> tuple[Any, DeskState]:
    """Carry out a command of the agent's; its value, and the desk as it has become."""
    value = command(tx, account=account, agent=agent, **arguments)
    return value, read(tx, account=account, agent=agent)


def served_by(network: Network, agent: Agent) -> list[Queue]:
    """The queues that an agent looks after: those he serves, or all where he serves none and supervises."""
    if not agent.queues and access.may(agent, "board.watch"):
        places = {branch.id for branch in access.branches(network, agent, "board.watch")}
        return [queue for queue in network.queues.values() if not queue.branch_ids or places & set(queue.branch_ids)]
    return network.queues.some(agent.queues)


def visit(tx: Tx, network: Network, ticket: Ticket) -> Visit:
    """A ticket with what its visitor said and what he comes for."""
    form = submitted_form(tx, network, ticket.submission_id)
    return Visit(
        ticket=ticket,
        call=calls.latest(tx, ticket),
        form=form,
        appointment=_appointment(tx, ticket.appointment_id),
    )


def _within(tx: Tx) -> int:
    """How late in its transaction a state is."""
    last = (1 << WITHIN) - 1
    return min(tx.next_seq(next(iter(tx.domains))) & last, last - 1) if tx.domains else last


def _appointment(tx: Tx, id: str | None) -> Mapping[str, Any] | None:
    if id is None:
        return None
    c = appointments.c
    columns = (c.id, c.title, c.state, c.starts_at, c.ends_at)
    row = tx.execute(sa.select(*columns).where(c.id == id)).mappings().first()
    return None if row is None else dict(row)


class _Room:
    """What the desks of an account have in common, read as it is needed."""

    def __init__(self, tx: Tx, account: str, domains: Iterable[str]) -> None:
        self.tx = tx
        self.network = tx.network(account)
        self._epochs, self._within = epochs(tx, domains), _within(tx)  # first: what is read after is at least as new
        self._on_duty: dict[str, Sequence[Session]] = {}
        self._parked: dict[str, Sequence[Ticket]] = {}
        self._lengths: dict[str, Mapping[tuple[str, str | None], Any]] = {}
        self._reports: dict[str, Shown] = {}

    def desk(self, agent: Agent) -> DeskState:
        """An agent's desk."""
        tx, network = self.tx, self.network
        session = next((one for one in self.on_duty(agent.domain_id) if one.agent_id == agent.id), None)
        queues = served_by(network, agent)
        branches = network.branches.some(branch for queue in queues for branch in queue.branch_ids)
        held = list(self.held(session)) if session is not None else []
        return DeskState(
            seq=self.seq(agent.domain_id),
            now=tx.now,
            network=network,
            version=network.account.version,
            agent=agent,
            session=session,
            capacity=lanes.most(network, agent.id),
            held=held,
            wrapping_up=self.wrapping_up(session) if session is not None else None,
            bell=self.bell(held),
            queues=[line for queue in queues for line in self.lines(queue)],
            parked=[ticket for ticket in self.parked(agent.domain_id) if ticket.parked_by == agent.id],
            seats=self.seats(agent, branches) if agent.queues else [],
            screens=self.screens_near(session, branches),
            appointments=self._appointments,
        )

    def seq(self, domain: str) -> int:
        """The `seq` of the desks in a routing domain."""
        return self.network.account.version + self._epochs.get(domain, 0) << WITHIN | self._within

    def held(self, session: Session) -> Iterable[Held]:
        """What a session has, lane by lane."""
        for offer in lanes.held(self.tx, session):
            ticket = tickets.get(self.tx, offer.ticket_id)
            if ticket is not None:
                yield Held(offer=offer, visit=visit(self.tx, self.network, ticket))

    def bell(self, held: Iterable[Held]) -> Ringing | None:
        """Where the first rings of those that an agent has."""
        rings = next((one.offer for one in held if one.rings), None)
        return sockets.bell(self.tx, session=rings.session_id, offer=rings.id) if rings is not None else None

    def wrapping_up(self, session: Session) -> Visit | None:
        """Whose visit a session is in wrap-up of."""
        last = session.undo if session.state == "wrap_up" else None
        ticket = tickets.get(self.tx, last["ticket"]) if last is not None else None
        return visit(self.tx, self.network, ticket) if ticket is not None else None

    def on_duty(self, domain: str) -> Sequence[Session]:
        """Everybody who is on duty in a routing domain."""
        if domain not in self._on_duty:
            self._on_duty[domain] = sessions.on_duty(self.tx, domain)
        return self._on_duty[domain]

    def parked(self, domain: str) -> Sequence[Ticket]:
        """Everybody who has been set aside in a routing domain, the first of them first."""
        if domain not in self._parked:
            self._parked[domain] = tickets.parked_in(self.tx, domain)
        return self._parked[domain]

    def lines(self, queue: Queue) -> Iterable[QueueLine]:
        """How many wait in a queue, at each branch; remotely only where somebody does."""
        if queue.domain_id not in self._lengths:
            rows = tickets.queue_lengths(self.tx, queue.domain_id)
            self._lengths[queue.domain_id] = {(row.queue_id, row.branch_id): row for row in rows}
        for branch in [*(b for b in queue.branch_ids if b in self.network.branches), None]:
            row = self._lengths[queue.domain_id].get((queue.id, branch))
            where = self.network.branches[branch] if branch is not None else None
            if row is not None:
                yield QueueLine(queue=queue, branch=where, waiting=row.waiting, since=row.since)
            elif where is not None:
                yield QueueLine(queue=queue, branch=where, waiting=0, since=None)

    def seats(self, agent: Agent, branches: Iterable[Branch]) -> Sequence[Seat]:
        """The points of contact of some branches."""
        taken = {one.poc_id for one in self.on_duty(agent.domain_id) if one.agent_id != agent.id}
        pocs = [poc for branch in branches for poc in self.network.pocs_by_branch.get(branch.id, ())]
        return [Seat(poc=poc, taken=poc.id in taken) for poc in pocs]

    def screens_near(self, session: Session | None, branches: Iterable[Branch]) -> Sequence[Shown]:
        """What the screens report of the branch where a session sits, or of all that the agent looks after."""
        here = session.branch_id if session is not None else None
        near = {here} if here is not None else {branch.id for branch in branches}
        screens = self.network.screens.some(
            screen for branch in near for screen in self.network.screens_by_branch.get(branch, ())
        )
        if unread := [screen for screen in screens if screen.id not in self._reports]:
            self._reports |= screen_reports.of_screens(self.tx, self.network, unread)
        return [self._reports[screen.id] for screen in screens if screen.id in self._reports]

    @cached_property
    def _appointments(self) -> int:
        return desk_day.changed(self.tx, self.network.account.id)
