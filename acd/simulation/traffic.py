"""Traffic and rosters as CSV files: what is known of each visitor, and when each agent was on duty.

The columns are told in docs/reference/simulation.md. What a day does not tell, `acd.simulation.gaps` fills in.
"""

import csv
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import IO

from acd.simulation.day import HOUR, Agent, seconds

VISITS = ("day", "arrive_s", "queue", "prio", "service_s", "patience_s", "wait_s", "outcome", "agent")
LONGEST = 31 * 24 * HOUR
"""A day has no longer times than that: what is longer is a mistake, such as milliseconds."""
ROSTER = ("day", "agent", "on_s", "off_s", "queues")


@dataclass(frozen=True, slots=True, kw_only=True)
class Recorded:
    """One visitor of a recorded day, in microseconds; None: the record does not say.

    `patience` None with a `wait`: patient for at least that long. `kind` is the class; `slot` an appointment's start,
    `prefers` the agent whom he has come for.
    """

    day: str
    at: int
    queue: str
    kind: str = ""
    handling: int | None = None
    patience: int | None = None
    wait: int | None = None
    served: bool = True
    agent: str = ""
    branch: str | None = None
    slot: int | None = None
    prefers: str = ""


class Malformed(ValueError):
    """A row of a file is not what it should be."""

    def __init__(self, line: int, column: str, expected: str) -> None:
        super().__init__(f"line {line}, column {column}: expected {expected}")


def read_visits(file: IO[str]) -> dict[str, list[Recorded]]:
    """The visitors of each day, in order of arrival.

    Raises:
        Malformed: a row, or the header, is not as documented.
    """
    days: dict[str, list[Recorded]] = {}
    for line, row in _rows(file, ("day", "arrive_s", "queue")):
        outcome = row.get("outcome") or "served"
        if outcome not in ("served", "abandoned"):
            raise Malformed(line, "outcome", "served or abandoned")
        one = Recorded(
            day=row["day"],
            at=_required(row, "arrive_s", line),
            queue=_name(row, "queue", line),
            kind=row.get("prio") or "",
            handling=_time(row, "service_s", line),
            patience=_time(row, "patience_s", line),
            wait=_time(row, "wait_s", line),
            served=outcome == "served",
            agent=row.get("agent") or "",
            branch=row.get("branch") or None,
            slot=_time(row, "slot_s", line),
            prefers=row.get("prefers") or "",
        )
        days.setdefault(one.day, []).append(one)
    return {day: sorted(days[day], key=lambda one: one.at) for day in sorted(days)}


def read_roster(file: IO[str]) -> dict[str, tuple[Agent, ...]]:
    """The agents of each day, by key; shifts that touch or overlap become one.

    Raises:
        Malformed: a row, or the header, is not as documented.
    """
    shifts: dict[tuple[str, str], list[tuple[int, int]]] = {}
    levels: dict[tuple[str, str], dict[str, int]] = {}
    where: dict[tuple[str, str], set[str]] = {}
    for line, row in _rows(file, ROSTER):
        who = (row["day"], _name(row, "agent", line))
        on, off = _required(row, "on_s", line), _required(row, "off_s", line)
        if off < on:
            raise Malformed(line, "off_s", "a time not before on_s")
        shifts.setdefault(who, []).append((on, off))
        levels.setdefault(who, {}).update(_levels(row["queues"], line))
        where.setdefault(who, set()).update(filter(None, (row.get("branches") or "").split("|")))
    days: dict[str, tuple[Agent, ...]] = {}
    for day, key in sorted(shifts):
        who = (day, key)
        branches = frozenset(where[who]) or None
        agent = Agent(key=key, queues=levels[who], shifts=joined(shifts[who]), branches=branches)
        days[day] = (*days.get(day, ()), agent)
    return days


def joined(shifts: Iterable[tuple[int, int]]) -> tuple[tuple[int, int], ...]:
    """The same time in as few shifts as can be, in order."""
    found: list[tuple[int, int]] = []
    for on, off in sorted(shifts):
        if found and on <= found[-1][1]:
            found[-1] = (found[-1][0], max(off, found[-1][1]))
        elif on < off:
            found.append((on, off))
    return tuple(found)


def _levels(text: str, line: int) -> dict[str, int]:
    found = {}
    for part in filter(None, (text or "").split("|")):
        queue, _, level = part.partition("=")
        if level and not (level.isdigit() and 1 <= int(level) <= 10):
            raise Malformed(line, "queues", "levels from 1 to 10, as in REG=8|NE")
        found[queue] = int(level or 1)
    if not found:
        raise Malformed(line, "queues", "queues separated by |")
    return found


def _rows(file: IO[str], needed: Iterable[str]) -> Iterator[tuple[int, Mapping[str, str]]]:
    reader = csv.DictReader(file)
    missing = [name for name in needed if name not in (reader.fieldnames or ())]
    if missing:
        raise Malformed(1, missing[0], "a header with this column")
    for row in reader:
        yield reader.line_num, row


def _name(row: Mapping[str, str], column: str, line: int) -> str:
    if not row[column]:
        raise Malformed(line, column, "a name")
    return row[column]


def _required(row: Mapping[str, str], column: str, line: int) -> int:
    found = _time(row, column, line)
    if found is None:
        raise Malformed(line, column, "seconds of the day")
    return found


def _time(row: Mapping[str, str], column: str, line: int) -> int | None:
    text = row.get(column)
    if not text:
        return None
    try:
        value = seconds(float(text))
    except (ValueError, OverflowError):
        raise Malformed(line, column, "a number of seconds") from None
    if value < 0:
        raise Malformed(line, column, "a number of seconds that is not negative")
    if value > LONGEST:
        raise Malformed(line, column, "at most a month, in seconds")
    return value
