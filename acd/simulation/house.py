"""The house in virtual time: who is in it at this moment, what is to happen later, and what has come of it so far."""

from collections.abc import Callable
from datetime import datetime, timedelta
from heapq import heappush

from acd.simulation.day import Day
from acd.simulation.desk import desks_of
from acd.simulation.guest import Guest, Stage
from acd.simulation.line import Lines
from acd.simulation.outcome import Duty, End, Visit, Work

_MICROSECOND = timedelta(microseconds=1)


class House:
    """What all who act in a day share. `now` and `at` are the same instant; `dirty` are lines to be looked at.

    `newcomers` have come at this instant. `cooling`: so many have been missed, and are not offered to everybody.
    """

    def __init__(self, day: Day) -> None:
        self.day = day
        self.now = 0
        self.at = day.midnight
        self.heap: list[tuple[int, int, Callable[..., None], tuple[object, ...]]] = []
        self.events = 0
        self.lines = Lines()
        self.desks, self.kinds = desks_of(day)
        self.booths = {branch: list(some) for branch, some in day.booths.items()}
        self.waiting: dict[str, Guest] = {}
        self.newcomers: list[Guest] = []
        self.dirty: dict[str, None] = {}  # a dict keeps its order, and a set of texts has none
        self.cooling = 0
        self.length = self.area = self.changed = 0
        self.visits: list[Visit] = []
        self.work: list[Work] = []
        self.duty: list[Duty] = []

    def later(self, when: int, act: Callable[..., None], *arguments: object) -> None:
        """Do this then; what is to happen at one instant goes in the order in which it was said."""
        self.events += 1
        heappush(self.heap, (when, self.events, act, arguments))

    def instant(self, when: int) -> datetime:
        """That time on the wall."""
        return self.day.midnight + timedelta(microseconds=when)

    def moment(self, when: datetime) -> int:
        """That time of the day, or now where it is over."""
        return max(self.now, (when - self.day.midnight) // _MICROSECOND)

    def line_changes(self, by: int) -> None:
        """So many more wait; kept for Little's law."""
        self.area += self.length * (self.now - self.changed)
        self.changed = self.now
        self.length += by

    def into_line(self, guest: Guest) -> None:
        """He waits from now on, or again."""
        self.waiting[guest.ticket.id] = guest
        self.lines.join(guest.line, guest.entry)
        self.dirty[guest.line] = None

    def elsewhere_in_line(self, guest: Guest, change: Callable[..., None], *arguments: object, **more: object) -> None:
        """What changes his place takes him out and puts him in again."""
        self.lines.leave(guest.line, guest.entry)
        change(*arguments, **more)
        self.lines.join(guest.line, guest.entry)

    def out_of_line(self, guest: Guest, state: Stage) -> None:
        """He waits no more."""
        self.lines.leave(guest.line, guest.entry)
        del self.waiting[guest.ticket.id]
        guest.state = state

    def end_waiting(self, guest: Guest, end: End) -> None:
        """He is not served any more."""
        self.out_of_line(guest, "over")
        if not guest.gone:
            self.line_changes(-1)
            self.visits.append(Visit(guest.visitor, end, self.now))

    def staffed_again(self, line: str) -> bool:
        """Whether somebody who serves the line is on duty, or will be."""
        return any(kind.on_duty or kind.last_off > self.now for kind in self.kinds.get(line, ()))

    def free_booth(self, guest: Guest) -> None:
        """Nobody sits in his booth any more; who waits for one may have it."""
        branch = guest.branch
        if guest.poc is None or branch is None:
            return
        self.booths[branch].append(guest.poc)
        guest.poc = None
        for line in {one.line: None for one in self.waiting.values() if one.branch == branch}:
            self.dirty[line] = None
