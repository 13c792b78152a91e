"""Distribution: a pass over a routing domain matches who waits with who is free, and makes the offers."""

from collections.abc import Iterable, Mapping, Sequence

from acd.engine import Assignment, Available, Waiting, assign
from qms.domain.network import Network, Queue
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services import offering
from qms.store import sessions, tickets
from qms.store.columns import instant
from qms.store.tx import Tx

LOOKED_AT = 3
"""Tickets of a queue that a pass reads per free agent; more only where they bring more."""

MORE = 200
"""… and that many at the least, so that cooldowns and scarce booths at the front hide nobody behind them."""


def distribute(tx: Tx, *, account: str, domain: str) -> int:
    """Make every offer that can be made in a routing domain now; how many were made.

    Only queues that push; afterwards no idle eligible agent faces a waiting eligible ticket with a free POC.
    """
    tx.hold(domain)
    network = tx.network(account)
    free = [s for s in sessions.on_duty(tx, domain) if s.state == "idle" and s.disconnected_at is None]
    pushed = [q.id for q in network.queues.values() if q.call == "push" and q.domain_id == domain]
    if not free or not pushed:
        return 0
    line = tickets.waiting(tx, pushed, domain, max(LOOKED_AT * len(free), MORE))
    matched = match(tx, network, line, free, domain)
    by_ticket, by_session = {t.id: t for t in line}, {s.id: s for s in free}
    for one in matched:
        give(tx, network, by_ticket[one.ticket], by_session[one.session], one)
    return len(matched)


def match(tx: Tx, network: Network, line: Sequence[Ticket], free: Sequence[Session], domain: str) -> list[Assignment]:
    """Who serves whom, by the engine: pure but for reading which POCs are occupied."""
    if not line or not free:
        return []
    waiting = [_waiting(network, ticket, free) for ticket in line]
    available = [a for s in free if (a := _available(network, s)) is not None]
    return assign(waiting, available, _free_pocs(tx, network, domain, line), tx.now)


def give(tx: Tx, network: Network, ticket: Ticket, session: Session, match: Assignment, *, ask: bool = True) -> Ticket:
    """Carry out an assignment: a counter ticket is called, another one rings, or is served at once if not `ask`ed."""
    queue = network.queues[ticket.queue_id]
    reasons = {**match.reasons.as_json(), "at": tx.now.isoformat()}
    if queue.mode == "counter" and ticket.place == "onsite":
        return offering.call(tx, ticket, session, session.poc_id, reasons)
    if not ask:
        return offering.serve_at_once(tx, ticket, session, match.poc, reasons)
    offering.ring(tx, ticket, session, match.poc, reasons)
    return ticket


def line_of(network: Network, line: Iterable[Ticket]) -> list[Waiting]:
    """Tickets as the engine sees them, for explaining who is before whom."""
    return [_waiting(network, ticket, ()) for ticket in line]


def _waiting(network: Network, ticket: Ticket, free: Sequence[Session]) -> Waiting:
    return Waiting(
        id=ticket.id,
        queue=_lane(ticket.queue_id, ticket.branch_id),
        branch=ticket.branch_id,
        band=ticket.band,
        key=ticket.key,
        seq=ticket.seq,
        eligible_from=ticket.eligible_from,
        arrived_at=ticket.enqueued_at,
        needs_poc=_needs_booth(network, ticket),
        preferred_agent=ticket.preferred_agent_id,
        cooldowns={agent: instant(until) for agent, until in ticket.cooldowns.items()},
    )


def _needs_booth(network: Network, ticket: Ticket) -> bool:
    """A visitor on site of a booth queue is sent to a booth, if the branch has any at all (contracts.md D-34)."""
    queue = network.queues.get(ticket.queue_id)
    if queue is None or queue.mode != "booth" or ticket.place != "onsite" or ticket.branch_id is None:
        return False
    return any(poc.kind == "booth" for poc in network.pocs_by_branch.get(ticket.branch_id, ()))


def _available(network: Network, session: Session) -> Available | None:
    agent = network.agents.get(session.agent_id)
    if agent is None:
        return None
    queues: dict[str, int] = {}
    for queue_id, level in agent.queues.items():
        if (queue := network.queues.get(queue_id)) is not None:
            queues |= {_lane(queue_id, branch): level for branch in _branches(network, queue, session)}
    return Available(session=session.id, agent=session.agent_id, queues=queues, idle_since=session.idle_since)


def _branches(network: Network, queue: Queue, session: Session) -> list[str | None]:
    """The branches whose tickets of a queue a session can take: for a counter queue, where it sits at a counter."""
    if queue.mode == "booth":
        return [*queue.branch_ids, None]
    here = [b for b in queue.branch_ids if session.poc_id is not None and b == session.branch_id]
    bare = [b for b in queue.branch_ids if not _has_counter(network, b)]
    return [*here, *bare, None]


def _has_counter(network: Network, branch: str) -> bool:
    return any(poc.kind == "counter" for poc in network.pocs_by_branch.get(branch, ()))


def _lane(queue: str, branch: str | None) -> str:
    """A queue at a branch, as the engine's queue: who serves it depends on both."""
    return f"{queue}@{branch or ''}"


def _free_pocs(tx: Tx, network: Network, domain: str, line: Sequence[Ticket]) -> Mapping[str, Sequence[str]]:
    occupied = sessions.occupied_pocs(tx, domain)
    branches = {ticket.branch_id for ticket in line if ticket.branch_id is not None}
    return {
        branch: [p.id for p in network.pocs_by_branch.get(branch, ()) if p.kind == "booth" and p.id not in occupied]
        for branch in branches
    }
