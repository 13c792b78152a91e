"""What came of a run: what happened to each visitor, and how the agents spent their time."""

from dataclasses import dataclass
from typing import Literal, NamedTuple

from acd.simulation.day import Day, Visitor

End = Literal[
    "served",
    "abandoned",  # left before being answered
    "left over",  # nobody was on duty any more who could have served him
    "refused",  # came after closing
]


class Visit(NamedTuple):
    """One visitor. `until`: when he was answered, or left the line; `agent` served him.

    `wait` counts from the time that was agreed where he had an appointment and came before it.
    """

    visitor: Visitor
    end: End
    until: int
    agent: str = ""

    @property
    def wait(self) -> int:
        """Microseconds."""
        return max(0, self.until - max(self.visitor.at, self.visitor.slot or 0))

    @property
    def in_line(self) -> int:
        """Microseconds from coming to being answered or leaving, whatever was agreed."""
        return self.until - self.visitor.at


class Work(NamedTuple):
    """An agent with a visitor: answered at `start`, gone at `gone`, wrapped up at `end`. Ringing comes before."""

    agent: str
    queue: str
    start: int
    gone: int
    end: int


class Duty(NamedTuple):
    """An agent on duty, overtime with the last visitor included."""

    agent: str
    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """A run. `line_area` is the length of the line summed over time, in visitor-microseconds.

    By Little's law it is the sum of the times in line, to the microsecond. `waiting_at_close`: who was in line then.
    """

    day: Day
    visits: tuple[Visit, ...]
    work: tuple[Work, ...]
    duty: tuple[Duty, ...]
    line_area: int
    waiting_at_close: int
    missed: int
    passes: int
