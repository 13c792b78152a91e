"""What agents did: whom they served, how long, and how much of their time on duty that was."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, fields
from datetime import datetime

from qms.domain.tally import SECOND, share
from qms.services.duty import Attendance, attendances
from qms.services.statistics.period import Period
from qms.store import reports
from qms.store.columns import micros
from qms.store.reports import Chosen, Stay
from qms.store.tx import Tx

Stretch = tuple[int, int]


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


@dataclass(slots=True)
class _Work:
    served: int = 0
    declined: int = 0
    missed: int = 0
    services: list[int] = field(default_factory=list)
    stays: list[Stretch] = field(default_factory=list)


def agents(
    tx: Tx, account: str, period: Period, bounds: tuple[datetime, datetime], chosen: Chosen
) -> dict[str, AgentStatistics]:
    """What each agent did who was there, or was offered somebody, by id."""
    now, work = micros(tx.now), defaultdict[str, _Work](_Work)
    for day in period:
        for stay in reports.stays_of(tx, account, day):
            _note(work[stay.agent], stay, chosen, now)
    there = attendances(tx, account, *bounds)
    names = sorted({*work, *there} if chosen == Chosen() else {id for id, one in work.items() if _concerned(one)})
    span = (micros(bounds[0]), min(micros(bounds[1]), now))
    return {id: _said(work[id], there.get(id), span) for id in names}


def _concerned(one: _Work) -> bool:
    return bool(one.served or one.declined or one.missed)


def _note(work: _Work, stay: Stay, chosen: Chosen, now: int) -> None:
    if stay.answered is not None:
        work.stays.append((stay.answered, now if stay.ended is None else stay.ended))
    if chosen.branch not in (None, stay.branch) or chosen.queue not in (None, stay.queue):
        return
    work.declined += stay.state == "declined"
    work.missed += stay.state == "missed"
    if stay.answered is not None:
        work.served += 1
        if stay.ended is not None:
            work.services.append(stay.ended - stay.answered)


def _said(work: _Work, there: Attendance | None, span: Stretch) -> AgentStatistics:
    shifts = there.shifts if there is not None else ()
    duty = joined(((micros(one.start), micros(one.end)) for one in shifts), span)
    serving = joined(work.stays, span)
    both = joined([*serving, *_wrap_ups(work.stays, there.told if there is not None else ())], span)
    busy = overlap(both, duty)
    return AgentStatistics(
        served=work.served,
        declined=work.declined,
        missed=work.missed,
        mean_service_seconds=share(sum(work.services), len(work.services) * SECOND),
        serving_seconds=length(serving) / SECOND,
        wrap_up_seconds=(length(both) - length(serving)) / SECOND,
        on_duty_seconds=length(duty) / SECOND,
        occupancy=share(busy, length(duty)),
    )


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
