"""Figures of a run: waits, three service levels, who left, how busy the agents were; in all, per queue and per hour.

    answered_in_time    answered within the target / answered
    handled_in_time     (answered within the target + left within it) / (answered + left)
    offered_in_time     answered within the target / (all who came − those who left at once)

The first leaves out whoever was driven away, the second counts them as served well; the third is what visitors would
say, and the one to plan by. Waits are of those answered; the mean wait of all is in `mean_wait_all_seconds`.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields

from acd.simulation.day import HOUR, SECOND, Day
from acd.simulation.outcome import Outcome, Visit


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


def figures(outcome: Outcome) -> Figures:
    """Of the whole run."""
    return _sum(tallies(outcome).values()).figures(occupancy(outcome))


def by_queue_and_hour(outcome: Outcome) -> dict[tuple[str, int], Figures]:
    """Per queue and hour of the day in which they came, in order; hours after midnight go on counting: 24, 25, …"""
    return {key: tally.figures() for key, tally in sorted(tallies(outcome).items())}


def all_figures(outcome: Outcome) -> dict[tuple[str | None, int | None], Figures]:
    """Per queue and hour, per queue, per hour, and of the whole run; None is every queue, or all day."""
    cells = dict(sorted(tallies(outcome).items()))
    busy = occupancy_by_hour(outcome)
    found: dict[tuple[str | None, int | None], Figures] = {
        (None, None): _sum(cells.values()).figures(occupancy(outcome))
    }
    for hour in sorted({hour for _, hour in cells}):
        found[None, hour] = _sum(cells[key] for key in cells if key[1] == hour).figures(busy.get(hour))
    for queue in dict.fromkeys(queue for queue, _ in cells):
        found[queue, None] = _sum(cells[key] for key in cells if key[0] == queue).figures()
    return found | {key: tally.figures() for key, tally in cells.items()}


@dataclass(slots=True)
class Tally:
    """What is counted of some visits; tallies can be added up. Waits in microseconds."""

    waits: list[int]
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
            mean_wait_seconds=_share(sum(waits), answered * SECOND),
            p50_wait_seconds=_quantile(waits, 0.5),
            p90_wait_seconds=_quantile(waits, 0.9),
            mean_wait_all_seconds=_share(self.waited, self.came * SECOND),
            answered_in_time=_share(self.in_time, answered),
            handled_in_time=_share(self.in_time + self.left_in_time, answered + self.left),
            offered_in_time=_share(self.in_time, self.came - self.short),
            abandonment=_share(self.left, self.came),
            occupancy=occupancy,
        )


def tallies(outcome: Outcome) -> dict[tuple[str, int], Tally]:
    """What is counted per queue and hour of arrival."""
    found: dict[tuple[str, int], Tally] = {}
    limits = _Limits(outcome.day)
    for visit in outcome.visits:
        queue, hour = visit.visitor.queue, visit.visitor.at // HOUR
        tally = found.get((queue, hour))
        if tally is None:
            tally = found[queue, hour] = Tally([])
        _count(tally, visit, *limits[queue])
    return found


class _Limits(dict[str, tuple[float, float]]):
    """Target and short wait of each queue, in microseconds."""

    def __init__(self, day: Day) -> None:
        super().__init__()
        self._day = day

    def __missing__(self, queue: str) -> tuple[float, float]:
        policy = self._day.policy(queue)
        self[queue] = found = (policy.target_seconds * SECOND, policy.short_seconds * SECOND)
        return found


def _count(tally: Tally, visit: Visit, target: float, short: float) -> None:
    if visit.end == "refused":
        tally.refused += 1
        return
    wait = visit.wait
    tally.came += 1
    tally.waited += wait
    if visit.end == "served":
        tally.waits.append(wait)
        tally.in_time += wait <= target
    elif visit.end == "abandoned":
        tally.left += 1
        tally.left_in_time += wait <= target
        tally.short += wait <= short
    else:
        tally.left_over += 1


def _sum(some: Iterable[Tally]) -> Tally:
    total = Tally([])
    for one in some:
        total.waits += one.waits
        for name in _COUNTS:
            setattr(total, name, getattr(total, name) + getattr(one, name))
    return total


_COUNTS = ("came", "left", "left_over", "refused", "waited", "in_time", "left_in_time", "short")


def occupancy(outcome: Outcome) -> float | None:
    """(serving + wrap-up) / time on duty, over the whole run."""
    on_duty = sum(duty.end - duty.start for duty in outcome.duty)
    return _share(sum(work.end - work.start for work in outcome.work), on_duty)


def occupancy_by_hour(outcome: Outcome) -> dict[int, float | None]:
    """The same, hour by hour."""
    busy = _per_hour((work.start, work.end) for work in outcome.work)
    on_duty = _per_hour((duty.start, duty.end) for duty in outcome.duty)
    return {hour: _share(busy.get(hour, 0), on_duty[hour]) for hour in sorted(on_duty)}


def agents_by_hour(outcome: Outcome) -> dict[int, float]:
    """How many agents were on duty, on average over each hour."""
    return {hour: time / HOUR for hour, time in sorted(_per_hour((d.start, d.end) for d in outcome.duty).items())}


_LONGEST = 24 * 7 * HOUR


def _per_hour(stretches: Iterable[tuple[int, int]]) -> dict[int, int]:
    """How much time of some stretches lies in each hour; of stretches without end the first week."""
    found: dict[int, int] = {}
    for start, end in stretches:
        at, last = start, min(end, start + _LONGEST)
        while at < last:
            hour = at // HOUR
            upto = min(last, (hour + 1) * HOUR)
            found[hour] = found.get(hour, 0) + upto - at
            at = upto
    return found


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _quantile(ordered: Sequence[int], level: float) -> float | None:
    """The smallest of them that at least this share does not exceed, in seconds."""
    return ordered[max(0, math.ceil(level * len(ordered)) - 1)] / SECOND if ordered else None
