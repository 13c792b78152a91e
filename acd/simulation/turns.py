"""Whose turn it is where a queue mixes people with appointments and people who walked in."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from acd.engine import Waiting
from acd.engine.mixing import mixed
from acd.simulation.day import Day
from acd.simulation.guest import Guest
from acd.simulation.line import Lines


class Turns:
    """The order in which a pass sees those who wait; counts how many with appointments went in a row."""

    def __init__(self, day: Day, lines: Lines, waiting: Mapping[str, Guest]) -> None:
        self._caps = {queue: policy.routing.mix for queue, policy in day.policies.items() if policy.routing.mix}
        self._lines = lines
        self._waiting = waiting
        self._in_a_row: dict[str, int] = {}

    def waiting(self, lines: Sequence[str], now: datetime) -> list[Waiting]:
        """The tickets of some lines, the most urgent first, after the mix."""
        seen = [ticket for line in lines for ticket in self._line(line, now)]
        seen.sort(key=lambda one: (one.band, one.key, one.seq))
        return seen

    def told(self, guest: Guest) -> None:
        """Somebody's turn has come."""
        if guest.queue in self._caps:
            self._in_a_row[guest.line] = self._in_a_row.get(guest.line, 0) + 1 if guest.booked else 0

    def _line(self, line: str, now: datetime) -> list[Waiting]:
        waiting, cap = list(self._lines.waiting([line])), self._caps.get(self._queue(line), 0)
        booked = {one.id for one in waiting if self._waiting[one.id].booked} if cap else set()
        if not booked:
            return waiting
        return list(mixed(waiting, booked, cap=cap, in_a_row=self._in_a_row.get(line, 0), now=now))

    def _queue(self, line: str) -> str:
        return line.rpartition("@")[0]
