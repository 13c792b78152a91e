"""One pass of the distributor: from who waits and who is available to who serves whom, where, and why."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime

from acd.engine.eligibility import demand_of, refusal, ring_of
from acd.engine.line import Line
from acd.engine.matching import Matching
from acd.engine.reasons import Candidate, PassedOver, Reasons
from acd.engine.roster import Seat, seats_of
from acd.engine.values import Assignment, Available, Waiting

SHOWN = 10
"""So many candidates and passed-over tickets are kept with an assignment."""


def assign(
    waiting: Iterable[Waiting],
    available: Iterable[Available],
    free_pocs: Mapping[str, Sequence[str]],
    now: datetime,
    *,
    contested: Collection[str] | None = None,
) -> list[Assignment]:
    """Match waiting tickets with available sessions and free POCs; the most urgent first in the answer.

    The tickets served are the most urgent set that can be served at all: the first ticket if anybody may take it,
    the second if it can be served beside the first, and so on, agents changing tickets where that helps. Tickets
    whose time has not come are tried after all others. Where POCs suffice this is also as many tickets as possible.
    Where POCs are scarce urgency wins over number: with one free booth in the north and one in the south,

        1st  north, only Ana may take it
        2nd  south, only Ana may take it
        3rd  north, only Ben may take it

    Ana serves the first in the north's only booth, and Ben waits beside the south's. Passing the first one over would
    serve the other two. (One case is not exact: where POCs are scarce and remote visitors compete with those on site
    for agents at counters, the set may in rare cases be a little less urgent than the best.)

    `waiting` comes in order of (band, key, seq) and may be an iterator: it is read until every lane is filled, so the
    cost grows with the tickets looked at. `contested` names the queues in which somebody waits: an agent counts as
    flexible by these, and one who serves none of them is left out. Without it they are taken from `waiting` if that
    is a collection; an iterator is not read ahead, and every queue an agent serves counts. `free_pocs` are by branch
    and handed out in the order given, to the most urgent first; a counter session's own is never among them.

    Raises:
        ValueError: tickets out of order or twice, or a session twice.
    """
    line = Line()
    served, matching, pocs = _match(waiting, available, free_pocs, now, contested, line)
    line.leave(served)
    return [_assignment(ticket, matching, line, pocs, now) for ticket in served]


def pairs(
    waiting: Iterable[Waiting],
    available: Iterable[Available],
    free_pocs: Mapping[str, Sequence[str]],
    now: datetime,
    *,
    contested: Collection[str] | None = None,
) -> list[tuple[Waiting, Available, str | None]]:
    """What `assign` decides, without the reasons: ticket, session and POC, the most urgent first.

    For those who decide many times over and tell nobody why. Takes what `assign` takes, and raises what it raises,
    but that it trusts the order of the tickets.
    """
    served, matching, pocs = _match(waiting, available, free_pocs, now, contested, None)
    found = []
    for ticket in served:
        session = matching.seat_of[ticket.id].session
        found.append((ticket, session, _poc(ticket, session, pocs)))
    return found


Pocs = Mapping[str, list[str]]


def _match(
    waiting: Iterable[Waiting],
    available: Iterable[Available],
    free_pocs: Mapping[str, Sequence[str]],
    now: datetime,
    contested: Collection[str] | None,
    line: Line | None,
) -> tuple[list[Waiting], Matching, Pocs]:
    sessions = list(available)
    if len({one.session for one in sessions}) < len(sessions):
        raise ValueError("a session is available twice")
    if contested is None and isinstance(waiting, Collection):
        contested = {ticket.queue for ticket in waiting}
    taken = {one.poc for one in sessions}
    pocs = {branch: [poc for poc in dict.fromkeys(some) if poc not in taken] for branch, some in free_pocs.items()}
    matching = Matching(seats_of(sessions, contested), {branch: len(some) for branch, some in pocs.items()}, now)
    return _serve(waiting, matching, line, now), matching, pocs


def _serve(waiting: Iterable[Waiting], matching: Matching, line: Line | None, now: datetime) -> list[Waiting]:
    served: list[Waiting] = []
    early: list[Waiting] = []
    if not matching.lanes_left:
        return served
    for ticket in waiting:
        if line is not None:
            line.join(ticket)
        if ticket.early(now):
            early.append(ticket)
        elif matching.add(ticket):
            served.append(ticket)
            if not matching.lanes_left:
                return served
    for ticket in early:
        if matching.lanes_left and matching.add(ticket):
            served.append(ticket)
    return served


def _poc(ticket: Waiting, session: Available, pocs: Pocs) -> str | None:
    """Where they meet: at the agent's own counter, or at the next free POC of the branch, which is then taken."""
    if not ticket.needs_poc:
        return None
    return session.poc or pocs[ticket.branch or ""].pop(0)


def _assignment(ticket: Waiting, matching: Matching, line: Line, pocs: Pocs, now: datetime) -> Assignment:
    seat = matching.seat_of[ticket.id]
    return Assignment(
        ticket=ticket.id,
        session=seat.session.session,
        agent=seat.session.agent,
        poc=_poc(ticket, seat.session, pocs),
        reasons=_reasons(ticket, seat, matching, line, now),
    )


def _reasons(ticket: Waiting, seat: Seat, matching: Matching, line: Line, now: datetime) -> Reasons:
    ring = ring_of(ticket, now)
    place = line.places[ticket.id]
    seats = matching.roster_of[ticket.id].seats
    won_by = matching.won_by[ticket.id]
    left, count = line.left_ahead(ticket, seat.session.queues.keys(), SHOWN)
    return Reasons(
        band=ticket.band,
        key=ticket.key,
        position=place.position,
        ahead=place.ahead,
        early=ticket.early(now),
        waited_seconds=int(ticket.waited(now).total_seconds()),
        ring=ring.number,
        minimum_level=ring.minimum_level,
        won_by=won_by,
        rearranged=won_by == "rearranged",
        candidates=_candidates(ticket, seat, seats, matching),
        candidate_count=len(seats),
        passed_over=tuple(_passed_over(one, seat.session, now) for one in left),
        passed_over_count=count,
    )


def _candidates(ticket: Waiting, winner: Seat, seats: tuple[Seat, ...], matching: Matching) -> tuple[Candidate, ...]:
    shown = seats[:SHOWN] if winner in seats[:SHOWN] else (*seats[: SHOWN - 1], winner)
    return tuple(matching.rosters.candidate(seat, ticket) for seat in shown)


def _passed_over(ticket: Waiting, agent: Available, now: datetime) -> PassedOver:
    """Why the agent did not take a ticket that nobody took: it was not for him, or not yet, or had no place to go."""
    refused = refusal(ticket, agent, demand_of(ticket, now))
    if refused is not None:
        return PassedOver(ticket=ticket.id, why=refused.why, detail=refused.detail)
    if ticket.early(now):
        return PassedOver(ticket=ticket.id, why="not_before", detail=ticket.eligible_from.isoformat())
    return PassedOver(ticket=ticket.id, why="no_free_poc", detail=ticket.branch or "")
