"""How many agents each quarter of an hour needs, and what two more or fewer would mean.

Erlang A for every quarter, with the load that agents feel: who came a while ago is still being served, so it lags
behind those who come (modified offered load, exponential services):

    m' = λ − m/S        in a quarter of length T, from m₀ on, on average   λS + (m₀ − λS)·(1 − e^{−T/S})·S/T

`needed` is the fewest agents that serve the wanted share of all who come within the target, and lose no more than the
bearable share; `rostered` allows for breaks and absence.

Sources: O. Jennings, A. Mandelbaum, W. Massey, W. Whitt, "Server staffing to meet time-varying demand", Management
Science 42 (1996); N. Gans, G. Koole, A. Mandelbaum, M&SOM 5 (2003), which recommends Erlang A over Erlang C.
"""

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from acd.simulation.day import SECOND, Agent
from acd.simulation.demand import QUARTER, Weekday
from acd.simulation.erlang import Steady, erlang_a

AROUND = 2
_QUARTER_SECONDS = QUARTER / SECOND
_EMPTY = 0.05
"""Erlangs below which nobody need be there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What is wanted of a queue, and what its work is like. `handling_seconds` with wrap-up; patience may be `inf`."""

    handling_seconds: float
    patience_seconds: float
    target_seconds: float
    level: float = 0.8
    most_abandonment: float = 1.0
    shrinkage: float = 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A quarter of an hour. `choices`: agents → what they would make of it, `needed` ± 2.

    `needed_low`, `needed_high`: at the edges of the forecast's band. `planned`: who is on the roster then, and what
    they would make of it.
    """

    at: int
    expected: float
    low: float
    high: float
    load: float
    needed: int
    needed_low: int
    needed_high: int
    rostered: int
    choices: tuple[tuple[int, Steady], ...]
    planned: int | None = None
    planned_level: float | None = None


def staffing(day: Weekday, wanted: Wanted, agents: Sequence[Agent] | None = None) -> list[Interval]:
    """The quarters of a day in which anybody is needed, or on the roster."""
    loads = felt([quarter.mean for quarter in day.quarters], wanted.handling_seconds)
    lows = felt([quarter.low for quarter in day.quarters], wanted.handling_seconds)
    highs = felt([quarter.high for quarter in day.quarters], wanted.handling_seconds)
    found = []
    for at, (quarter, load) in enumerate(zip(day.quarters, loads, strict=True)):
        planned = None if agents is None else on_duty(agents, at)
        needed = needed_for(load, wanted)
        if not needed and not planned:
            continue
        found.append(
            Interval(
                at=at,
                expected=quarter.mean,
                low=quarter.low,
                high=quarter.high,
                load=load,
                needed=needed,
                needed_low=needed_for(lows[at], wanted),
                needed_high=needed_for(highs[at], wanted),
                rostered=math.ceil(needed / (1 - wanted.shrinkage) - 1e-9),
                choices=tuple(_choices(load, needed, wanted)),
                planned=planned,
                planned_level=None if planned is None else (_steady(planned, load, wanted).service_level),
            )
        )
    return found


def felt(arrivals: Sequence[float], handling_seconds: float) -> list[float]:
    """The load of each quarter in erlangs, from how many come in each."""
    fading = math.exp(-_QUARTER_SECONDS / handling_seconds)
    loads, before = [], 0.0
    for people in arrivals:
        steady = people / _QUARTER_SECONDS * handling_seconds
        loads.append(steady + (before - steady) * (1 - fading) * handling_seconds / _QUARTER_SECONDS)
        before = steady + (before - steady) * fading
    return loads


def needed_for(load: float, wanted: Wanted) -> int:
    """The fewest agents that do what is wanted at this load."""
    if load < _EMPTY:
        return 0
    agents = max(1, math.floor(load) - 2 * math.ceil(math.sqrt(load)))
    if math.isinf(wanted.patience_seconds):
        agents = max(agents, math.floor(load) + 1)
    while agents > 1 and _enough(_steady(agents - 1, load, wanted), wanted):
        agents -= 1
    while not _enough(_steady(agents, load, wanted), wanted):
        agents += 1
    return agents


def on_duty(agents: Iterable[Agent], at: int) -> int:
    """How many are there at the middle of a quarter."""
    middle = at * QUARTER + QUARTER // 2
    return sum(any(on <= middle < off for on, off in agent.shifts) for agent in agents)


def roster_of(intervals: Iterable[Interval], queues: Iterable[str], more: int = 0) -> tuple[Agent, ...]:
    """Agents who are there just when they are needed, `more` of them all the time: to try it in the simulation."""
    needed = {one.at: one.needed + more for one in intervals if one.needed}
    found = []
    for number in range(1, max(needed.values(), default=0) + 1):
        there = sorted(at for at, count in needed.items() if count >= number)
        shifts: list[tuple[int, int]] = []
        for at in there:
            start, end = at * QUARTER, (at + 1) * QUARTER
            shifts[-1:] = [(shifts[-1][0], end)] if shifts and shifts[-1][1] == start else [*shifts[-1:], (start, end)]
        found.append(Agent(key=f"agent {number}", queues=dict.fromkeys(queues, 5), shifts=tuple(shifts)))
    return tuple(found)


def _choices(load: float, needed: int, wanted: Wanted) -> Iterable[tuple[int, Steady]]:
    for agents in range(max(1, needed - AROUND), needed + AROUND + 1):
        if not math.isinf(wanted.patience_seconds) or agents > load:
            yield agents, _steady(agents, load, wanted)


def _enough(steady: Steady, wanted: Wanted) -> bool:
    return steady.service_level >= wanted.level and steady.abandonment <= wanted.most_abandonment


def _steady(agents: int, load: float, wanted: Wanted) -> Steady:
    seconds = (wanted.handling_seconds, wanted.patience_seconds, wanted.target_seconds)
    return _known(agents, round(load, 4), seconds)


@lru_cache(maxsize=65536)
def _known(agents: int, load: float, seconds: tuple[float, float, float]) -> Steady:
    handling, patience, target = seconds
    if math.isinf(patience) and load >= agents:
        return Steady(wait_probability=1, mean_wait_seconds=math.inf, abandonment=0, service_level=0, occupancy=1)
    return erlang_a(agents, load / handling, handling, patience, target)
