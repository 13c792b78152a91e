"""The agenda: what is going to happen, by true time. What happens at the same instant goes in an order by chance."""

import heapq
import random
from collections.abc import Callable

from tests.rehearsed.clock import RehearsalClock

Happening = Callable[[], None]


class Agenda:
    """Plays the part of every timer, network and scheduler: one thing happens at a time, in an order by the seed."""

    def __init__(self, clock: RehearsalClock, dice: random.Random) -> None:
        self.clock = clock
        self._dice = dice
        self._heap: list[tuple[float, float, int, Happening]] = []
        self._count = 0

    def after(self, seconds: float, what: Happening) -> None:
        """Let something happen so many seconds from now."""
        self._count += 1
        at = self.clock.passed + max(seconds, 0.0)
        heapq.heappush(self._heap, (at, self._dice.random(), self._count, what))

    def next_at(self) -> float:
        """When the next thing happens, in seconds since the beginning."""
        return self._heap[0][0] if self._heap else float("inf")

    def next(self) -> None:
        """Let time pass until the next thing happens, and let it happen."""
        at, _, _, what = heapq.heappop(self._heap)
        self.clock.passed = max(at, self.clock.passed)
        what()
