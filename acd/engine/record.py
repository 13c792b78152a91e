"""A decision on record: everything that one pass was given, and what it decided, as plain values.

Instants are microseconds since 1970. What is not there has its usual value, so that records stay short.
"""

from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from acd.engine.distribution import assign
from acd.engine.values import Assignment, Available, Waiting

RULES = 1
"""Grows when the same record may come out differently: records of other rules are not to be judged by these."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

Record = Mapping[str, Any]
Pairs = list[list[str | None]]
"""Ticket, session and POC of each assignment, the most urgent first."""


def record(
    waiting: Iterable[Waiting],
    available: Iterable[Available],
    free_pocs: Mapping[str, Sequence[str]],
    now: datetime,
    assignments: Iterable[Assignment],
) -> Record:
    """A pass and its outcome."""
    return {
        "rules": RULES,
        "now": _micros(now),
        "waiting": [_ticket(one) for one in waiting],
        "available": [_session(one) for one in available],
        "pocs": {branch: list(pocs) for branch, pocs in free_pocs.items() if pocs},
        "decided": [[one.ticket, one.session, one.poc] for one in assignments],
    }


def replay(given: Record) -> list[Assignment]:
    """Decide once more what is on record."""
    waiting = [_ticket_of(one) for one in given["waiting"]]
    available = [_session_of(one) for one in given["available"]]
    return assign(waiting, available, given["pocs"], _instant(given["now"]))


def holds(given: Record) -> bool:
    """Whether the same comes out again; true of a record of other rules, about which nothing can be said."""
    if given["rules"] != RULES:
        return True
    return [[one.ticket, one.session, one.poc] for one in replay(given)] == list(given["decided"])


def _ticket(one: Waiting) -> dict[str, Any]:
    """A ticket; what has its usual value is left out."""
    found = {
        "id": one.id,
        "queue": one.queue,
        "branch": one.branch,
        "band": one.band,
        "key": _micros(one.key),
        "seq": one.seq,
        "from": _micros(one.eligible_from),
        "poc": one.needs_poc or None,
        "agent": one.preferred_agent,
        "until": one.preferred_until and _micros(one.preferred_until),
        "rings": [list(ring) for ring in one.level_rings] or None,
        "cool": {agent: _micros(until) for agent, until in one.cooldowns.items()} or None,
        "came": one.arrived_at and _micros(one.arrived_at),
        "pack": one.pack or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _ticket_of(given: Record) -> Waiting:
    until, came = given.get("until"), given.get("came")
    return Waiting(
        id=given["id"],
        queue=given["queue"],
        branch=given.get("branch"),
        band=given["band"],
        key=_instant(given["key"]),
        seq=given["seq"],
        eligible_from=_instant(given["from"]),
        needs_poc=given.get("poc", False),
        preferred_agent=given.get("agent"),
        preferred_until=None if until is None else _instant(until),
        level_rings=tuple((after, level) for after, level in given.get("rings", ())),
        cooldowns={agent: _instant(at) for agent, at in given.get("cool", {}).items()},
        arrived_at=None if came is None else _instant(came),
        pack=given.get("pack", False),
    )


def _session(one: Available) -> dict[str, Any]:
    found = {
        "id": one.session,
        "agent": one.agent,
        "queues": dict(one.queues),
        "idle": _micros(one.idle_since),
        "poc": one.poc,
        "branches": sorted(one.branches) if one.branches is not None else None,
        "lanes": one.free_lanes if one.free_lanes != 1 else None,
        "held": one.held or None,
    }
    return {name: value for name, value in found.items() if value is not None}


def _session_of(given: Record) -> Available:
    branches = given.get("branches")
    return Available(
        session=given["id"],
        agent=given["agent"],
        queues=given["queues"],
        idle_since=_instant(given["idle"]),
        poc=given.get("poc"),
        branches=None if branches is None else frozenset(branches),
        free_lanes=given.get("lanes", 1),
        held=given.get("held", 0),
    )


def _micros(at: datetime) -> int:
    return (at - _EPOCH) // _MICROSECOND


def _instant(micros: int) -> datetime:
    return _EPOCH + timedelta(microseconds=micros)
