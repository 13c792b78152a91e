"""Many days out of one plan: each figure with the band in which it falls, and what a change does to it.

Both plans draw the same people with the same seeds, so that a difference is the change's doing and not chance's.
"""

import math
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from acd.simulation import figures as counted
from acd.simulation.clockwork import run
from acd.simulation.outcome import Outcome
from acd.simulation.plan import Plan
from qms.domain.tally import Figures

Key = tuple[str, int | None]
"""A queue (`*`: every one), and an hour of the day (None: all day)."""

ALL = "*"
WHOLE: Key = (ALL, None)

NAMES = (
    "offered",
    "answered",
    "abandoned",
    "left_over",
    "refused",
    "mean_wait_seconds",
    "p50_wait_seconds",
    "p90_wait_seconds",
    "mean_wait_all_seconds",
    "answered_in_time",
    "handled_in_time",
    "offered_in_time",
    "abandonment",
    "occupancy",
)
LESS_IS_BETTER = frozenset(NAMES) - {"offered", "answered", "answered_in_time", "handled_in_time", "offered_in_time"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Band:
    """A tenth of the days lie below `p10`, half below `p50`, a tenth above `p90`."""

    p10: float
    p50: float
    p90: float

    def as_json(self) -> dict[str, float]:
        """Plain values."""
        return {"p10": round(self.p10, 4), "p50": round(self.p50, 4), "p90": round(self.p90, 4)}


Bands = Mapping[str, Band]
"""Figure → band."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rollouts:
    """The days that a plan may turn out to be: all figures of each day, and their bands."""

    days: Sequence[Mapping[Key, Figures]]
    bands: Mapping[Key, Bands]
    agents: Mapping[int, float]


def rollouts(plan: Plan, count: int, seed: str, told: Callable[[], object] = lambda: None) -> Rollouts:
    """Let that many days pass; `told` is called after each."""
    days = []
    agents: dict[int, float] = {}
    for at in range(count):
        outcome = run(plan.day(f"{seed}/{at}"), seed=f"{seed}/{at}")
        days.append(keyed(outcome))
        agents = agents or counted.agents_by_hour(outcome)
        told()
    return Rollouts(days=days, bands=_bands(days), agents=agents)


def keyed(outcome: Outcome) -> dict[Key, Figures]:
    """All figures of a run."""
    return {(queue or ALL, hour): one for (queue, hour), one in counted.all_figures(outcome).items()}


def differences(before: Rollouts, after: Rollouts) -> dict[Key, Bands]:
    """What the change does to each figure, day by day."""
    found: dict[Key, Bands] = {}
    for key in before.bands:
        bands = {}
        for name in NAMES:
            pairs = zip(before.days, after.days, strict=True)
            changes = [b - a for x, y in pairs if (a := _value(x, key, name)) is not None
                       and (b := _value(y, key, name)) is not None]  # fmt: skip
            if changes:
                bands[name] = band(changes)
        found[key] = bands
    return found


def better_days(before: Rollouts, after: Rollouts, name: str) -> int:
    """On how many days the change made a figure better."""
    pairs = [(_value(x, WHOLE, name), _value(y, WHOLE, name)) for x, y in zip(before.days, after.days, strict=True)]
    known = [(a, b) for a, b in pairs if a is not None and b is not None]
    return sum(b < a if name in LESS_IS_BETTER else b > a for a, b in known)


def band(values: Sequence[float]) -> Band:
    """The band of some values."""
    ordered = sorted(values)
    return Band(p10=_at(ordered, 0.1), p50=_at(ordered, 0.5), p90=_at(ordered, 0.9))


def _at(ordered: Sequence[float], level: float) -> float:
    """The quantile, straight between the two values beside it."""
    place = level * (len(ordered) - 1)
    low = math.floor(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _bands(days: Sequence[Mapping[Key, Figures]]) -> dict[Key, Bands]:
    keys = sorted({key for day in days for key in day}, key=_in_order)
    return {key: dict(_bands_of(days, key)) for key in keys}


def _bands_of(days: Sequence[Mapping[Key, Figures]], key: Key) -> Iterator[tuple[str, Band]]:
    for name in NAMES:
        values = [value for day in days if (value := _value(day, key, name)) is not None]
        if values:
            yield name, band(values)


def _value(day: Mapping[Key, Figures], key: Key, name: str) -> float | None:
    one = day.get(key)
    return None if one is None else getattr(one, name)


def _in_order(key: Key) -> tuple[bool, str, int]:
    """All queues first, then queue by queue; the whole day before its hours."""
    queue, hour = key
    return queue != ALL, queue, -1 if hour is None else hour
