"""Figures of a queue as callers see them before they join: who is there, and how long others waited."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from qms.domain.network import Network, Queue
from qms.domain.options import Options
from qms.store.columns import micros
from qms.store.live import LIVE_OFFER
from qms.store.schema.work import offer, session, ticket
from qms.store.tx import Tx

_MINUTE = 60_000_000  # in microseconds, as instants are stored


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueFigures:
    """`online`: agents signed in for the queue; `available`: those who could attend at once."""

    online: int
    available: int
    average_wait_minutes: float


@dataclass(frozen=True, slots=True)
class _Seat:
    agent: str
    branch: str | None
    free: bool


def queue_figures(
    tx: Tx, *, account: str, queue_ids: Sequence[str], branch: str | None = None
) -> Mapping[str, QueueFigures]:
    """The figures of some queues, by id; a queue that is not there any more is left out.

    Agents count for every queue that they serve. With a branch, only so many are available as it has somewhere for:
    its agents at counters, and its free booths. The wait is the mean of tickets answered within the account's window.
    """
    network = tx.network(account)
    queues = [network.queues[id] for id in queue_ids if id in network.queues]
    seats = _seats(tx, {queue.domain_id for queue in queues})
    waits = _waits(tx, network, queue_ids)
    free_booths = None if branch is None else _free_booths(tx, network, branch)
    found = {}
    for queue in queues:
        serving = {agent.id for agent in network.agents_by_queue.get(queue.id, ())}
        ours = [seat for seat in seats if seat.agent in serving]
        found[queue.id] = QueueFigures(
            online=len(ours),
            available=_available(queue, ours, branch, free_booths),
            average_wait_minutes=waits.get(queue.id, 0),
        )
    return found


def _available(queue: Queue, seats: Sequence[_Seat], branch: str | None, free_booths: int | None) -> int:
    free = [seat for seat in seats if seat.free]
    if branch is None:
        return len(free)
    if queue.mode == "counter":
        return sum(seat.branch == branch for seat in free)
    return len(free) if free_booths is None else min(len(free), free_booths)


def _seats(tx: Tx, domains: set[str]) -> list[_Seat]:
    c = session.c
    columns = sa.select(c.agent_id, c.branch_id, c.state, c.disconnected_at)
    rows = tx.execute(columns.where(c.domain_id.in_(sorted(domains)), c.ended_at.is_(None)))
    return [_Seat(r.agent_id, r.branch_id, r.state == "idle" and r.disconnected_at is None) for r in rows]


def _waits(tx: Tx, network: Network, queue_ids: Sequence[str]) -> dict[str, float]:
    c = ticket.c
    since = tx.now - timedelta(hours=Options(network.account.options).number("avg_window_hours"))
    wait = sa.func.avg(sa.type_coerce(c.assigned_at, sa.BigInteger) - sa.type_coerce(c.enqueued_at, sa.BigInteger))
    answered = sa.and_(c.queue_id.in_(queue_ids), sa.type_coerce(c.assigned_at, sa.BigInteger) > micros(since))
    rows = tx.execute(sa.select(c.queue_id, wait.label("wait")).where(answered).group_by(c.queue_id)).mappings()
    return {row["queue_id"]: max(0, round(float(row["wait"]) / _MINUTE, 3)) for row in rows}


def _free_booths(tx: Tx, network: Network, branch: str) -> int | None:
    """How many booths of the branch nobody is at; None where it has no POC at all, and so needs none."""
    pocs = network.pocs_by_branch.get(branch, ())
    if not pocs:
        return None
    booths = {poc.id for poc in pocs if poc.kind == "booth"}
    live = sa.select(offer.c.poc_id).where(offer.c.poc_id.in_(sorted(booths)), LIVE_OFFER)
    return len(booths - set(tx.execute(live).scalars()))
