"""Distribution: a pass over a routing domain matches who waits with who is free, and makes the offers."""

from collections.abc import Container, Iterable, Mapping, Sequence

from acd.engine import Assignment, Available, Waiting, assign
from qms.domain.network import Network, Queue
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services import offering
from qms.store import sessions, tickets
from qms.store.columns import instant
from qms.store.tx import Tx

Lane = tuple[str, str | None]
"""A queue at a branch (None: remote): all that wait in one are eligible for the same agents, but for cooldowns."""

LOOKED_AT = 2
"""A pass reads so many tickets of a lane per free agent, and twice as many again while that leaves somebody idle."""


def distribute(tx: Tx, *, account: str, domain: str) -> int:
    """Make every offer that can be made in a routing domain now; how many were made.

    Only queues that push; afterwards no idle eligible agent faces a waiting eligible ticket with a free POC.
    """
    tx.hold(domain)
    network = tx.network(account)
    free = [s for s in sessions.on_duty(tx, domain) if s.state == "idle" and s.disconnected_at is None]
    pushed = {q.id for q in network.queues.values() if q.call == "push"}
    found = pair(tx, network, free, domain, pushed)
    for ticket, session, one in found:
        give(tx, network, ticket, session, one)
    return len(found)


def pair(
    tx: Tx, network: Network, free: Sequence[Session], domain: str, queues: Container[str]
) -> list[tuple[Ticket, Session, Assignment]]:
    """Who of those that wait in some queues goes to whom of those that are free; nothing is changed yet.

    Reads no more of each lane than there are agents for it, so the cost does not grow with the backlog.
    """
    available = [a for s in free if (a := _available(network, s)) is not None]
    if not available:
        return []
    pocs = _free_pocs(tx, network, domain)
    served = {lane for a in available for lane in a.queues}
    lanes = [
        lane
        for lane in tickets.lanes(tx, domain)
        if lane[0] in queues and _lane(*lane) in served and _has_place(network, lane, pocs)
    ]
    limit = LOOKED_AT * len(free)
    while True:
        line = tickets.waiting_in(tx, domain, lanes, limit)
        matched = assign([_waiting(network, ticket) for ticket in line], available, pocs, tx.now)
        if len(matched) == len(available) or not tickets.cut_short(line, limit):
            break
        limit *= 8
    by_ticket, by_session = {t.id: t for t in line}, {s.id: s for s in free}
    return [(by_ticket[one.ticket], by_session[one.session], one) for one in matched]


def match_one(tx: Tx, network: Network, ticket: Ticket, session: Session) -> Assignment | None:
    """The assignment of one ticket to one session, if they go together and a POC is free where one is needed."""
    available = _available(network, session)
    if available is None:
        return None
    found = assign([_waiting(network, ticket)], [available], _free_pocs(tx, network, session.domain_id), tx.now)
    return found[0] if found else None


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
    return [_waiting(network, ticket) for ticket in line]


def _waiting(network: Network, ticket: Ticket) -> Waiting:
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
    return ticket.place == "onsite" and _is_booth(network, (ticket.queue_id, ticket.branch_id))


def _is_booth(network: Network, lane: Lane) -> bool:
    """A visitor on site of a booth queue is sent to a booth, if the branch has any at all (contracts.md D-34)."""
    queue = network.queues.get(lane[0])
    if queue is None or queue.mode != "booth" or lane[1] is None:
        return False
    return any(poc.kind == "booth" for poc in network.pocs_by_branch.get(lane[1], ()))


def _has_place(network: Network, lane: Lane, pocs: Mapping[str, Sequence[str]]) -> bool:
    return not _is_booth(network, lane) or bool(pocs.get(lane[1] or ""))


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


def _free_pocs(tx: Tx, network: Network, domain: str) -> Mapping[str, Sequence[str]]:
    occupied = sessions.occupied_pocs(tx, domain)
    return {
        branch: [poc.id for poc in pocs if poc.kind == "booth" and poc.id not in occupied]
        for branch, pocs in network.pocs_by_branch.items()
        if network.branches[branch].domain_id == domain
    }
