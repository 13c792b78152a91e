"""Overflow: whoever has waited long enough in one line goes on to another, where somebody is there to serve him.

He keeps his number, his band and his key, so that in the other line he stands where he would had he come to it at once.
"""

from collections.abc import Iterable

import sqlalchemy as sa

from qms.domain.errors import NotFound
from qms.domain.network import Network, Queue
from qms.domain.routing import Overflow, routing
from qms.domain.ticket import Ticket
from qms.services import opening
from qms.services.events import ticket_event
from qms.store import sessions, tickets
from qms.store.schema import work
from qms.store.tickets import Line
from qms.store.tx import Tx

MOST = 50
"""So many go on at a time from one line; the others follow with the next look."""

MOST_DOMAINS = 4
"""So many routing domains are held at once; who goes to yet another one follows with the next look."""

QueueAt = tuple[Queue, str | None]
"""A queue at a branch (None: remote)."""


def flow_on(tx: Tx, network: Network, domain: str, waited_in: Iterable[Line]) -> int:
    """Send on whoever is due in the lines of a routing domain in which somebody waits; how many went.

    Raises:
        DomainMoved: somebody goes to another routing domain, which is not held yet.
    """
    moved, lines = 0, set(waited_in)
    for queue in network.queues.some(queue for queue, _ in lines):
        over = routing(network, queue).overflow
        if over is not None and queue.domain_id == domain:
            here = [(queue, branch) for branch in (*queue.branch_ids, None) if (queue.id, branch) in lines]
            moved += sum(_flow(tx, network, one, over) for one in here)
    return moved


def target(network: Network, line: QueueAt, over: Overflow) -> QueueAt | None:
    """Where people go on to from a line; None where that is the same, or does not exist any more."""
    queue, branch = line
    try:
        to = network.queues.find(over.queue or queue.id)
        if branch is not None:
            place, to = network.queue_at(over.branch or branch, to.id)
            return None if (to.id, place.id) == (queue.id, branch) else (to, place.id)
    except NotFound:
        return None
    return None if to.id == queue.id else (to, None)


def _flow(tx: Tx, network: Network, line: QueueAt, over: Overflow) -> int:
    to = target(network, line, over)
    if to is None:
        return 0
    due = _due(tx, line, over)
    if not due or not _received(tx, network, to):
        return 0
    if to[0].domain_id not in tx.domains and len(tx.domains) >= MOST_DOMAINS:
        return 0
    tx.hold(to[0].domain_id)
    for ticket in due:
        after = tickets.save(tx, ticket, ticket.move(queue=to[0].id, branch=to[1], domain=to[0].domain_id))
        rule = f"waited {over.after.total_seconds() / 60:g} min"
        ticket_event(
            tx,
            "ticket.transferred",
            after,
            because="overflow",
            rule=rule,
            origin=ticket.queue_id,
            origin_branch=ticket.branch_id,
        )
        tx.tell(f"branch:{ticket.branch_id}", f"domain:{ticket.domain_id}")
    return len(due)


def _due(tx: Tx, line: QueueAt, over: Overflow) -> list[Ticket]:
    (queue, branch), before, c = line, tx.now - over.after, work.ticket.c
    where = (c.domain_id == queue.domain_id) & (c.queue_id == queue.id) & (c.state == "waiting")
    where &= c.branch_id.is_(None) if branch is None else c.branch_id == branch
    where &= (c.enqueued_at <= before) & (c.eligible_from <= before)
    found = sa.select(work.ticket).where(where).order_by(c.band, c.key, c.seq).limit(MOST)
    return tx.all(Ticket, found)


def _received(tx: Tx, network: Network, line: QueueAt) -> bool:
    """Whether the other place is open, and somebody is there who serves its queue."""
    queue, branch = line
    if branch is not None and not opening.is_open(network, network.branches[branch], tx.now):
        return False
    serving = {agent.id for agent in network.agents_by_queue.get(queue.id, ())}
    there = sessions.on_duty(tx, queue.domain_id)
    return any(one.agent_id in serving and one.state != "away" and one.disconnected_at is None for one in there)
