"""What is said of some visits: waits, three service levels, who left. Simulated days and real ones are told alike.

    answered_in_time    answered within the target / answered
    handled_in_time     (answered within the target + left within it) / (answered + left)
    offered_in_time     answered within the target / (all who came − those who left at once)

The first leaves out whoever was driven away, the second counts them as served well; the third is what visitors would
say, and the one to plan by. Waits are of those answered; the mean wait of all is in `mean_wait_all_seconds`.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields

SECOND = 1_000_000
SHORT = 5 * SECOND
"""Who leaves within that time has left at once, unless a rule says otherwise."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Figures:
    """What is said of some visits. A share of nothing is None, and so is a wait of nobody.

    `occupancy` is (serving + wrap-up) / time on duty; of a queue alone it is not known, since agents serve several.
    """

    offered: int
    answered: int
    abandoned: int
    left_over: int
    refused: int
    mean_wait_seconds: float | None
    p50_wait_seconds: float | None
    p90_wait_seconds: float | None
    mean_wait_all_seconds: float | None
    answered_in_time: float | None
    handled_in_time: float | None
    offered_in_time: float | None
    abandonment: float | None
    occupancy: float | None = None

    def as_json(self) -> dict[str, float | int | None]:
        """Plain values, rounded to what can be meant."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}


@dataclass(slots=True)
class Tally:
    """What is counted of some visits; tallies can be added up. Waits in microseconds."""

    waits: list[int] = field(default_factory=list)
    came: int = 0
    left: int = 0
    left_over: int = 0
    refused: int = 0
    waited: int = 0
    in_time: int = 0
    left_in_time: int = 0
    short: int = 0

    def figures(self, occupancy: float | None = None) -> Figures:
        """What it says."""
        waits, answered = sorted(self.waits), len(self.waits)
        return Figures(
            offered=self.came,
            answered=answered,
            abandoned=self.left,
            left_over=self.left_over,
            refused=self.refused,
            mean_wait_seconds=share(sum(waits), answered * SECOND),
            p50_wait_seconds=quantile(waits, 0.5),
            p90_wait_seconds=quantile(waits, 0.9),
            mean_wait_all_seconds=share(self.waited, self.came * SECOND),
            answered_in_time=share(self.in_time, answered),
            handled_in_time=share(self.in_time + self.left_in_time, answered + self.left),
            offered_in_time=share(self.in_time, self.came - self.short),
            abandonment=share(self.left, self.came),
            occupancy=occupancy,
        )


def total(some: Iterable[Tally]) -> Tally:
    """Some tallies added up."""
    found = Tally()
    for one in some:
        found.waits += one.waits
        for name in _COUNTS:
            setattr(found, name, getattr(found, name) + getattr(one, name))
    return found


_COUNTS = ("came", "left", "left_over", "refused", "waited", "in_time", "left_in_time", "short")


def share(part: float, whole: float) -> float | None:
    """A part of a whole; of nothing there is none."""
    return part / whole if whole else None


def quantile(ordered: Sequence[int], level: float) -> float | None:
    """The smallest of them that at least this share does not exceed, in seconds."""
    return ordered[max(0, math.ceil(level * len(ordered)) - 1)] / SECOND if ordered else None
