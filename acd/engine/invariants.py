"""What must hold after a pass, said once more and independently of how the matcher finds it.

I1 one live offer per ticket · I2 live offers within the lanes, one per POC · I4 first come first served · I6 nobody
waits beside an agent who may serve him, and as many are served as can be.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from acd.engine.values import Assignment, Available, Waiting


class Offer(NamedTuple):
    """A live offer: ringing, or accepted and not yet over."""

    ticket: str
    session: str
    poc: str | None


def check_offers(offers: Iterable[Offer], lanes: Mapping[str, int]) -> list[str]:
    """I1 and I2 over live offers, with each session's capacity. One line for each breach."""
    offers = list(offers)
    tickets = Counter(offer.ticket for offer in offers)
    sessions = Counter(offer.session for offer in offers)
    pocs = Counter(offer.poc for offer in offers if offer.poc is not None)
    return [
        *(f"I1: ticket {one} has {count} live offers" for one, count in tickets.items() if count > 1),
        *(
            f"I2: session {one} has {count} live offers and {lanes.get(one, 0)} lanes"
            for one, count in sessions.items()
            if count > lanes.get(one, 0)
        ),
        *(f"I2: POC {one} has {count} live offers" for one, count in pocs.items() if count > 1),
    ]


def check_matching(
    waiting: Sequence[Waiting],
    available: Sequence[Available],
    free_pocs: Mapping[str, Sequence[str]],
    assignments: Sequence[Assignment],
    now: datetime,
) -> list[str]:
    """I1, I2, I4 and I6 over one pass: what was given to the matcher, and what came out. One line for each breach.

    With no assignments it says what a pass would still have to do. `waiting` is complete and may be in any order.
    That as many are served as can be is asked only where no branch is short of POCs: there urgency wins over number.
    """
    lanes = {one.session: min(1, one.free_lanes) if one.poc is not None else one.free_lanes for one in available}
    offers = [Offer(one.ticket, one.session, one.poc) for one in assignments]
    after = _Pass(waiting, available, free_pocs, assignments, lanes, now)
    broken = [*check_offers(offers, lanes), *after.misplaced()]
    return broken or [*after.out_of_order(), *after.left_beside_an_agent(), *after.fewer_than_possible()]


def may_take(ticket: Waiting, agent: Available, now: datetime) -> bool:
    """Whether the rules allow the agent this ticket."""
    held = ticket.preferred_agent is not None and ticket.preferred_until is not None and now < ticket.preferred_until
    since = max(ticket.eligible_from, ticket.arrived_at or ticket.eligible_from)
    asked = 0
    for number, (after, level) in enumerate(ticket.level_rings):
        if number == 0 or since + timedelta(seconds=after) <= now:
            asked = level
    anywhere = agent.poc is None and (ticket.branch is None or agent.branches is None)
    return (
        ticket.queue in agent.queues
        and (agent.queues[ticket.queue] >= asked or agent.agent == ticket.preferred_agent)
        and (anywhere or ticket.branch in (agent.branches or ()))
        and (not held or ticket.preferred_agent == agent.agent)
        and not (agent.agent in ticket.cooldowns and now < ticket.cooldowns[agent.agent])
    )


class _Pass:
    """Where everybody stands after the pass."""

    def __init__(
        self,
        waiting: Sequence[Waiting],
        available: Sequence[Available],
        free_pocs: Mapping[str, Sequence[str]],
        assignments: Sequence[Assignment],
        lanes: Mapping[str, int],
        now: datetime,
    ) -> None:
        self.waiting = sorted(waiting, key=lambda one: (one.eligible_from > now, one.band, one.key, one.seq, one.id))
        self.turn = {one.id: at for at, one in enumerate(self.waiting)}
        self.tickets = {one.id: one for one in waiting}
        self.sessions = {one.session: one for one in available}
        own = {one.poc for one in available}
        self.pocs = {branch: set(some) - own for branch, some in free_pocs.items()}
        self.assignments = assignments
        self.lanes = lanes
        self.now = now
        self.served = {one.ticket: one.session for one in assignments}
        self.able = {
            ticket.id: [name for name, agent in self.sessions.items() if may_take(ticket, agent, now)]
            for ticket in waiting
        }
        self.held: dict[str, list[Waiting]] = defaultdict(list)
        self.left = Counter({branch: len(some) for branch, some in self.pocs.items()})
        for one in assignments:
            ticket = self.tickets.get(one.ticket)
            if ticket is not None:
                self.held[one.session].append(ticket)
                self.left.subtract([ticket.branch or ""] if self.uses_poc(ticket, one.session) else [])

    def uses_poc(self, ticket: Waiting, session: str) -> bool:
        return ticket.needs_poc and session in self.sessions and self.sessions[session].poc is None

    def misplaced(self) -> Iterable[str]:
        """Pairs the rules do not allow, and POCs that are not the visitor's to go to."""
        for one in self.assignments:
            ticket, agent = self.tickets.get(one.ticket), self.sessions.get(one.session)
            if ticket is None or agent is None or agent.agent != one.agent:
                yield f"I1: {one.ticket} does not wait, or {one.session} of {one.agent} is not available"
                continue
            if not may_take(ticket, agent, self.now):
                yield f"I6: {one.agent} may not take {one.ticket}"
            if not ticket.needs_poc:
                allowed: set[str | None] = {None}
            elif agent.poc is not None:
                allowed = {agent.poc}
            else:
                allowed = set(self.pocs.get(ticket.branch or "", ()))
            if one.poc not in allowed:
                yield f"I2: {one.ticket} is sent to {one.poc}"

    def out_of_order(self) -> Iterable[str]:
        """I4: of tickets for the same agents and places, an earlier one is left and a later one served.

        More generally: a ticket is left although it could have the agent, and the POC, of a less urgent one.
        """
        left = [ticket for ticket in self.waiting if ticket.id not in self.served]
        for at, ticket in enumerate(self.waiting):
            session = self.served.get(ticket.id)
            if session is None:
                continue
            for earlier in left:
                if self.turn[earlier.id] > at:
                    break
                if session in self.able[earlier.id] and self.room_after(earlier, ticket, session):
                    yield f"I4: {ticket.id} is served before {earlier.id}"

    def room_after(self, ticket: Waiting, other: Waiting, session: str) -> bool:
        """Whether the ticket has a place to go with this agent once the other one is gone."""
        freed = self.uses_poc(other, session) and other.branch == ticket.branch
        return not self.uses_poc(ticket, session) or freed or self.left[ticket.branch or ""] > 0

    def left_beside_an_agent(self) -> Iterable[str]:
        """I6: a ticket is left and an agent who may take it is idle, with a place to go."""
        for ticket in self.waiting:
            if ticket.id in self.served:
                continue
            for session in self.able[ticket.id]:
                idle = len(self.held[session]) < self.lanes[session]
                if idle and (not self.uses_poc(ticket, session) or self.left[ticket.branch or ""] > 0):
                    yield f"I6: {ticket.id} waits beside {session}"

    def fewer_than_possible(self) -> Iterable[str]:
        """I6: the matching is smaller than it could be."""
        wanted = Counter(ticket.branch or "" for ticket in self.waiting if ticket.needs_poc and self.able[ticket.id])
        booths = sum(max(0, count) for session, count in self.lanes.items() if self.sessions[session].poc is None)
        if any(min(count, booths) > len(self.pocs.get(branch, ())) for branch, count in wanted.items()):
            return
        holder: dict[str, str] = {}
        possible = sum(self._augment(ticket.id, holder, set()) for ticket in self.waiting)
        if possible > len(self.served):
            yield f"I6: {len(self.served)} are served where {possible} could be"

    def _augment(self, ticket: str, holder: dict[str, str], tried: set[str]) -> bool:
        """Textbook augmentation, lane by lane."""
        for session in self.able[ticket]:
            for lane in (f"{session} {number}" for number in range(self.lanes[session])):
                if lane in tried:
                    continue
                tried.add(lane)
                if lane not in holder or self._augment(holder[lane], holder, tried):
                    holder[lane] = ticket
                    return True
        return False
