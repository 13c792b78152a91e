"""Who waits, as JSON: queues, and each one's line from near."""

from datetime import datetime

from msgspec import Struct

from desk.supervisor.agents import Person
from desk.wire import Named
from qms.domain.network import Network
from qms.domain.ticket import Ticket
from qms.services.supervising.board import QueueSeen
from qms.services.supervising.lines import LineSeen


class WaitShape(Struct, kw_only=True):
    """Minutes that half, and nine tenths, of those who join now wait at most."""

    p50: int
    p90: int


class QueueShape(Struct, kw_only=True):
    """A queue at a branch (null: remote). `waiting_since`: when the one who waits longest could first be served."""

    id: str
    key: str
    name: str
    branch: Named | None
    mode: str
    call: str
    open: bool
    waiting: int
    waiting_since: datetime | None
    target_minutes: float
    servers: int
    free: int
    wait_minutes: WaitShape | None

    @classmethod
    def of(cls, seen: QueueSeen) -> "QueueShape":
        queue = seen.queue
        return cls(
            id=queue.public_id,
            key=queue.key,
            name=queue.name,
            branch=Named.of(seen.branch),
            mode=queue.mode,
            call=queue.call,
            open=seen.is_open,
            waiting=seen.waiting,
            waiting_since=seen.since,
            target_minutes=queue.target_minutes,
            servers=seen.servers,
            free=seen.free,
            wait_minutes=WaitShape(p50=seen.wait[0], p90=seen.wait[1]) if seen.wait is not None else None,
        )


class InLine(Struct, kw_only=True):
    """Somebody in a line: with an agent, set aside, or waiting. `band`: 0 emergency, 1 escalated, 2 everybody else."""

    id: str
    number: str
    state: str
    band: int
    enqueued_at: datetime
    eligible_from: datetime
    agent: Person | None

    @classmethod
    def of(cls, ticket: Ticket, network: Network) -> "InLine":
        return cls(
            id=ticket.id,
            number=ticket.number,
            state=ticket.state,
            band=ticket.band,
            enqueued_at=ticket.enqueued_at,
            eligible_from=ticket.eligible_from,
            agent=Person.of(network.agents.get(ticket.agent_id or ticket.parked_by or "")),
        )


class LineShape(Struct, kw_only=True):
    """Everybody in a queue at a branch (null: remote): the first of those who wait, in order."""

    queue: Named
    branch: Named | None
    at_desks: list[InLine]
    waiting: list[InLine]

    @classmethod
    def of(cls, line: LineSeen) -> "LineShape":
        queue = line.queue
        return cls(
            queue=Named(id=queue.public_id, key=queue.key, name=queue.name, label=queue.name),
            branch=Named.of(line.branch),
            at_desks=[InLine.of(one, line.network) for one in line.at_desks],
            waiting=[InLine.of(one, line.network) for one in line.waiting],
        )
