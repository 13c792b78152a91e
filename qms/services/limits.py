"""Limits: how many more a queue takes, because it is full, or because the branch closes before they could be served."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from qms.domain.errors import QueueFull
from qms.domain.network import Branch, Network, Queue
from qms.domain.routing import Routing, routing
from qms.services import on_duty, opening, waits
from qms.store import tickets
from qms.store.live import LIVE_TICKET_SQL
from qms.store.tx import Tx

_IN_LINE = f"""SELECT queue_id, COUNT(*) FROM ticket
WHERE branch_id = :branch AND {LIVE_TICKET_SQL} AND state IN ('waiting', 'offered')
GROUP BY queue_id"""  # noqa: S608 - our own words

Why = Literal["full", "closing"]
"""So many wait that no more may; the branch closes before more could be served."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Room:
    """For how many more there is room; `why` there is room for no more than that."""

    left: int
    why: Why


Rooms = dict[tuple[str, str | None], Room | None]


def room(tx: Tx, network: Network, queue: Queue, branch: Branch | None) -> Room | None:
    """How many more a queue takes at a branch; None: as many as come, which is the usual case and asks nothing."""
    rules = routing(network, queue)
    found = [_full(tx, queue, branch, rules), _closing(tx, network, queue, branch) if rules.close_by_forecast else None]
    return min((one for one in found if one is not None), key=lambda one: one.left, default=None)


def admit(tx: Tx, network: Network, queue: Queue, branch: Branch | None, known: Rooms) -> None:
    """Take up the room of one person. `known`: what is left in this transaction.

    Raises:
        QueueFull: there is none.
    """
    line = (queue.id, branch.id if branch is not None else None)
    if line not in known:
        known[line] = room(tx, network, queue, branch)
    left = known[line]
    if left is None:
        return
    if left.left <= 0:
        raise QueueFull(queue.public_id, left.why)
    known[line] = Room(left=left.left - 1, why=left.why)


def _full(tx: Tx, queue: Queue, branch: Branch | None, rules: Routing) -> Room | None:
    if rules.max_waiting <= 0:
        return None
    waiting = tickets.count_waiting(tx, queue.domain_id, queue.id, branch.id if branch is not None else None)
    return Room(left=max(0, rules.max_waiting - waiting), why="full")


def _closing(tx: Tx, network: Network, queue: Queue, branch: Branch | None) -> Room | None:
    """How many more can be served before closing, by who is on duty and how long serving takes.

    Nothing can be said where the branch never closes, or nobody is on duty. An agent counts in full for every queue
    that he serves, and so does everybody who waits in one of them.
    """
    closes = _closes(tx, network, branch)
    if branch is None or closes is None:
        return None
    servers = on_duty.there(tx, network, [queue], branch)[queue.id].on_duty
    if servers == 0:
        return None
    each = max(1.0, waits.handling_seconds(tx, network, queue, branch.id) + queue.wrap_up_seconds)
    served = int(servers * max((closes - tx.now) / timedelta(seconds=1), 0.0) / each)
    shared = {other for agent in network.agents_by_queue.get(queue.id, ()) for other in agent.queues}
    before = sum(count for other, count in tx.raw(_IN_LINE, {"branch": branch.id}) if other in shared)
    return Room(left=max(0, served - before), why="closing")


def _closes(tx: Tx, network: Network, branch: Branch | None) -> datetime | None:
    change = opening.changes_at(network, branch, tx.now) if branch is not None else None
    return change.at if change is not None and not change.opens else None
