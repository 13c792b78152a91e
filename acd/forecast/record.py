"""Recorded traffic: who came when, how long he waited, how long serving took; who was on duty."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Call:
    """One person; instants are whole seconds of his day. `service` is None for somebody who gave up."""

    day: date
    arrived: int
    queue: str
    credit: int
    wait: int
    service: int | None
    agent: str

    @property
    def served(self) -> bool:
        """Somebody answered him."""
        return self.service is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Shift:
    """One agent on duty for some queues, from one second of a day until another."""

    day: date
    agent: str
    on: int
    off: int
    queues: frozenset[str]


CREDIT_SECONDS = 90
"""What a class other than the first is taken to be credited: recordings do not say."""


def call_of(row: Mapping[str, str]) -> Call:
    """A row of `*.calls.csv`.

    Raises:
        ValueError, KeyError: a column is missing, or is no number.
    """
    served = row["outcome"] in ("served", "")
    return Call(
        day=day_of(row["day"]),
        arrived=int(row["arrive_s"]),
        queue=row["queue"],
        credit=0 if row.get("prio", "") in ("", "0", "1") else CREDIT_SECONDS,
        wait=int(row["wait_s"]),
        service=max(int(row["service_s"] or 1), 1) if served else None,
        agent=row.get("agent", ""),
    )


def shift_of(row: Mapping[str, str]) -> Shift:
    """A row of `*.agents.csv`.

    Raises:
        ValueError, KeyError: a column is missing, or is no number.
    """
    return Shift(
        day=day_of(row["day"]),
        agent=row["agent"],
        on=int(row["on_s"]),
        off=int(row["off_s"]),
        queues=frozenset(skill.partition("=")[0] for skill in row["queues"].split("|")),
    )


def day_of(text: str) -> date:
    """A date as recordings spell it: 19990131 or 1999-01-31.

    Raises:
        ValueError: it is none.
    """
    return date.fromisoformat(text)


def by_day(calls: Iterable[Call]) -> Mapping[date, list[Call]]:
    """Each day's calls, the days in order."""
    found: dict[date, list[Call]] = {}
    for call in calls:
        found.setdefault(call.day, []).append(call)
    return dict(sorted(found.items()))
