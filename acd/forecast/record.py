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
"""What a class above the first is credited in the recording (the bank's rule for its VIPs)."""


def call_of(row: Mapping[str, str]) -> Call:
    """A row of `*.calls.csv`.

    Raises:
        ValueError, KeyError: a column is missing, or is no number.
    """
    served = row["outcome"] == "served"
    return Call(
        day=day_of(row["day"]),
        arrived=int(row["arrive_s"]),
        queue=row["queue"],
        credit=CREDIT_SECONDS if int(row["prio"] or 1) > 1 else 0,
        wait=int(row["wait_s"]),
        service=max(int(row["service_s"] or 1), 1) if served else None,
        agent=row["agent"],
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
        queues=frozenset(row["queues"].split("|")),
    )


def day_of(text: str) -> date:
    """A date as the recording spells it: 19990131."""
    return date(int(text[:4]), int(text[4:6]), int(text[6:8]))


def by_day(calls: Iterable[Call]) -> Mapping[date, list[Call]]:
    """Each day's calls, the days in order."""
    found: dict[date, list[Call]] = {}
    for call in calls:
        found.setdefault(call.day, []).append(call)
    return dict(sorted(found.items()))
