"""Figures of a run: waits, service levels, who left, how busy the agents were; in all, per queue and per hour."""

from collections.abc import Iterable

from acd.simulation.day import HOUR, SECOND, Day
from acd.simulation.outcome import Outcome, Visit
from qms.domain.tally import Figures, Tally, share, total


def figures(outcome: Outcome) -> Figures:
    """Of the whole run."""
    return total(tallies(outcome).values()).figures(occupancy(outcome))


def by_queue_and_hour(outcome: Outcome) -> dict[tuple[str, int], Figures]:
    """Per queue and hour of the day in which they came, in order; hours after midnight go on counting: 24, 25, …"""
    return {key: tally.figures() for key, tally in sorted(tallies(outcome).items())}


def all_figures(outcome: Outcome) -> dict[tuple[str | None, int | None], Figures]:
    """Per queue and hour, per queue, per hour, and of the whole run; None is every queue, or all day."""
    cells = dict(sorted(tallies(outcome).items()))
    busy = occupancy_by_hour(outcome)
    found: dict[tuple[str | None, int | None], Figures] = {
        (None, None): total(cells.values()).figures(occupancy(outcome))
    }
    for hour in sorted({hour for _, hour in cells}):
        found[None, hour] = total(cells[key] for key in cells if key[1] == hour).figures(busy.get(hour))
    for queue in dict.fromkeys(queue for queue, _ in cells):
        found[queue, None] = total(cells[key] for key in cells if key[0] == queue).figures()
    return found | {key: tally.figures() for key, tally in cells.items()}


def tallies(outcome: Outcome) -> dict[tuple[str, int], Tally]:
    """What is counted per queue and hour of arrival."""
    found: dict[tuple[str, int], Tally] = {}
    limits = _Limits(outcome.day)
    for visit in outcome.visits:
        queue, hour = visit.visitor.queue, visit.visitor.at // HOUR
        tally = found.get((queue, hour))
        if tally is None:
            tally = found[queue, hour] = Tally()
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


def occupancy(outcome: Outcome) -> float | None:
    """(serving + wrap-up) / time on duty, over the whole run."""
    on_duty = sum(duty.end - duty.start for duty in outcome.duty)
    return share(sum(work.end - work.start for work in outcome.work), on_duty)


def occupancy_by_hour(outcome: Outcome) -> dict[int, float | None]:
    """The same, hour by hour."""
    busy = _per_hour((work.start, work.end) for work in outcome.work)
    on_duty = _per_hour((duty.start, duty.end) for duty in outcome.duty)
    return {hour: share(busy.get(hour, 0), on_duty[hour]) for hour in sorted(on_duty)}


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
