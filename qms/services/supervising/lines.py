"""A line as a supervisor sees it: everybody in a queue at a branch, those first who are with an agent."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qms.domain import access
from qms.domain.errors import NotFound
from qms.domain.network import Agent, Branch, Network, Queue
from qms.domain.ticket import Ticket
from qms.services.supervising.steering import NOWHERE, WATCH
from qms.store import tickets
from qms.store.live import LIVE_TICKET
from qms.store.schema import work
from qms.store.tx import Tx

MOST = 200
"""So many of those who wait are listed; the board counts them all."""

AT_DESKS = ("offered", "called", "serving", "parked")


@dataclass(frozen=True, slots=True, kw_only=True)
class LineSeen:
    """Who is with an agent, or set aside, and who waits, in order."""

    network: Network
    queue: Queue
    branch: Branch | None
    at_desks: Sequence[Ticket]
    waiting: Sequence[Ticket]


def read(tx: Tx, *, viewer: Agent, queue: str, branch: str | None = None) -> LineSeen:
    """A queue at a branch, or (None) those who wait in it from afar.

    Raises:
        NotFound: no such queue, branch, or queue at the branch. Forbidden: the viewer may not watch it.
    """
    network = tx.network(viewer.account_id)
    line = network.queues.find(queue)
    place = network.branches.find(branch) if branch is not None else None
    if place is not None and place.id not in line.branch_ids:
        raise NotFound("queue", queue)
    if not any(access.may(viewer, WATCH, one) for one in ([place.id] if place is not None else line.branch_ids)):
        access.require(viewer, WATCH, place.id if place is not None else NOWHERE)
    here = place.id if place is not None else None
    return LineSeen(
        network=network,
        queue=line,
        branch=place,
        at_desks=_at_desks(tx, line, here),
        waiting=tickets.waiting_in(tx, line.domain_id, [(line.id, here)], MOST),
    )


def _at_desks(tx: Tx, line: Queue, branch: str | None) -> list[Ticket]:
    """Those of a queue who are served or called at a branch; asked for by their queue, SQLite would read its past."""
    t = work.ticket.c
    there = (t.domain_id == line.domain_id) & LIVE_TICKET & t.state.in_(AT_DESKS)
    there &= t.branch_id.is_(None) if branch is None else t.branch_id == branch
    found = tx.all(Ticket, sa.select(work.ticket).where(there).order_by(t.band, t.key, t.seq))
    return [one for one in found if one.queue_id == line.id]
