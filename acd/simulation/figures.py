"""Figures of a run: waits, three service levels, who left, how busy the agents were; in all, per queue and per hour.

    answered_in_time    answered within the target / answered
    handled_in_time     (answered within the target + left within it) / (answered + left)
    offered_in_time     answered within the target / (all who came − those who left at once)

The first leaves out whoever was driven away, the second counts them as served well; the third is what visitors would
say, and the one to plan by. Waits are of those answered; the mean wait of all is in `mean_wait_all_seconds`.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import TypeVar

from acd.simulation.day import HOUR, SECOND
from acd.simulation.outcome import Outcome, Visit

K = TypeVar("K", str, int, tuple[str, int])


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
    return of_visits(outcome.visits, outcome, occupancy=occupancy(outcome))


def by_queue(outcome: Outcome) -> dict[str, Figures]:
    """Per queue, in the order of their names."""
    return {queue: of_visits(visits, outcome) for queue, visits in _grouped(outcome.visits, lambda v: v.visitor.queue)}


def by_hour(outcome: Outcome) -> dict[int, Figures]:
    """Per hour of the day in which they came; hours after midnight go on counting: 24, 25, …"""
    hours = dict(_grouped(outcome.visits, lambda visit: visit.visitor.at // HOUR))
    busy = occupancy_by_hour(outcome)
    return {hour: of_visits(hours[hour], outcome, occupancy=busy.get(hour)) for hour in hours}


def by_queue_and_hour(outcome: Outcome) -> dict[tuple[str, int], Figures]:
    """Per queue and hour."""
    groups = _grouped(outcome.visits, lambda visit: (visit.visitor.queue, visit.visitor.at // HOUR))
    return {key: of_visits(visits, outcome) for key, visits in groups}


def of_visits(visits: Sequence[Visit], outcome: Outcome, occupancy: float | None = None) -> Figures:
    """Of some visits of a run."""
    came = [visit for visit in visits if visit.end != "refused"]
    answered = sorted(visit.wait for visit in came if visit.end == "served")
    left = [visit for visit in came if visit.end == "abandoned"]
    policy = outcome.day.policy
    limits = {queue: policy(queue).target_seconds * SECOND for queue in {visit.visitor.queue for visit in came}}
    in_time = sum(visit.end == "served" and visit.wait <= limits[visit.visitor.queue] for visit in came)
    left_in_time = sum(visit.wait <= limits[visit.visitor.queue] for visit in left)
    short = sum(visit.wait <= policy(visit.visitor.queue).short_seconds * SECOND for visit in left)
    return Figures(
        offered=len(came),
        answered=len(answered),
        abandoned=len(left),
        left_over=sum(visit.end == "left over" for visit in came),
        refused=len(visits) - len(came),
        mean_wait_seconds=_share(sum(answered), len(answered) * SECOND),
        p50_wait_seconds=_quantile(answered, 0.5),
        p90_wait_seconds=_quantile(answered, 0.9),
        mean_wait_all_seconds=_share(sum(visit.wait for visit in came), len(came) * SECOND),
        answered_in_time=_share(in_time, len(answered)),
        handled_in_time=_share(in_time + left_in_time, len(answered) + len(left)),
        offered_in_time=_share(in_time, len(came) - short),
        abandonment=_share(len(left), len(came)),
        occupancy=occupancy,
    )


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


def _grouped(visits: Iterable[Visit], key: Callable[[Visit], K]) -> list[tuple[K, list[Visit]]]:
    groups: dict[K, list[Visit]] = {}
    for visit in visits:
        groups.setdefault(key(visit), []).append(visit)
    return [(name, groups[name]) for name in sorted(groups)]


def _share(part: float, whole: float) -> float | None:
    return part / whole if whole else None


def _quantile(ordered: Sequence[int], level: float) -> float | None:
    """The smallest of them that at least this share does not exceed, in seconds."""
    return ordered[max(0, math.ceil(level * len(ordered)) - 1)] / SECOND if ordered else None
