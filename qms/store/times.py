"""Statements on the time that appointments take from agents, and on its version per agent."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql

from qms.domain.appointment import TimeTaken
from qms.domain.errors import Conflict
from qms.domain.slots import Claim
from qms.store.columns import instant, micros
from qms.store.schema.booking import claim
from qms.store.tx import Tx, row_of

_c = claim.c
_ACTIVE = sa.text("active")  # spelled as the partial indexes have it

_CLAIMS = """SELECT agent_id, blocked_start, blocked_end,
CASE WHEN group_id = appointment_id THEN NULL ELSE group_id END, expires_at FROM claim
WHERE active AND agent_id IN ({agents}) AND blocked_end > :start AND blocked_start < :end
AND (expires_at IS NULL OR expires_at > :now) AND appointment_id <> :without"""

_VERSIONS = "SELECT agent_id, version FROM agent_calendar WHERE agent_id IN ({agents})"


class Claims(NamedTuple):
    """The claims on some agents in a window, by agent; `until`: when the first of them lapses by itself."""

    by_agent: Mapping[str, Sequence[Claim]]
    until: datetime | None


def take(tx: Tx, times: Iterable[TimeTaken]) -> None:
    """Take agents' time, in the order of their ids, so that nobody waits crosswise.

    Raises:
        Conflict: some of it is taken.
    """
    ordered = sorted(times, key=lambda time: time.agent_id)
    if tx.connection.dialect.name == "sqlite":
        for time in ordered:
            tx.insert(claim, time)
    else:
        for time in ordered:
            insert = postgresql.insert(claim).on_conflict_do_nothing().returning(_c.agent_id)
            if tx.execute(insert, row_of(time)).first() is None:
                raise Conflict("slot", "taken")
    bump(tx, [time.agent_id for time in ordered])


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
    bump(tx, [time.agent_id])


def lapse(tx: Tx, agents: Sequence[str]) -> list[str]:
    """Free the time of holds on these agents that have run out; the appointments whose it was."""
    where = _ACTIVE & _c.agent_id.in_(agents) & (_c.expires_at <= tx.now)
    freed = tx.execute(claim.update().where(where).values(active=False).returning(_c.appointment_id, _c.agent_id)).all()
    bump(tx, [row.agent_id for row in freed])
    return sorted({row.appointment_id for row in freed})


def overbooked(tx: Tx, agent: str, start: datetime, end: datetime) -> list[TimeTaken]:
    """What staff has put over other appointments of an agent in [start, end), in the order of starting."""
    where = _ACTIVE & (_c.agent_id == agent) & _c.overbooked & (_c.blocked_end > start) & (_c.blocked_start < end)
    return tx.all(TimeTaken, sa.select(claim).where(where).order_by(_c.blocked_start, _c.appointment_id))


def in_the_way(tx: Tx, time: TimeTaken) -> bool:
    """Whether somebody's time that counts, not overbooked itself, overlaps this one."""
    where = _ACTIVE & (_c.agent_id == time.agent_id) & ~_c.overbooked & (_c.appointment_id != time.appointment_id)
    where &= (_c.blocked_end > time.blocked_start) & (_c.blocked_start < time.blocked_end)
    return tx.execute(sa.select(_c.agent_id).where(where, _c.group_id != time.group_id).limit(1)).first() is not None


def claims_on(tx: Tx, agents: Sequence[str], start: datetime, end: datetime, without: str | None = None) -> Claims:
    """What takes the time of some agents in [start, end); holds that have run out, and one appointment, left aside."""
    found: dict[str, list[Claim]] = defaultdict(list)
    until: int | None = None
    window = {"start": micros(start), "end": micros(end), "now": micros(tx.now), "without": without or ""}
    for agent, first, last, group, expires in _of_agents(tx, _CLAIMS, agents, window):
        found[agent].append(Claim.of_micros(first, last, group))
        if expires is not None and (until is None or expires < until):
            until = expires
    return Claims(found, None if until is None else instant(until))


def versions(tx: Tx, agents: Sequence[str]) -> Mapping[str, int]:
    """How often the time taken from each agent has changed; an agent without appointments is missing."""
    return {agent: version for agent, version in _of_agents(tx, _VERSIONS, agents, {})}


def bump(tx: Tx, agents: Iterable[str]) -> None:
    """The time taken from these agents has changed: what is kept about it elsewhere is old."""
    for agent in sorted(set(agents)):
        tx.raw(
            "INSERT INTO agent_calendar (agent_id, version) VALUES (:agent, 1)"
            " ON CONFLICT (agent_id) DO UPDATE SET version = agent_calendar.version + 1",
            {"agent": agent},
        )
        tx.tell(f"agent:{agent}")


def _of_agents(tx: Tx, statement: str, agents: Sequence[str], given: Mapping[str, Any]) -> Iterable[tuple[Any, ...]]:
    """The rows of a statement about some agents, as the driver has them: there may be tens of thousands."""
    if not agents:
        return ()
    named = {f"agent_{n}": agent for n, agent in enumerate(agents)}
    spelled = statement.format(agents=", ".join(f":{name}" for name in named))
    return tx.raw(spelled, {**named, **given})
