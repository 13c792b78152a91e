"""Distribution: a pass over a routing domain matches who waits with who is free, and makes the offers."""

from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import timedelta

from acd.engine import Assignment, Available, assign
from acd.engine.lanes import room_for
from acd.engine.record import record
from qms.domain.network import Network
from qms.domain.routing import routing
from qms.domain.session import Session
from qms.domain.ticket import Ticket
from qms.services import lanes, lines, offering, places
from qms.services.places import Match
from qms.store import decisions, sessions, tickets
from qms.store.tickets import Line
from qms.store.tx import Tx

LOOKED_AT = 2
"""A pass reads so many tickets of a line per free agent, and more while that leaves somebody idle."""


def distribute(tx: Tx, *, account: str, domain: str) -> int:
    """Make every offer that can be made in a routing domain now; how many were made.

    Only queues that push; afterwards no idle eligible agent faces a waiting eligible ticket with a free POC.
    """
    tx.hold(domain)
    network = tx.network(account)
    made = 0
    while True:
        there = sessions.on_duty(tx, domain)
        found = _pair(tx, network, there, _open_to_more(there), domain, network.pushed_queues)
        _give_all(tx, network, found)
        made += len(found)
        if not any(lanes.mixed(network, session.agent_id) for _, session, _ in found):
            return made


def _open_to_more(there: Iterable[Session]) -> list[Session]:
    """Who is idle, or has somebody and room for one more."""
    connected = (one for one in there if one.disconnected_at is None)
    return [one for one in connected if one.state == "idle" or (one.spare > 0 and one.paused_until is None)]


def _give_all(tx: Tx, network: Network, found: Sequence[Match]) -> None:
    """Carry out the assignments of a pass; who gets a second one is by then as the first has made him."""
    first: dict[str, Match] = {}
    later = [match for match in found if first.setdefault(match[1].id, match) is not match]
    rings = [match for match in first.values() if not places.is_called(network, match[0])]
    offering.ring(tx, [(t, s, one.poc, _reasons(tx, network, t, one)) for t, s, one in rings])
    for ticket, session, one in first.values():
        if places.is_called(network, ticket):
            give(tx, network, ticket, session, one)
    if later:
        now = {session.id: session for session in sessions.with_ids(tx, list(first))}
        _give_all(tx, network, [(ticket, now[session.id], one) for ticket, session, one in later])


def pair_one(tx: Tx, network: Network, session: Session, queues: Container[str], *, again: bool = False) -> list[Match]:
    """Who of those that wait in some queues goes to an agent who is free, if anybody; nothing is changed yet.

    `again` also gives him people whom he has just declined.
    """
    domain = session.domain_id
    return _pair(tx, network, sessions.on_duty(tx, domain), [session], domain, queues, again=again)


def _pair(
    tx: Tx,
    network: Network,
    there: Sequence[Session],
    free: Sequence[Session],
    domain: str,
    queues: Container[str],
    *,
    again: bool = False,
) -> list[Match]:
    """Who of those that wait in some queues goes to whom of those that are free, of all who are `there`.

    Reads no more of each line than there are agents for it, so the cost does not grow with the backlog.
    """
    if not free:
        return []
    occupied = sessions.occupied_pocs(tx, domain)
    booths = places.free_booths(network, there, domain, occupied)
    wanted = [line for line in tickets.lines(tx, domain) if line[0] in queues and _has_place(network, line, booths)]
    available = _available(tx, network, free, occupied, wanted)
    served = {queue for one in available for queue in one.queues}
    wanted = [line for line in wanted if lines.name(*line) in served]
    holders = frozenset(one.agent_id for one in there if one.state != "away")  # for whom tickets are held
    room = sum(one.free_lanes for one in available)
    limit = LOOKED_AT * room
    while True:
        asked = lines.read(tx, network, domain, wanted, limit, holders, again=again)
        matched = assign(asked.waiting, available, booths, tx.now)
        if len(matched) == room or not asked.cut:
            break
        limit *= 8
    if matched:
        decisions.add(tx, network.account.id, domain, record(asked.waiting, available, booths, tx.now, matched))
    by_session = {session.id: session for session in free}
    found = [(asked.tickets[one.ticket], by_session[one.session], one) for one in matched]
    return places.settle(network, found, booths)


def match_one(tx: Tx, network: Network, ticket: Ticket, session: Session) -> Assignment | None:
    """The assignment of one ticket to one session, if they go together and a POC is free where one is needed."""
    occupied = sessions.occupied_pocs(tx, session.domain_id)
    there = sessions.on_duty(tx, session.domain_id)
    booths = places.free_booths(network, there, session.domain_id, occupied)
    available = _available(tx, network, [session], occupied, [(ticket.queue_id, ticket.branch_id)])
    found = assign([lines.as_waiting(network, ticket, again=True)], available, booths, tx.now)
    return places.settle(network, [(ticket, session, found[0])], booths)[0][2] if found else None


def give(tx: Tx, network: Network, ticket: Ticket, session: Session, match: Assignment, *, ask: bool = True) -> Ticket:
    """Carry out an assignment: a counter ticket is called, another one rings, or is served at once if not `ask`ed."""
    reasons = _reasons(tx, network, ticket, match)
    if places.is_called(network, ticket):
        return offering.call(tx, ticket, session, places.counter_for(session, ticket), reasons)
    if not ask:
        return offering.serve_at_once(tx, ticket, session, match.poc, reasons)
    offering.ring(tx, [(ticket, session, match.poc, reasons)])
    return ticket


def _reasons(tx: Tx, network: Network, ticket: Ticket, match: Assignment) -> Mapping[str, object]:
    return {**match.reasons.as_json(), "at": tx.now.isoformat(), **_moved(network, ticket, match)}


def _moved(network: Network, ticket: Ticket, match: Assignment) -> dict[str, object]:
    """By which policy a ticket stood elsewhere in this pass than its own key says, if it did."""
    if match.reasons.key == ticket.key:
        return {}
    weight = routing(network, ticket.queue_id).weight
    by_weight = match.reasons.key == ticket.key - timedelta(seconds=weight)
    return {"moved": "weight" if by_weight else "mix", "own_key": ticket.key.isoformat(), "weight_seconds": weight}


def _has_place(network: Network, line: Line, booths: Mapping[str, Sequence[str]]) -> bool:
    return not places.wants_booth(network, *line) or bool(booths.get(line[1] or ""))


def _available(
    tx: Tx, network: Network, free: Iterable[Session], occupied: frozenset[str], wanted: Sequence[Line]
) -> list[Available]:
    """The free sessions that can take something of these lines, each with the lines and levels it serves."""
    contested = {lines.name(*line): line[0] for line in wanted}
    found = []
    for session in free:
        served = _served(network, session, occupied)
        if contested.keys().isdisjoint(served):
            continue
        having = lanes.held(tx, session)
        one = Available(session=session.id, agent=session.agent_id, queues=served, idle_since=session.idle_since)
        if having or lanes.most(network, session.agent_id) > 1:
            here = {name: level for name, level in served.items() if name in contested}
            capacities = {name: lanes.of(network, session.agent_id, contested[name]) for name in here}
            room = room_for(here, capacities, [offer.lanes for offer in having])
            one = replace(one, queues=room.queues, free_lanes=room.lanes, held=len(having))
        if one.free_lanes:
            found.append(one)
    return found


def _served(network: Network, session: Session, occupied: frozenset[str]) -> Mapping[str, int]:
    agent = network.agents.get(session.agent_id)
    served: dict[str, int] = {}
    for queue_id, level in agent.queues.items() if agent is not None else ():
        if (queue := network.queues.get(queue_id)) is not None:
            counter = queue.mode == "counter"
            onsite = places.counters(network, queue, session, occupied) if counter else queue.branch_ids
            served |= {lines.name(queue_id, branch): level for branch in (*onsite, None)}
    return served
