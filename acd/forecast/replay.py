"""A replay of recorded traffic in time order: at each arrival a forecast, at each answer a lesson. Nothing looks ahead.

Agents' pauses are not in a recording, so that nobody is known for certain to be free: how many seem to be is a feature.
"""

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from acd.forecast.handling import LONGEST_SECONDS, PRIOR_SECONDS, PRIOR_WEIGHT
from acd.forecast.line import Line, Recent, queue_length_seconds
from acd.forecast.model import Forecast, Model
from acd.forecast.record import Call, Shift, by_day

QUARTER = 900
MEMORY = 500
"""The mean of serving is over about so many, as in a running installation."""

_LEFT, _ANSWERED_OR_GONE, _ARRIVED, _ANSWERED_AT_ONCE = 1, 2, 3, 4
"""What happens in one second, in that order."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """One person: what each estimator said when he came, in seconds, and what became of him."""

    call: Call
    ahead: int
    forecast: Forecast
    said: Mapping[str, float]


@dataclass(slots=True)
class _Queue:
    """What is kept of one queue over all days."""

    model: Model = field(default_factory=Model)
    served: float = PRIOR_WEIGHT
    serving: float = PRIOR_SECONDS * PRIOR_WEIGHT
    gone: float = 0.0
    waited: float = 7200.0
    average: float = 0.0
    waits: dict[int, int] = field(default_factory=dict)

    @property
    def handling(self) -> float:
        return self.serving / self.served

    @property
    def leaving(self) -> float:
        return self.gone / self.waited

    def handled(self, seconds: float) -> None:
        keep = min(1.0, (MEMORY - 1) / self.served)
        self.served = self.served * keep + 1
        self.serving = self.serving * keep + min(seconds, LONGEST_SECONDS)

    def over(self, call: Call) -> None:
        if self.waited > 2e5:
            self.gone, self.waited = self.gone / 2, self.waited / 2
        self.waited += call.wait
        self.gone += not call.served
        if call.served:
            self.average += (call.wait - self.average) / 4


def replay(calls: Iterable[Call], shifts: Iterable[Shift], *, everybody: bool = False) -> Iterator[Judged]:
    """Each person, in the order of arrival within his day, once his day is over.

    Lessons are drawn from those who had to wait, as in a running installation, which knows when an agent is free and
    then forecasts nothing; or from `everybody`.
    """
    rota: dict[date, list[Shift]] = defaultdict(list)
    for shift in shifts:
        rota[shift.day].append(shift)
    queues: dict[str, _Queue] = defaultdict(_Queue)
    for day, today in by_day(calls).items():
        yield from _Day(today, rota[day], queues, everybody).run()


class _Day:
    """One day as it passes."""

    def __init__(
        self, calls: Sequence[Call], shifts: Sequence[Shift], queues: dict[str, _Queue], everybody: bool
    ) -> None:
        self._everybody = everybody
        self._calls = calls
        self._shifts = shifts
        self._queues = queues
        self._skills: dict[str, frozenset[str]] = defaultdict(frozenset)
        for shift in shifts:
            self._skills[shift.agent] |= shift.queues
        self._waiting: dict[int, Call] = {}
        self._busy: dict[str, int] = {}
        self._answered: dict[str, deque[tuple[int, Call]]] = defaultdict(lambda: deque(maxlen=200))
        self._judged: dict[int, Judged] = {}

    def run(self) -> Iterator[Judged]:
        for now, what, i in self._events():
            call = self._calls[i]
            if what == _LEFT:
                self._left(i, call)
            elif what == _ARRIVED:
                self._judged[i] = self._judge(now, call)
                self._waiting[i] = call
            else:
                self._ends_waiting(now, i, call)
        yield from (self._judged[i] for i in sorted(self._judged))

    def _events(self) -> list[tuple[int, int, int]]:
        events = []
        for i, call in enumerate(self._calls):
            answered = call.arrived + call.wait
            events.append((call.arrived, _ARRIVED, i))
            events.append((answered, _ANSWERED_OR_GONE if call.wait else _ANSWERED_AT_ONCE, i))
            if call.service is not None:
                events.append((answered + call.service, _LEFT, i))
        return sorted(events)

    def _left(self, i: int, call: Call) -> None:
        if self._busy.get(_who(i, call)) == i:
            del self._busy[_who(i, call)]
        self._queues[call.queue].handled(call.service or 0)

    def _ends_waiting(self, now: int, i: int, call: Call) -> None:
        del self._waiting[i]
        kept = self._queues[call.queue]
        kept.over(call)
        if call.served:
            if call.wait or self._everybody:
                kept.model.learn(self._judged[i].forecast, call.wait)
            self._busy[_who(i, call)] = i
            self._answered[call.queue].append((now, call))

    def _judge(self, now: int, call: Call) -> Judged:
        kept = self._queues[call.queue]
        line, mine = self._line(now, call), [one for one in self._waiting.values() if one.queue == call.queue]
        servers, handling = max(line.servers, 1), kept.handling
        in_service = sum(call.queue in self._skills.get(agent, (call.queue,)) for agent in self._busy)
        said = {
            "length": (len(mine) + 1) * handling / servers,
            "length, in service": (len(mine) + 1) * handling / max(in_service, 1),
            "ahead": (line.ahead + 1) * handling / servers,
            "abandonment": queue_length_seconds(line.ahead, servers, handling, kept.leaving),
            "average": kept.average,
            "mean of five": line.recent.mean_wait_seconds,
            "last": line.recent.last_wait_seconds,
            "head": line.head_seconds,
        }
        return Judged(call=call, ahead=line.ahead, forecast=kept.model.forecast(line), said=said)

    def _line(self, now: int, call: Call) -> Line:
        key = call.arrived - call.credit
        on_duty = {s.agent for s in self._shifts if s.on <= now < s.off and call.queue in s.queues}
        shared = {queue for agent in on_duty for queue in self._skills[agent]}
        mine = [one for one in self._waiting.values() if one.queue == call.queue]
        free = len(on_duty - self._busy.keys())
        if not on_duty:  # no shifts were recorded: who has somebody, serves
            on_duty = {agent for agent, i in self._busy.items() if self._calls[i].queue == call.queue}
        return Line(
            ahead=sum(one.arrived - one.credit <= key for one in mine),
            length=len(mine),
            others=sum(one.queue != call.queue and one.queue in shared for one in self._waiting.values()),
            servers=max(len(on_duty), 1),
            free=free,
            head_seconds=now - min((one.arrived for one in mine), default=now),
            credited=call.credit > 0,
            recent=self._recent(now, call.queue),
        )

    def _recent(self, now: int, queue: str) -> Recent:
        kept, answered = self._queues[queue], self._answered[queue]
        last = [call.wait for _, call in answered][-5:]
        quarter = [call.credit > 0 for at, call in answered if at > now - QUARTER]
        return Recent(
            handling_seconds=kept.handling,
            leaving_per_second=kept.leaving,
            last_wait_seconds=last[-1] if last else 0.0,
            mean_wait_seconds=sum(last) / len(last) if last else 0.0,
            answered_per_hour=len(quarter) * 3600 / QUARTER,
            credited_per_hour=sum(quarter) * 3600 / QUARTER,
        )


def _who(i: int, call: Call) -> str:
    """The agent of a call; where none was recorded, one of its own."""
    return call.agent or f"of call {i}"
