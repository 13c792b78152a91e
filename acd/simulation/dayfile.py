"""The day file: a day to be simulated, as TOML. What it may say is told in docs/reference/simulation.md."""

import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import IO, Any

from acd.simulation.change import ruled, span
from acd.simulation.day import HOUR, Agent, Policy
from acd.simulation.durations import Durations, durations
from acd.simulation.gaps import UNKNOWN_HANDLING, Habits, Rates, habits
from acd.simulation.plan import Plan
from acd.simulation.traffic import Recorded, joined, read_roster, read_visits

QUARTER = HOUR // 4
_TABLES = {"name", "day", "opens", "closes", "visits", "roster", "queues", "agents", "booths", "appointments"}
_OF_QUEUE = {"handling", "patience", "arrivals", "branches", "class"}

Opener = Callable[[str], IO[str]]


def read_day(text: str, opened: Opener) -> Plan:
    """The plan that a day file says; `opened` opens the files that it names.

    Raises:
        ValueError: something in it is not as documented; the text says what and where.
    """
    try:
        said = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ValueError(str(error)) from None
    _known(said, _TABLES, "the day file")
    queues: Mapping[str, Mapping[str, Any]] = _table(said, "queues")
    policies = {name: policy_of(name, rules) for name, rules in queues.items()}
    recorded: Mapping[str, Sequence[Recorded]] = {}
    rosters: Mapping[str, tuple[Agent, ...]] = {}
    if "visits" in said:
        with opened(str(said["visits"])) as file:
            recorded = read_visits(file)
    if "roster" in said:
        with opened(str(said["roster"])) as file:
            rosters = read_roster(file)
    day = chosen_day(recorded, str(said["day"]) if "day" in said else None) if recorded else str(said.get("day", ""))
    usual = habits(one for some in recorded.values() for one in some)
    return Plan(
        name=str(said.get("name", day)),
        agents=(*rosters.get(day, ()), *_agents(said.get("agents", ()), list(queues))),
        policies=policies,
        habits=_habits(queues, usual),
        recorded=tuple(recorded.get(day, ())),
        rates=tuple(rate for name, rules in queues.items() for rate in _rates(name, rules)),
        booths={branch: _booths(branch, count) for branch, count in _table(said, "booths").items()},
        opens=_clock(said["opens"]) if "opens" in said else 0,
        closes=_clock(said["closes"]) if "closes" in said else None,
        appointment_share=float(said.get("appointments", 0)),
    )


def chosen_day(days: Mapping[str, object], day: str | None) -> str:
    """The day asked for, or the first one.

    Raises:
        ValueError: there is no such day.
    """
    if day is not None and day not in days:
        raise ValueError(f"there is no day {day!r}: {', '.join(list(days)[:5])}, …")
    if not days:
        raise ValueError("there are no visitors")
    return day if day is not None else next(iter(days))


def policy_of(queue: str, rules: Mapping[str, Any]) -> Policy:
    """The policy that a queue's table says."""
    policy = Policy()
    for rule, value in rules.items():
        if rule not in _OF_QUEUE:
            try:
                policy = ruled(policy, rule, value)
            except ValueError as error:
                raise ValueError(f"queues.{queue}: {error}") from None
    return policy


def _habits(queues: Mapping[str, Mapping[str, Any]], usual: Habits) -> Habits:
    handling: dict[str, Durations] = dict(usual.handling)
    patience = dict(usual.patience)
    for name, rules in queues.items():
        try:
            if "handling" in rules:
                handling[name] = durations(rules["handling"]) or UNKNOWN_HANDLING
            if "patience" in rules:
                patience[name] = durations(rules["patience"])
        except ValueError as error:
            raise ValueError(f"queues.{name}: {error}") from None
    return replace(usual, handling=handling, patience=patience)


def _rates(queue: str, rules: Mapping[str, Any]) -> list[Rates]:
    """People per quarter of an hour, in each branch."""
    arrivals: Mapping[str, float] = _table(rules, "arrivals")
    stretches = []
    for hours, people in arrivals.items():
        start, end = span(hours)
        stretches.append((start, end, float(people) * (end - start) / QUARTER))
    branches = rules.get("branches") or [None]
    kind = str(rules.get("class", ""))
    return [Rates(queue=queue, branch=b, kind=kind, stretches=tuple(stretches)) for b in branches if stretches]


def _agents(said: Sequence[Mapping[str, Any]], queues: Sequence[str]) -> list[Agent]:
    found = []
    for at, one in enumerate(said, start=1):
        _known(one, {"key", "queues", "shifts", "count", "branches", "capacity"}, f"agents, number {at}")
        levels = one.get("queues", queues)
        served = dict(levels) if isinstance(levels, Mapping) else dict.fromkeys(levels, 5)
        if not set(served) <= set(queues):
            raise ValueError(f"agents, number {at}: no queue {sorted(set(served) - set(queues))[0]!r}")
        shifts = joined(span(hours) for hours in one.get("shifts", ["00:00-24:00"]))
        count, key = int(one.get("count", 1)), str(one.get("key", f"agent {at}"))
        for number in range(1, count + 1):
            found.append(
                Agent(
                    key=key if count == 1 else f"{key} {number}",
                    queues=served,
                    shifts=shifts,
                    branches=frozenset(one["branches"]) if "branches" in one else None,
                    capacity=int(one["capacity"]) if "capacity" in one else None,
                )
            )
    return found


def _booths(branch: str, count: object) -> tuple[str, ...]:
    if not isinstance(count, int) or count < 0:
        raise ValueError(f"booths.{branch}: expected how many there are")
    return tuple(f"{branch}/{number}" for number in range(1, count + 1))


def _clock(text: object) -> int:
    return span(f"00:00-{text}")[1] if str(text) not in ("00:00", "0:00") else 0


def _table(said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    found = said.get(name, {})
    if not isinstance(found, Mapping):
        raise ValueError(f"{name}: expected a table")
    return found


def _known(said: Mapping[str, Any], names: set[str], where: str) -> None:
    for name in said:
        if name not in names:
            raise ValueError(f"{where}: {name!r} is not one of {', '.join(sorted(names))}")
