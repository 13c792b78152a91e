"""Who is let in: limits of a queue, closing by forecast, and what happens while nobody is on duty."""

from collections.abc import Iterable, Mapping
from typing import Literal

from acd.forecast import mean_handle_seconds
from acd.simulation.day import SECOND, Day, Visitor
from acd.simulation.desk import Kind, capacity
from acd.simulation.line import Lines, line_of

LOOKED_AT = 500
"""How long serving takes is learned from the last so many."""

Welcome = Literal["in", "refused", "callback"]


class Doors:
    """Asks each who comes what the kiosk would tell him."""

    def __init__(self, day: Day, lines: Lines, kinds: Mapping[str, Iterable[Kind]]) -> None:
        self._day = day
        self._lines = lines
        self._kinds = kinds
        self._handled: dict[str, list[float]] = {}

    def learn(self, queue: str, handling: int) -> None:
        """Somebody has been served for so long; asked for only where a queue closes by forecast."""
        if self._day.policy(queue).routing.close_by_forecast:
            self._handled.setdefault(queue, []).append(handling / SECOND)

    def welcome(self, visitor: Visitor, now: int) -> Welcome:
        """What becomes of whoever comes now. Who has an appointment is always let in."""
        policy = self._day.policy(visitor.queue)
        line = line_of(visitor.queue, visitor.branch)
        if policy.unstaffed != "accept" and not self.staffed(line, now):
            return "refused" if policy.unstaffed == "refuse" else "callback"
        if visitor.slot is not None:
            return "in"
        most = policy.routing.max_waiting
        if most and self._lines.length(line) >= most:
            return "refused"
        if policy.routing.close_by_forecast and self._too_late(visitor, line, now):
            return "refused"
        return "in"

    def staffed(self, line: str, now: int) -> bool:
        """Whether somebody who serves a line is on duty, or comes this very moment."""
        return any(kind.on_duty or now in kind.begins for kind in self._kinds.get(line, ()))

    def _too_late(self, visitor: Visitor, line: str, now: int) -> bool:
        """Whether those on duty cannot serve him before closing, beside all who wait for the same agents."""
        closes = self._day.closes
        there = [kind for kind in self._kinds.get(line, ()) if kind.on_duty]
        if closes is None or visitor.branch is None or not there:
            return False
        policy = self._day.policy(visitor.queue)
        each = mean_handle_seconds(self._handled.get(visitor.queue, ())[-LOOKED_AT:]) + policy.wrap_up_seconds
        servers = sum(kind.on_duty * capacity(kind.most, policy) for kind in there)
        served = int(servers * (closes - now) / SECOND / max(1.0, each))
        shared = {other for kind in there for other in kind.lines if other.endswith(f"@{visitor.branch}")}
        return served <= sum(self._lines.length(other) for other in shared)
