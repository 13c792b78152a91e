"""Waits: how long people in a queue at a branch will wait, by who is on duty and how long serving has taken."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from acd.forecast import mean_handle_seconds, wait_range
from qms.domain.network import Branch, Network, Queue
from qms.store.columns import micros
from qms.store.tx import Tx

Wait = tuple[int, int]
"""Minutes that half, and nine tenths, wait at most."""

LOOKED_BACK = timedelta(hours=24)
LOOKED_AT = 500
"""The mean is over the tickets answered within that time, the last so many."""

KEPT_FOR = timedelta(seconds=10)
"""A mean is worked out anew after that (machine time)."""

_HANDLED = """SELECT ended_at - COALESCE(serving_since, called_at) FROM ticket
WHERE queue_id = :queue AND assigned_at > :since AND state = 'done' AND called_at IS NOT NULL
ORDER BY assigned_at DESC LIMIT :most"""

_ON_DUTY = (
    "SELECT agent_id, branch_id, state, disconnected_at FROM session WHERE domain_id = :domain AND ended_at IS NULL"
)

_IN_LINE = """SELECT queue_id, COUNT(*) FROM ticket
WHERE branch_id = :branch AND state IN ('waiting', 'offered') GROUP BY queue_id"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staff:
    """Who is there for a queue at a branch: signed in at all, on duty (not away), free at once."""

    signed_in: int = 0
    on_duty: int = 0
    idle: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class _Seat:
    agent: str
    branch: str | None
    on_duty: bool
    idle: bool


def staff(tx: Tx, network: Network, queues: Iterable[Queue], branch: Branch | None) -> Mapping[str, Staff]:
    """Who is there for each of some queues at a branch, by the queue's id.

    For a counter queue only those count who sit at one of the branch's counters, if it has any. An agent counts in
    full for every queue that he serves.
    """
    wanted = list(queues)
    seats = _seats(tx, {queue.domain_id for queue in wanted})
    return {queue.id: _staff(network, queue, branch, seats) for queue in wanted}


def expected(tx: Tx, network: Network, queue: Queue, there: Staff, ahead: int) -> Wait | None:
    """The wait of somebody with so many people ahead; None where nobody serves."""
    if there.on_duty == 0:
        return None
    return wait_range(ahead, there.on_duty, mean_handle(tx, network, queue), there.idle)


def in_line(tx: Tx, branch: str) -> Mapping[str, int]:
    """How many wait at a branch, by queue; whose ticket rings at a desk waits too."""
    return {queue: int(count) for queue, count in tx.raw(_IN_LINE, {"branch": branch})}


def mean_handle(tx: Tx, network: Network, queue: Queue) -> float:
    """The mean seconds of one service in a queue, at most ten seconds old."""
    kept: tuple[datetime, float] | None = network.memo.get(("mean handle", queue.id))
    if kept is not None and abs(tx.machine_now - kept[0]) < KEPT_FOR:
        return kept[1]
    since = micros(tx.now - LOOKED_BACK)
    rows = tx.raw(_HANDLED, {"queue": queue.id, "since": since, "most": LOOKED_AT})
    mean = mean_handle_seconds(row[0] / 1_000_000 for row in rows)
    network.memo["mean handle", queue.id] = (tx.machine_now, mean)
    return mean


def _staff(network: Network, queue: Queue, branch: Branch | None, seats: Iterable[_Seat]) -> Staff:
    serving = {agent.id for agent in network.agents_by_queue.get(queue.id, ())}
    there = [seat for seat in seats if seat.agent in serving and _takes(network, queue, branch, seat)]
    return Staff(
        signed_in=len(there), on_duty=sum(seat.on_duty for seat in there), idle=sum(seat.idle for seat in there)
    )


def _takes(network: Network, queue: Queue, branch: Branch | None, seat: _Seat) -> bool:
    if queue.mode == "booth" or branch is None or seat.branch == branch.id:
        return True
    return not any(poc.kind == "counter" for poc in network.pocs_by_branch.get(branch.id, ()))


def _seats(tx: Tx, domains: Iterable[str]) -> list[_Seat]:
    rows = (row for domain in sorted(domains) for row in tx.raw(_ON_DUTY, {"domain": domain}))
    return [
        _Seat(
            agent=agent,
            branch=branch,
            on_duty=state != "away" and disconnected_at is None,
            idle=state == "idle" and disconnected_at is None,
        )
        for agent, branch, state, disconnected_at in rows
    ]
