"""Statements on the time that appointments take from agents, and on its version per agent."""

import secrets
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from qms.domain.appointment import TimeTaken
from qms.domain.errors import Conflict
from qms.domain.slots import Minutes
from qms.store import bare
from qms.store.columns import instant, micros
from qms.store.schema.booking import claim
from qms.store.schema.busy import busy_time
from qms.store.tx import Tx

_c = claim.c
_MICROSECOND = timedelta(microseconds=1)
_ACTIVE = sa.text("active")  # spelled as the partial indexes have it

# No claim of an agent is longer than his longest: so no index entry is read that lies far behind the window.
_CLAIMS = """SELECT c.agent_id, c.blocked_start / 60000000, (c.blocked_end + 59999999) / 60000000,
CASE WHEN c.group_id = c.appointment_id THEN NULL ELSE c.group_id END, c.expires_at
FROM agent_calendar a JOIN claim c ON c.agent_id = a.agent_id AND c.active
AND c.blocked_end > :start AND c.blocked_end < :end + a.longest AND c.blocked_start < :end
WHERE a.agent_id IN ({marks}) AND (c.expires_at IS NULL OR c.expires_at > :now) AND c.appointment_id <> :without
UNION ALL SELECT b.agent_id, b.starts_at / 60000000, (b.ends_at + 59999999) / 60000000,
CAST(NULL AS VARCHAR), CAST(NULL AS BIGINT) FROM busy_time b
WHERE b.agent_id IN ({marks}) AND b.ends_at > :start AND b.starts_at < :end"""

_TAKEN = bare.plan_of(claim, TimeTaken).names
_TAKE = f"""INSERT INTO claim ({", ".join(_TAKEN)}) VALUES ({", ".join(f":{name}" for name in _TAKEN)})
ON CONFLICT DO NOTHING RETURNING agent_id"""  # noqa: S608 - our own names

_BUMP = """INSERT INTO agent_calendar (agent_id, version, longest) VALUES (:agent, :by, :length)
ON CONFLICT (agent_id) DO UPDATE SET version = agent_calendar.version + :by,
longest = CASE WHEN agent_calendar.longest < :length THEN :length ELSE agent_calendar.longest END
RETURNING version"""

FURTHEST = 2**31
"""A version leaps by this at the most: it takes thousands of millions of changes to an agent to run out of them."""

_LAPSED = """SELECT appointment_id, agent_id FROM claim
WHERE active AND expires_at IS NOT NULL AND expires_at <= :now"""

_VERSIONS = "SELECT agent_id, version FROM agent_calendar WHERE agent_id IN ({marks})"


class Claims(NamedTuple):
    """The claims on some agents in a window, by agent; `until`: when the first of them lapses by itself."""

    by_agent: Mapping[str, Sequence[Minutes]]
    until: datetime | None


class Leap(NamedTuple):
    """The version of an agent's time right before a change, and after it: no other change has the same."""

    before: int
    after: int


def take(tx: Tx, times: Iterable[TimeTaken]) -> Mapping[str, Leap]:
    """Take agents' time, in the order of their ids, so that nobody waits crosswise; each agent's new version.

    Raises:
        Conflict: some of it is taken.
    """
    ordered = sorted(times, key=lambda time: time.agent_id)
    for time in ordered:
        if tx.connection.dialect.name == "sqlite":
            tx.insert(claim, time)
        elif not tx.raw(_TAKE, dict(zip(_TAKEN, bare.row(claim, time), strict=True))):
            raise Conflict("slot", "taken")
    return {time.agent_id: bump(tx, time.agent_id, time.blocked_end - time.blocked_start) for time in ordered}


def times_of(tx: Tx, id: str) -> list[TimeTaken]:
    """The time that an appointment takes, or took, in the order of its agents' ids."""
    return tx.all(TimeTaken, sa.select(claim).where(_c.appointment_id == id).order_by(_c.agent_id))


def retime(tx: Tx, time: TimeTaken, **changes: Any) -> None:
    """Change time that is taken: the row itself moves, so it is never in its own way.

    Raises:
        Conflict: somebody else has it.
    """
    where = (_c.appointment_id == time.appointment_id) & (_c.agent_id == time.agent_id)
    tx.execute(claim.update().where(where).values(changes))
    after = replace(time, **changes)
    bump(tx, time.agent_id, after.blocked_end - after.blocked_start)


def lapse(tx: Tx, agents: Iterable[str]) -> list[str]:
    """Free the time of holds on these agents that have run out; the appointments whose it was."""
    wanted = frozenset(agents)
    if (run_out := tx.kept.get(_LAPSED)) is None:  # the transaction's time stands: there will be no others
        run_out = tx.raw(_LAPSED, {"now": micros(tx.now)})  # they are always few
    lapsed = [row for row in run_out if row[1] in wanted]
    tx.kept[_LAPSED] = [row for row in run_out if row[1] not in wanted]
    for appointment, agent in lapsed:
        where = (_c.appointment_id == appointment) & (_c.agent_id == agent)
        tx.execute(claim.update().where(where).values(active=False))
        bump(tx, agent)
    return sorted({appointment for appointment, _ in lapsed})


def overbooked(tx: Tx, agent: str, start: datetime, end: datetime) -> list[TimeTaken]:
    """What staff has put over other appointments of an agent in [start, end), in the order of starting."""
    where = _ACTIVE & (_c.agent_id == agent) & _c.overbooked & (_c.blocked_end > start) & (_c.blocked_start < end)
    return tx.all(TimeTaken, sa.select(claim).where(where).order_by(_c.blocked_start, _c.appointment_id))


def in_the_way(tx: Tx, time: TimeTaken) -> bool:
    """Whether somebody's time that counts, not overbooked itself, overlaps this one."""
    where = _ACTIVE & (_c.agent_id == time.agent_id) & ~_c.overbooked & (_c.appointment_id != time.appointment_id)
    where &= (_c.blocked_end > time.blocked_start) & (_c.blocked_start < time.blocked_end)
    return tx.execute(sa.select(_c.agent_id).where(where, _c.group_id != time.group_id).limit(1)).first() is not None


def busy_elsewhere(tx: Tx, time: TimeTaken) -> bool:
    """Whether a calendar that the agent keeps elsewhere says that he is busy in this time."""
    where = (busy_time.c.agent_id == time.agent_id) & (busy_time.c.ends_at > time.blocked_start)
    where &= busy_time.c.starts_at < time.blocked_end
    return tx.execute(sa.select(busy_time.c.agent_id).where(where).limit(1)).first() is not None


def claims_on(tx: Tx, agents: Sequence[str], start: datetime, end: datetime, without: str | None = None) -> Claims:
    """What takes the time of some agents in [start, end), calendars that they keep elsewhere included.

    Holds that have run out, and one appointment, are left aside.
    """
    found: dict[str, list[Minutes]] = defaultdict(list)
    until: int | None = None
    window = {"start": micros(start), "end": micros(end), "now": micros(tx.now), "without": without or ""}
    for agent, first, last, group, expires in tx.raw_of(_CLAIMS, agents, window):
        found[agent].append((first, last, group))
        if expires is not None and (until is None or expires < until):
            until = expires
    return Claims(found, None if until is None else instant(until))


def versions(tx: Tx, agents: Sequence[str]) -> Mapping[str, int]:
    """What stands for the time taken from each agent as it is now: it grows with every change, by who knows how much.

    Asked once per transaction, which is to hold the agents' domains or only reads.
    """
    known: Mapping[str, int] = tx.kept.get(versions, {})
    if unknown := set(agents).difference(known):
        found = dict(tx.raw_of(_VERSIONS, sorted(unknown)))
        known = tx.kept[versions] = {**known, **{agent: found.get(agent, 0) for agent in unknown}}
    return {agent: known[agent] for agent in agents}


def bump(tx: Tx, agent: str, length: timedelta = timedelta()) -> Leap:
    """The time taken from an agent has changed, to something of this length: what is kept about it elsewhere is old."""
    by = 1 + secrets.randbelow(FURTHEST)
    ((after,),) = tx.raw(_BUMP, {"agent": agent, "by": by, "length": length // _MICROSECOND})
    tx.kept[versions] = {**tx.kept.get(versions, {}), agent: after}
    tx.tell(f"agent:{agent}")
    return Leap(after - by, after)
