"""The matching: tickets find agents and POCs in order, and change them where that serves one ticket more."""

from collections import defaultdict, deque
from collections.abc import Collection, Mapping
from datetime import datetime

from acd.engine.chain import Balance, Move, Mover, poc_of
from acd.engine.reasons import WonBy
from acd.engine.roster import Roster, Rosters, Seat, won_by
from acd.engine.values import Waiting


class Matching:
    """Which seat each ticket has. It grows ticket by ticket, and a ticket that has a seat never loses it to a later
    one, though it may change seats.

    POCs of a branch are alike, so that only their number matters. A seat that is not at a counter uses one POC of the
    branch of each visitor on site; changing between counter and booth frees or takes one.

    Source: Kuhn's augmenting paths, in order of urgency (the sets that can be served are those that a matching
    covers, hence taking whom one can, in order, serves the most urgent set); with POCs a path may also pass on a POC:
    a ticket leaves a booth for a free counter, and somebody else takes the booth with another agent.
    """

    def __init__(self, seats: list[Seat], free_pocs: Mapping[str, int], now: datetime) -> None:
        self.rosters = Rosters(seats, now)
        self.seat_of: dict[str, Seat] = {}
        self.roster_of: dict[str, Roster] = {}
        self.won_by: dict[str, WonBy] = {}
        self.lanes_left = sum(seat.lanes for seat in seats)
        self._seats = seats
        self._pocs_left: dict[str, int] = defaultdict(int, free_pocs)
        self._closed = set[Seat]()
        self._in_vain = set[tuple[str | None, frozenset[Seat]]]()
        self._counters: dict[str, list[Seat]] | None = None  # most passes never ask

    def add(self, ticket: Waiting) -> bool:
        """Give the ticket a seat, if need be by moving others; False: it cannot be served beside them.

        What cannot be served now cannot be served beside more tickets either, so one failure settles the matter for
        all tickets of the same kind.
        """
        roster = self.roster_of[ticket.id] = self.rosters.of(ticket)
        if roster.hopeless or not roster.seats:
            return False
        seat = self._best(ticket, roster)
        if seat is not None:
            self.won_by[ticket.id] = won_by(seat, self._best(ticket, roster, other_than=seat), ticket, roster)
            self._move([(ticket, seat)])
        elif not self._rearrange(ticket):
            roster.hopeless = True
            return False
        self.lanes_left -= 1
        return True

    def _best(self, ticket: Waiting, roster: Roster, other_than: Seat | None = None) -> Seat | None:
        """The best free seat: the preferred agent, else who has the fewest tickets (or, to `pack`, the most)."""
        best: Seat | None = None
        without_poc = self._without_poc(ticket)
        for seat in roster.seats:
            if not seat.free or seat is other_than or (without_poc and seat.counter is None):
                continue
            if not (seat.tickets or seat.session.held or ticket.pack) or seat.session.agent == ticket.preferred_agent:
                return seat
            if best is None or (seat.load > best.load if ticket.pack else seat.load < best.load):
                best = seat
        return best

    def _without_poc(self, ticket: Waiting) -> bool:
        return ticket.needs_poc and not self._pocs_left[ticket.branch or ""]

    def _counter_within_reach(self, branch: str | None) -> bool:
        """Whether one more visitor on site could be at a counter of the branch, freeing a POC or needing none."""
        if self._counters is None:
            self._counters = defaultdict(list)
            for seat in self._seats:
                if seat.counter is not None:
                    self._counters[seat.counter].append(seat)
        counters = self._counters.get(branch or "", ())
        return any(not any(one.needs_poc for one in seat.tickets.values()) for seat in counters)

    def _rearrange(self, ticket: Waiting) -> bool:
        if self._without_poc(ticket) and not self._counter_within_reach(ticket.branch):
            return False
        alike = (ticket.branch if ticket.needs_poc else None, frozenset(self.roster_of[ticket.id].seats))
        if alike in self._in_vain:
            return False
        chain = self._find_chain(ticket)
        if not chain:
            self._in_vain.add(alike)  # whoever else may have these very seats, in whichever order, has no better luck
        self._move(chain)
        self.won_by.update((one.id, "rearranged") for one, _ in chain)
        return bool(chain)

    def _find_chain(self, ticket: Waiting) -> list[Move]:
        """The shortest chain of moves that ends at a free seat, with a POC for everybody who needs one; or nothing."""
        met = {ticket.id}
        passed: set[Seat | str | None] = set(self._closed)
        frontier = deque([Mover(ticket, Balance(self._pocs_left))])
        while frontier:
            mover = frontier.popleft()
            for seat in self.roster_of[mover.ticket.id].seats:
                if seat in passed:
                    continue
                free = seat.free
                if free and mover.fits(seat):
                    return mover.chain(seat)
                passage = seat.counter if free else seat
                if passage in passed:
                    continue
                passed.add(passage)
                for other in self._who_could_move(seat, free=free):
                    if other.id not in met:
                        met.add(other.id)
                        frontier.append(mover.then(other, self.seat_of[other.id], seat))
        self._close(passed)
        return []

    def _close(self, passed: Collection[Seat | str | None]) -> None:
        """A search in vain that met full seats only: whoever has one of them can go to others of them only.

        So nobody will ever have one of them but by the others' favour, and no later search need look there.
        """
        seats = [one for one in passed if isinstance(one, Seat)]
        if len(seats) == len(passed):
            self._closed.update(seats)

    def _who_could_move(self, seat: Seat, *, free: bool) -> Collection[Waiting]:
        """Whose move would let somebody have this seat.

        A full seat: those who hold it. A free one was of no use for want of a POC: those who could leave another
        seat, perhaps for a counter, without their own branch running short of POCs.
        """
        if not free:
            return seat.tickets.values()
        return [
            ticket
            for other in self._seats
            if other.counter is None or other.counter == seat.counter or self._pocs_left[other.counter]
            for ticket in other.tickets.values()
        ]

    def _move(self, chain: list[Move]) -> None:
        for ticket, _ in chain:
            before = self.seat_of.pop(ticket.id, None)
            if before is not None:
                del before.tickets[ticket.id]
                branch = poc_of(ticket, before)
                if branch is not None:
                    self._pocs_left[branch] += 1
        for ticket, seat in chain:
            self.seat_of[ticket.id] = seat
            seat.tickets[ticket.id] = ticket
            branch = poc_of(ticket, seat)
            if branch is not None:
                self._pocs_left[branch] -= 1
