"""A week's staffing as a page shows it: per day who comes, how many agents that needs, and with two more or fewer."""

from collections.abc import Mapping
from typing import Any

from desk.reports.drawings import PEOPLE
from desk.reports.pictures import Part, banded, both, drawn, steps
from desk.reports.replays import AGENTS
from desk.reports.words import FIGURES
from desk.reports.writing import Writer
from qms.web.pages import N_

FROM, EXPECTED, BAND = N_("From"), N_("Expected"), N_("Band")
LOAD, NEEDED, PLANNED = N_("Load, Erlang"), N_("Needed"), N_("Were there")
COME, AGENTS_NEEDED = N_("Who comes, per quarter of an hour"), N_("Agents needed")
LEARNED = N_("Learned from %(days)s such days: %(people)s people, %(hours)s agent hours.")
LEVELS = N_("The last five columns: the share served within the target with so many agents more or fewer than needed.")
SIMULATED = N_("With %(more)s agents in the simulation: %(figures)s")
TRIED = ("p50_wait_seconds", "p90_wait_seconds", "offered_in_time", "occupancy")
AROUND = (-2, -1, 0, 1, 2)

Found = Mapping[str, Any]


def week_parts(found: Found, write: Writer) -> list[Part]:
    """Day by day."""
    return [_day(day, write) for day in found["week"]]


def _day(day: Found, write: Writer) -> Part:
    from acd.simulation.week import NAMES  # a server starts without it

    quarters = [(at, one) for one in day["intervals"] if (at := _hour(one["at"])) is not None]
    come = [(at, {"p10": one["low"], "p50": one["expected"], "p90": one["high"]}) for at, one in quarters]
    needed = [steps(write, NEEDED, [(at, one["needed"]) for at, one in quarters], 0)]
    planned = [(at, one["planned"]) for at, one in quarters if one["planned"] is not None]
    if planned:
        needed.append(steps(write, PLANNED, planned, 1))
    head = [FROM, EXPECTED, BAND, LOAD, NEEDED, PLANNED]
    return Part(
        title=write.weekday(NAMES.index(day["weekday"]), "wide"),
        said=[_learned(day, write), *_tried(day, write), write.say(LEVELS)],
        plots=[drawn(write, COME, PEOPLE, both(write, EXPECTED, come, 0)), drawn(write, AGENTS_NEEDED, AGENTS, needed)],
        head=[*(write.say(one) for one in head), *(f"{more:+d}" if more else write.say(NEEDED) for more in AROUND)],
        rows=[_row(one, write) for _, one in quarters],
    )


def _hour(clock: str) -> float:
    hours, minutes = clock.split(":")
    return int(hours) + int(minutes) / 60


def _row(one: Found, write: Writer) -> list[str]:
    levels = {choice["agents"] - one["needed"]: choice["service_level"] for choice in one["agents"]}
    said = [one["at"], write.value(one["expected"], "number")]
    said.append(f"{write.value(one['low'], 'number')}–{write.value(one['high'], 'number')}")
    said += [write.value(one[name], "number") for name in ("load_erlangs", "needed", "planned")]
    return [*said, *(write.value(levels.get(more), "share") for more in AROUND)]


def _learned(day: Found, write: Writer) -> str:
    people = sum(one["expected"] for one in day["intervals"])
    numbers = {"days": day["learned_from_days"], "people": round(people), "hours": day["agent_hours"]}
    return write.say(LEARNED) % {name: write.value(value, "number") for name, value in numbers.items()}


def _tried(day: Found, write: Writer) -> list[str]:
    return [
        write.say(SIMULATED)
        % {
            "more": f"{one['more']:+d}" if one["more"] else "±0",
            "figures": "; ".join(f"{write.say(FIGURES[n].name)} {banded(write, n, one.get(n))}" for n in TRIED),
        }
        for one in day["simulated"]
    ]
