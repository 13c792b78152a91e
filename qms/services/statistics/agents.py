"""What agents did: whom they served, how long, and how much of their time on duty that was.

It is counted day by day and added up, each day from its rows, or from what is kept of it. A stay belongs to the service
day of its ticket, its time to the day on which it was spent.
"""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, timedelta, tzinfo

from qms.domain.tally import SECOND, share
from qms.services.duty import Attendance, attendances
from qms.services.statistics.period import Period
from qms.services.statistics.work import Work, remembered
from qms.store import past, reports
from qms.store.columns import micros
from qms.store.reports import EVERYTHING, Chosen, Stay
from qms.store.tx import Tx

Stretch = tuple[int, int]
_DAY = timedelta(days=1)
_WRAP_UP = timedelta(hours=1)
"""So long after midnight a wrap-up may end that began before."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AgentStatistics:
    """What is said of an agent. Of a queue alone the first four are; time on duty and occupancy are of all his work."""

    served: int
    declined: int
    missed: int
    mean_service_seconds: float | None
    serving_seconds: float
    wrap_up_seconds: float
    on_duty_seconds: float
    occupancy: float | None

    def as_json(self) -> dict[str, float | int | None]:
        """Plain values by name."""
        values = {one.name: getattr(self, one.name) for one in fields(self)}
        return {name: round(value, 4) if isinstance(value, float) else value for name, value in values.items()}


def agents(tx: Tx, account: str, period: Period, where: tzinfo, chosen: Chosen) -> dict[str, AgentStatistics]:
    """What each agent did who was there, or was offered somebody, by id; days end at midnight there."""
    closed = past.closed(tx, account, period.first, period.last)
    done: dict[str, Work] = defaultdict(Work)
    opened = _OpenDays(tx, account, where)
    for day in period:
        of_day = _kept(tx, account, day) if day in closed else opened.work(day)
        for agent, work in of_day.items():
            done[agent].add(work)
    return {id: _said(done[id], chosen) for id in sorted(done) if chosen == EVERYTHING or _concerned(done[id], chosen)}


def work_of(tx: Tx, account: str, day: date, where: tzinfo) -> Mapping[str, Work]:
    """What each agent did on a day of which the rows are still there."""
    return _OpenDays(tx, account, where).work(day)


def _kept(tx: Tx, account: str, day: date) -> dict[str, Work]:
    return {one.agent: remembered(one.figures) for one in past.figures(tx, account, day, "work")}


def _concerned(work: Work, chosen: Chosen) -> bool:
    stays = work.stays(chosen)
    return bool(stays.served or stays.declined or stays.missed)


def _said(work: Work, chosen: Chosen) -> AgentStatistics:
    stays = work.stays(chosen)
    return AgentStatistics(
        served=stays.served,
        declined=stays.declined,
        missed=stays.missed,
        mean_service_seconds=share(stays.service, stays.services * SECOND),
        serving_seconds=work.serving / SECOND,
        wrap_up_seconds=work.wrap_up / SECOND,
        on_duty_seconds=work.on_duty / SECOND,
        occupancy=share(work.busy, work.on_duty),
    )


class _OpenDays:
    """Days of which the rows are read; those of a day's neighbours too, since work goes on at midnight."""

    def __init__(self, tx: Tx, account: str, where: tzinfo) -> None:
        self._tx, self._account, self._where = tx, account, where
        self._stays: dict[date, Sequence[Stay]] = {}

    def work(self, day: date) -> dict[str, Work]:
        """What each agent did."""
        found: dict[str, Work] = defaultdict(Work)
        served: dict[str, list[Stretch]] = defaultdict(list)
        now = micros(self._tx.now)
        for near in (day - _DAY, day, day + _DAY):
            for stay in self._of(near):
                if near == day:
                    _note(found[stay.agent], stay)
                if stay.answered is not None:
                    served[stay.agent].append((stay.answered, now if stay.ended is None else stay.ended))
        start, end = Period(first=day, last=day).bounds(self._where)
        there = attendances(self._tx, self._account, start, end, told_for=_WRAP_UP)
        span = (micros(start), min(micros(end), now))
        for agent in {*there, *served}:
            _time(found, agent, served[agent], there.get(agent), span)
        return found

    def _of(self, day: date) -> Sequence[Stay]:
        if day not in self._stays:
            self._stays[day] = reports.stays_of(self._tx, self._account, day)
        return self._stays[day]


def _note(work: Work, stay: Stay) -> None:
    line = work.lines[stay.branch or "", stay.queue]
    line.declined += stay.state == "declined"
    line.missed += stay.state == "missed"
    if stay.answered is not None:
        line.served += 1
        if stay.ended is not None:
            line.services += 1
            line.service += stay.ended - stay.answered


def _time(
    found: dict[str, Work], agent: str, stays: Sequence[Stretch], there: Attendance | None, span: Stretch
) -> None:
    """How long an agent served, wrapped up and was on duty; nobody who was not there is mentioned for that."""
    shifts = there.shifts if there is not None else ()
    duty = joined(((micros(one.start), micros(one.end)) for one in shifts), span)
    serving = joined(stays, span)
    both = joined([*stays, *_wrap_ups(stays, there.told if there is not None else ())], span)
    if there is None and not both:
        return
    work = found[agent]
    work.serving, work.wrap_up = length(serving), length(both) - length(serving)
    work.on_duty, work.busy = length(duty), overlap(both, duty)


def _wrap_ups(stays: Iterable[Stretch], told: Sequence[int]) -> Iterable[Stretch]:
    """From the end of each stay until the agent is free, away, or gone: that is told; or until he has the next."""
    ordered = sorted(stays)
    starts = [start for start, _ in ordered]
    for _, end in ordered:
        upto = [some[at] for some in (told, starts) if (at := bisect_left(some, end)) < len(some)]
        if upto:
            yield end, min(upto)


def joined(stretches: Iterable[Stretch], span: Stretch) -> list[Stretch]:
    """The parts of some stretches that lie in a span, in order, those that touch as one."""
    found: list[Stretch] = []
    for start, end in sorted((max(start, span[0]), min(end, span[1])) for start, end in stretches):
        if start >= end:
            continue
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], end))
        else:
            found.append((start, end))
    return found


def overlap(some: Sequence[Stretch], others: Sequence[Stretch]) -> int:
    """How much of some stretches lies in others; both in order, and joined."""
    found = one = other = 0
    while one < len(some) and other < len(others):
        found += max(0, min(some[one][1], others[other][1]) - max(some[one][0], others[other][0]))
        if some[one][1] < others[other][1]:
            one += 1
        else:
            other += 1
    return found


def length(stretches: Iterable[Stretch]) -> int:
    """Of all of them."""
    return sum(end - start for start, end in stretches)
