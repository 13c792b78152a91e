"""A week's staffing: for each day the forecast, what Erlang A says of it, and what the simulation makes of that."""

import csv
import io
import json
import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from acd.simulation.day import SECOND, Agent, Policy
from acd.simulation.demand import QUARTER, Weekday, counted, week
from acd.simulation.durations import Exponential
from acd.simulation.gaps import UNKNOWN_HANDLING, Habits, Rates, habits
from acd.simulation.plan import Plan
from acd.simulation.rollouts import WHOLE, Bands, rollouts
from acd.simulation.staffing import Interval, Wanted, roster_of, staffing
from acd.simulation.traffic import Recorded

NAMES = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
TRIED = (-1, 0, 1)
"""How many more agents than needed the simulation tries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Staffed:
    """One day of the week. `tried`: how many more agents → what the simulation makes of it."""

    day: Weekday
    wanted: Wanted
    intervals: Sequence[Interval]
    tried: Mapping[int, Bands]

    @property
    def name(self) -> str:
        """Of the day."""
        return NAMES[self.day.weekday]

    @property
    def agent_hours(self) -> float:
        """What is needed, summed over the day."""
        return sum(one.needed for one in self.intervals) * QUARTER / (3600 * SECOND)


def staffed_week(
    past: Mapping[date, Sequence[Recorded]],
    rosters: Mapping[date, Sequence[Agent]],
    asked: Wanted,
    *,
    weekdays: Iterable[int] = range(7),
    wrap_up_seconds: float = 0,
    count: int = 20,
    seed: int = 1,
    told: Callable[[], object] = lambda: None,
) -> list[Staffed]:
    """The days of a week, from past days. Where nobody knows better, handling and patience are learned from them."""
    usual = habits(one for some in past.values() for one in some)
    wanted = _learned(past, asked, wrap_up_seconds)
    found = []
    forecast = week({day: counted(one.at for one in some) for day, some in past.items()})
    for weekday in weekdays:
        if weekday not in forecast:
            continue
        latest = [rosters[day] for day in sorted(rosters) if day.weekday() == weekday]
        day = forecast[weekday]
        intervals = staffing(day, wanted, latest[-1] if latest else None)
        plan = _plan(day, wanted, usual, wrap_up_seconds)
        tried = {}
        for more in TRIED if count else ():
            agents = roster_of(intervals, ["all"], more)
            tried[more] = rollouts(replace(plan, agents=agents), count, f"{seed}/{weekday}", told).bands[WHOLE]
        found.append(Staffed(day=day, wanted=wanted, intervals=intervals, tried=tried))
    return found


def _learned(past: Mapping[date, Sequence[Recorded]], asked: Wanted, wrap_up_seconds: float) -> Wanted:
    """What is not given (nought) is what was usual."""
    some = [one for visits in past.values() for one in visits]
    handling = asked.handling_seconds
    if not handling:
        known = [one.handling / SECOND for one in some if one.handling is not None]
        handling = math.fsum(known) / len(known) if known else UNKNOWN_HANDLING.seconds
    patience = asked.patience_seconds
    if not patience:
        left = sum(not one.served for one in some)
        patience = sum(one.wait or 0 for one in some) / SECOND / left if left else math.inf
    return replace(asked, handling_seconds=handling + wrap_up_seconds, patience_seconds=max(patience, 1.0))


def _plan(day: Weekday, wanted: Wanted, usual: Habits, wrap_up_seconds: float) -> Plan:
    """The forecast day as the simulation sees it: one queue, with handling as it was observed."""
    quarters = [(at * QUARTER, (at + 1) * QUARTER, one.mean) for at, one in enumerate(day.quarters) if one.mean]
    handling = Exponential(max(1.0, wanted.handling_seconds - wrap_up_seconds))
    patience = None if math.isinf(wanted.patience_seconds) else Exponential(wanted.patience_seconds)
    observed = next(iter(usual.handling.values())) if len(usual.handling) == 1 else handling
    return Plan(
        name=NAMES[day.weekday],
        agents=(),
        policies={"all": Policy(target_seconds=wanted.target_seconds, wrap_up_seconds=wrap_up_seconds)},
        habits=Habits(handling={"all": observed}, patience={"all": patience}),
        rates=(Rates(queue="all", stretches=tuple(quarters)),),
    )


def clock(at: int) -> str:
    """A quarter's beginning on the wall."""
    return f"{at // 4:02}:{at % 4 * 15:02}"


def week_json(days: Sequence[Staffed]) -> str:
    """Everything, for programs."""
    return json.dumps([_day_json(day) for day in days], indent=2) + "\n"


def _day_json(staffed: Staffed) -> dict[str, Any]:
    wanted = staffed.wanted
    return {
        "weekday": staffed.name,
        "learned_from_days": staffed.day.days,
        "handling_seconds": round(wanted.handling_seconds, 1),
        "patience_seconds": None if math.isinf(wanted.patience_seconds) else round(wanted.patience_seconds, 1),
        "agent_hours": staffed.agent_hours,
        "intervals": [_interval_json(one) for one in staffed.intervals],
        "simulated": [
            {"more": more, **{name: band.as_json() for name, band in bands.items()}}
            for more, bands in staffed.tried.items()
        ],
    }


def _interval_json(one: Interval) -> dict[str, Any]:
    return {
        "at": clock(one.at),
        "expected": round(one.expected, 2),
        "low": round(one.low, 2),
        "high": round(one.high, 2),
        "load_erlangs": round(one.load, 3),
        "needed": one.needed,
        "needed_low": one.needed_low,
        "needed_high": one.needed_high,
        "rostered": one.rostered,
        "planned": one.planned,
        "planned_service_level": None if one.planned_level is None else round(one.planned_level, 4),
        "agents": [
            {
                "agents": agents,
                "service_level": round(steady.service_level, 4),
                "mean_wait_seconds": round(steady.mean_wait_seconds, 1),
                "abandonment": round(steady.abandonment, 4),
                "occupancy": round(steady.occupancy, 4),
            }
            for agents, steady in one.choices
        ],
    }


HEADER = (
    *("weekday", "at", "expected", "low", "high", "load_erlangs", "needed", "needed_low", "needed_high"),
    *("rostered", "planned", "agents", "service_level", "mean_wait_seconds", "abandonment", "occupancy"),
)


def week_csv(days: Sequence[Staffed]) -> str:
    """A row per quarter and number of agents."""
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(HEADER)
    for staffed in days:
        for one in staffed.intervals:
            said = _interval_json(one)
            for choice in said["agents"] or [{}]:
                values = {"weekday": staffed.name, **said, **{"agents": ""}, **choice}
                rows.writerow(["" if values.get(name) is None else values.get(name, "") for name in HEADER])
    return text.getvalue()
