"""The board: a branch, or all that a supervisor may watch, as they are now, read in one go."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

import sqlalchemy as sa

from qms.domain.alerts import Alert
from qms.domain.network import Agent, Branch, Network, Poc, Queue
from qms.domain.notice import Notice
from qms.domain.offer import Offer
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services import on_duty, opening, waits
from qms.services.sequence import sequence
from qms.services.supervising import facts, steering
from qms.services.supervising.facts import Sight, Standing
from qms.services.waits import Wait
from qms.store import assignments, notices
from qms.store.live import LIVE_OFFER
from qms.store.schema import work
from qms.store.tickets import Line
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSeen:
    """A queue at a branch (None: remote). `since`: of whoever waits longest; `servers` are there, `free` at once."""

    queue: Queue
    branch: Branch | None
    is_open: bool
    waiting: int
    since: datetime | None
    servers: int
    free: int
    wait: Wait | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A ticket that an agent has: it rings, was called, or is served."""

    offer: Offer
    ticket: Ticket


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentSeen:
    """An agent; `moved`: a supervisor has given him other queues for the time being."""

    agent: Agent
    session: Session | None
    held: Sequence[Held]
    moved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class PocSeen:
    """A point of contact: who sits there, and which ticket is called there."""

    poc: Poc
    agent: Agent | None
    ticket: Ticket | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Board:
    """What a supervisor watches. Two are equal where he would see no difference, but for the passing of time."""

    seq: int = field(compare=False)
    now: datetime = field(compare=False)
    machine_now: datetime = field(compare=False)
    network: Network = field(compare=False)
    version: int
    viewer: Agent
    branch: Branch | None
    branches: Sequence[tuple[Branch, bool]]
    queues: Sequence[QueueSeen]
    agents: Sequence[AgentSeen]
    pocs: Sequence[PocSeen]
    devices: Sequence[Sight]
    calls: Mapping[str, int]
    notices: Sequence[Notice]
    alerts: Sequence[Alert]


def read(tx: Tx, *, viewer: Agent, branch: str | None = None) -> Board:
    """The board of one branch, by id or key, or of all that the viewer may watch.

    Raises:
        NotFound: there is no such branch. Forbidden: he may not watch it.
    """
    network = tx.network(viewer.account_id)
    seq = sequence(tx, network)  # first: what is read after it is at least as new
    places = steering.watched(network, viewer, branch)
    reading = _Reading(tx, network, places)
    seen = facts.sights(tx, network, places)
    return Board(
        seq=seq,
        now=tx.now,
        machine_now=tx.machine_now,
        network=network,
        version=network.account.version,
        viewer=viewer,
        branch=places[0] if branch is not None else None,
        branches=[(one, opening.is_open(network, one, tx.now)) for one in steering.watched(network, viewer, None)],
        queues=list(reading.queues()),
        agents=reading.agents(),
        pocs=reading.pocs(),
        devices=seen,
        calls=facts.last_calls(tx, places),
        notices=[one for one in notices.shown(tx, network.account.id) if _said_at(one, places)],
        alerts=facts.decide(tx, network, places, lines=reading.lines, on_duty=reading.on_duty, seen=seen),
    )


def _said_at(notice: Notice, places: Sequence[Branch]) -> bool:
    return notice.branch_id is None or notice.branch_id in {one.id for one in places}


class _Reading:
    """What several parts of a board are made from, read once for all branches."""

    def __init__(self, tx: Tx, network: Network, places: Sequence[Branch]) -> None:
        self._tx, self._network, self._places = tx, network, places
        self._there = {one.id for one in places}
        self._queues = steering.queues_at(network, places)
        domains = sorted({one.domain_id for one in places} | {queue.domain_id for queue in self._queues})
        self._domains = domains
        s, o = work.session.c, work.offer.c
        here = sa.select(work.session).where(s.domain_id.in_(domains), s.ended_at.is_(None))
        self.on_duty = tx.all(Session, here.order_by(s.idle_since, s.id))
        self.lines = self._mine(facts.standing(tx, domains))
        live = sa.select(work.offer).where(o.domain_id.in_(domains), LIVE_OFFER)
        self._held = self._with_tickets(tx.all(Offer, live.order_by(o.lane, o.id)))
        self._held_by: dict[str, list[Held]] = {}
        for held in self._held:
            self._held_by.setdefault(held.offer.agent_id, []).append(held)

    def queues(self) -> Iterable[QueueSeen]:
        """Each queue at each of the branches, and from afar where somebody waits."""
        near = self._near()
        for branch in self._places:
            lines = waits.in_line(self._tx, branch.id)
            is_open = opening.is_open(self._network, branch, self._tx.now)
            for queue in self._network.queues_by_branch.get(branch.id, ()):
                there = on_duty.of(self._network, queue, branch, near.get(queue.id, ()))
                wait = waits.expected(self._tx, self._network, queue, branch, there, lines)
                yield self._queue(queue, branch, is_open=is_open, there=there, wait=wait)
        for queue in self._queues:
            if (queue.id, None) in self.lines:
                there = on_duty.of(self._network, queue, None, near.get(queue.id, ()))
                yield self._queue(queue, None, is_open=True, there=there, wait=None)

    def _near(self) -> Mapping[str, Sequence[on_duty.Seat]]:
        """Those on duty, by the queues that they serve."""
        near: dict[str, list[on_duty.Seat]] = {}
        for seat in on_duty.seats(self._tx, self._domains):
            agent = self._network.agents.get(seat.agent)
            for queue in agent.queues if agent is not None else ():
                near.setdefault(queue, []).append(seat)
        return near

    def agents(self) -> list[AgentSeen]:
        """Who works at the branches, or could: those on duty first, in the order of the network file."""
        network, sessions = self._network, {one.agent_id: one for one in self.on_duty}
        moved = assignments.of_account(self._tx, network.account.id)
        mine = {queue.id for queue in self._queues}
        found = [
            AgentSeen(
                agent=agent,
                session=sessions.get(agent.id),
                held=self._held_by.get(agent.id, ()),
                moved=agent.id in moved,
            )
            for agent in network.agents.values()
            if not mine.isdisjoint(agent.queues) or self._sits_here(sessions.get(agent.id))
        ]
        return sorted(found, key=lambda one: one.session is None)

    def pocs(self) -> list[PocSeen]:
        """The points of contact of the branches."""
        network = self._network
        sitting = {one.poc_id: network.agents.get(one.agent_id) for one in self.on_duty if one.poc_id is not None}
        called = {held.offer.poc_id: held.ticket for held in self._held if held.offer.poc_id is not None}
        return [
            PocSeen(poc=poc, agent=sitting.get(poc.id), ticket=called.get(poc.id))
            for branch in self._places
            for poc in network.pocs_by_branch.get(branch.id, ())
        ]

    def _queue(
        self, queue: Queue, branch: Branch | None, *, is_open: bool, there: on_duty.Staff, wait: Wait | None
    ) -> QueueSeen:
        line = self.lines.get((queue.id, branch.id if branch is not None else None))
        return QueueSeen(
            queue=queue,
            branch=branch,
            is_open=is_open,
            waiting=line.waiting if line is not None else 0,
            since=line.since if line is not None else None,
            servers=there.on_duty,
            free=there.idle,
            wait=wait,
        )

    def _mine(self, lines: Mapping[Line, Standing]) -> dict[Line, Standing]:
        mine = {queue.id for queue in self._queues}
        here = {*self._there, None}
        return {line: one for line, one in lines.items() if line[0] in mine and line[1] in here}

    def _sits_here(self, session: Session | None) -> bool:
        return session is not None and session.branch_id in self._there

    def _with_tickets(self, offers: Sequence[Offer]) -> list[Held]:
        wanted = sa.select(work.ticket).where(work.ticket.c.id.in_({one.ticket_id for one in offers}))
        found = {ticket.id: ticket for ticket in self._tx.all(Ticket, wanted)} if offers else {}
        return [Held(offer=one, ticket=found[one.ticket_id]) for one in offers if one.ticket_id in found]
