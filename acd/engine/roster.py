"""Who may take a ticket, the most suitable first."""

from collections import defaultdict
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import datetime

from acd.engine.eligibility import Demand, demand_of, refusal
from acd.engine.reasons import Candidate, WonBy
from acd.engine.values import Available, Waiting


@dataclass(slots=True, eq=False)
class Seat:
    """An available session and the tickets it holds so far in this pass."""

    session: Available
    lanes: int
    counter: str | None
    flexibility: int
    tickets: dict[str, Waiting] = field(default_factory=dict)

    @property
    def free(self) -> bool:
        """Whether it can take one ticket more."""
        return len(self.tickets) < self.lanes

    @property
    def load(self) -> int:
        """How many tickets it has, those of this pass included."""
        return self.session.held + len(self.tickets)


def seats_of(available: Iterable[Available], contested: Collection[str] | None) -> list[Seat]:
    """A seat for each session that has a lane and, where they are known, serves a queue in which somebody waits.

    In the order of the ids, which settles every tie, so that nothing depends on the order in which they were read.
    """
    seats = []
    for session in sorted(available, key=lambda one: (one.agent, one.session)):
        served = session.queues.keys() if contested is None else session.queues.keys() & contested
        if served and session.lanes > 0:
            seats.append(Seat(session, session.lanes, session.counter, len(served)))
    return seats


@dataclass(slots=True, eq=False)
class Roster:
    """The seats for tickets that differ in nothing that matters here. `hopeless`: one of them found no seat."""

    seats: tuple[Seat, ...]
    hopeless: bool = False


class Rosters:
    """The rosters of one pass, each made once."""

    def __init__(self, seats: list[Seat], now: datetime) -> None:
        self._now = now
        self._serving: dict[str, list[Seat]] = defaultdict(list)
        for seat in seats:
            for queue in seat.session.queues:
                self._serving[queue].append(seat)
        self._made: dict[tuple[object, ...], Roster] = {}

    def of(self, ticket: Waiting) -> Roster:
        """Who may take the ticket: the preferred agent, then by level, then who can be spared, then by idle time."""
        demand = demand_of(ticket, self._now)
        kind = (
            ticket.queue,
            ticket.branch,
            ticket.needs_poc,
            ticket.preferred_agent,
            demand.holder,
            demand.minimum_level,
        )
        whole = self._made.get(kind)
        if whole is None:
            whole = self._made[kind] = Roster(self._eligible(ticket, demand._replace(cooling=frozenset())))
        return self._without(demand.cooling, kind, whole) if demand.cooling else whole

    def _eligible(self, ticket: Waiting, demand: Demand) -> tuple[Seat, ...]:
        seats = [seat for seat in self._serving.get(ticket.queue, ()) if refusal(ticket, seat.session, demand) is None]
        return tuple(sorted(seats, key=lambda seat: _merits(seat, ticket)))

    def _without(self, cool: frozenset[str], kind: tuple[object, ...], whole: Roster) -> Roster:
        """The roster without some agents. Where all of them were no use, a part of them is none either."""
        roster = self._made.get((*kind, cool))
        if roster is None:
            seats = tuple(seat for seat in whole.seats if seat.session.agent not in cool)
            roster = self._made[(*kind, cool)] = Roster(seats, whole.hopeless)
        return roster

    def candidate(self, seat: Seat, ticket: Waiting) -> Candidate:
        """The facts by which the seat was ranked for this ticket."""
        return Candidate(
            agent=seat.session.agent,
            session=seat.session.session,
            preferred=seat.session.agent == ticket.preferred_agent,
            level=seat.session.queues[ticket.queue],
            flexibility=seat.flexibility,
            idle_seconds=max(0, int((self._now - seat.session.idle_since).total_seconds())),
            held=seat.session.held,
        )


def _merits(seat: Seat, ticket: Waiting) -> tuple[bool, int, int, datetime]:
    session = seat.session
    return (
        session.agent != ticket.preferred_agent,
        -session.queues[ticket.queue],
        seat.flexibility,
        session.idle_since,
    )


_CRITERIA: tuple[WonBy, ...] = ("preferred", "level", "least_flexible", "longest_idle")


def won_by(winner: Seat, runner_up: Seat | None, ticket: Waiting, roster: Roster) -> WonBy:
    """The first criterion in which the winner is better than the next best who was free."""
    if runner_up is None:
        return "only_candidate" if len(roster.seats) == 1 else "only_free"
    ours, theirs = _merits(winner, ticket), _merits(runner_up, ticket)
    if ours[0] == theirs[0] and winner.load != runner_up.load:
        if winner.load > runner_up.load:
            return "fullest"
        return "empty_handed" if winner.session.held == runner_up.session.held else "least_loaded"
    return next((name for name, mine, other in zip(_CRITERIA, ours, theirs, strict=True) if mine != other), "id")
