"""When agents were there: signed in, and not away."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import msgspec

from qms.domain.session import Session
from qms.store import reports
from qms.store.columns import instant, micros
from qms.store.reports import Told
from qms.store.tx import Tx

_BEFORE = timedelta(days=1)
"""So long before the time a session may have begun, for its time away to be known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PastShift:
    """A stretch in which an agent was signed in and not away, at a branch's POC or nowhere in particular."""

    agent_id: str
    branch_id: str | None
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Attendance:
    """An agent's stretches on duty, in order, and the times (in microseconds) at which something was told of him."""

    shifts: Sequence[PastShift]
    told: Sequence[int]


def attendances(
    tx: Tx, account: str, start: datetime, end: datetime, *, told_for: timedelta = timedelta(0)
) -> dict[str, Attendance]:
    """Who was there in a time, by agent. A stretch that began before it is given whole; one that lasts ends with it.

    `told_for`: what was told so long after it is given too.
    """
    by_agent: dict[str, list[Session]] = defaultdict(list)
    for session in reports.sessions_between(tx, account, start, end):
        by_agent[session.agent_id].append(session)
    found = {}
    for agent, sessions in by_agent.items():
        told = reports.told_of_agent(tx, agent, start - _BEFORE, end + told_for)
        shifts = [shift for one in sessions for shift in _present(one, told, min(one.ended_at or tx.now, end))]
        found[agent] = Attendance(shifts=shifts, told=[one.at for one in told])
    return found


def _present(session: Session, told: Iterable[Told], last: datetime) -> Iterator[PastShift]:
    """A session without the time away; an agent has one session at a time, so what is told meanwhile is of this one."""
    first, end = micros(session.started_at), micros(last)
    since: int | None = first
    for one in told:
        if not first <= one.at <= end:
            continue
        if _away(one):
            if since is not None:
                yield _shift(session, since, one.at)
            since = None
        elif since is None:
            since = one.at
    if since is not None:
        yield _shift(session, since, end)


def _away(one: Told) -> bool:
    if one.data is not None:
        return bool(msgspec.json.decode(one.data).get("state") == "away")
    return one.name == "agent.away"


def _shift(session: Session, start: int, end: int) -> PastShift:
    return PastShift(agent_id=session.agent_id, branch_id=session.branch_id, start=instant(start), end=instant(end))
