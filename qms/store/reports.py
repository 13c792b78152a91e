"""Statements of the reports. Each is answered from an index, whatever the number of tickets that are over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, NamedTuple

import sqlalchemy as sa

from qms.domain.session import Session
from qms.store.columns import micros
from qms.store.schema.forecast import quote as quotes
from qms.store.schema.network import routing_domain as domains
from qms.store.schema.reporting import MOVED
from qms.store.schema.work import offer as offers
from qms.store.schema.work import session as sessions
from qms.store.tx import Tx

LONGEST_SESSION = timedelta(days=8)
"""A session that is over has lasted no longer than that."""


AT_ONCE = 400
"""So many tickets go into one statement."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Chosen:
    """What a report is about, by id; None: all."""

    branch: str | None = None
    queue: str | None = None


EVERYTHING = Chosen()


class Row(NamedTuple):
    """A ticket; times in microseconds."""

    id: str
    branch: str | None
    queue: str
    came: int
    seq: int
    assigned: int | None
    serving: int | None
    ended: int | None
    state: str


class Stay(NamedTuple):
    """A ticket that was offered to an agent, and what came of it; times in microseconds."""

    agent: str
    branch: str | None
    queue: str
    state: str
    answered: int | None
    ended: int | None


class OutcomeCount(NamedTuple):
    """How many visits to a queue at a branch had an outcome; None: nothing was noted."""

    branch: str | None
    queue: str
    outcome: str | None
    visits: int


class Told(NamedTuple):
    """Something that happened to an agent; `data` is JSON, where it says more than the name."""

    agent: str
    name: str
    at: int
    data: str | None


_TICKETS = """SELECT id, branch_id, queue_id, enqueued_at, seq, assigned_at, serving_since, ended_at, state
FROM ticket WHERE account_id = :account AND service_day = :day"""

_MOVES = f"""SELECT j.entity, j.name, COUNT(*) FROM ticket t JOIN journal j ON j.entity = t.id AND j.{MOVED}
WHERE t.account_id = :account AND t.service_day = :day GROUP BY j.entity, j.name"""  # noqa: S608 - our own names

_OUTCOMES = """SELECT branch_id, queue_id, outcome, COUNT(*)
FROM ticket WHERE account_id = :account AND service_day = :day AND state = 'done'"""
_BY_OUTCOME = " GROUP BY branch_id, queue_id, outcome"

_IDS = "SELECT id FROM ticket WHERE account_id = :account AND service_day = :day"

_o = offers.c
_times = [sa.type_coerce(column, sa.BigInteger) for column in (_o.answered_at, _o.ended_at)]
_STAYS = sa.select(_o.agent_id, _o.branch_id, _o.queue_id, _o.state, *_times)
_STAYS = _STAYS.where(_o.ticket_id.in_(sa.bindparam("tickets", expanding=True)))
"""Not joined: a planner that is asked for a good part of all there is would begin with all the offers."""

_TOLD = """SELECT entity, name, at, CASE WHEN name = 'agent.connected' THEN data END
FROM journal WHERE entity = :agent AND seq >= :start AND seq < :end ORDER BY seq"""

STATEMENTS = (_TICKETS, _MOVES, _OUTCOMES + _BY_OUTCOME, _IDS, _TOLD)


def tickets_of(tx: Tx, account: str, day: date, chosen: Chosen) -> list[Row]:
    """The tickets of a service day."""
    return [Row._make(row) for row in tx.raw(*_among(_TICKETS, account, day, chosen))]


def outcomes_of(tx: Tx, account: str, day: date, chosen: Chosen) -> list[OutcomeCount]:
    """What came of the visits of a service day that were served to their end."""
    statement, given = _among(_OUTCOMES, account, day, chosen)
    return [OutcomeCount._make(row) for row in tx.raw(statement + _BY_OUTCOME, given)]


def _among(statement: str, account: str, day: date, chosen: Chosen) -> tuple[str, dict[str, str]]:
    given = {"account": account, "day": day.isoformat()}
    for name, value in (("branch", chosen.branch), ("queue", chosen.queue)):
        if value is not None:
            statement, given = f"{statement} AND {name}_id = :{name}", {**given, name: value}
    return statement, given


def moves_of(tx: Tx, account: str, day: date) -> Mapping[tuple[str, str], int]:
    """How often the tickets of a day were sent on, and called again: (ticket, event) → times."""
    rows = tx.raw(_MOVES, {"account": account, "day": day.isoformat()})
    return {(ticket, name): int(times) for ticket, name, times in rows}


def stays_of(tx: Tx, account: str, day: date) -> list[Stay]:
    """The offers of a day's tickets."""
    ids = [id for (id,) in tx.raw(_IDS, {"account": account, "day": day.isoformat()})]
    some = (ids[at : at + AT_ONCE] for at in range(0, len(ids), AT_ONCE))
    return [Stay._make(row) for tickets in some for row in tx.execute(_STAYS, {"tickets": tickets})]


def sessions_between(tx: Tx, account: str, start: datetime, end: datetime) -> list[Session]:
    """The sessions of an account that lasted into a time, in order."""
    c = sessions.c
    ended = sa.select(sessions).where(
        c.account_id == account, c.started_at >= start - LONGEST_SESSION, c.started_at < end, c.ended_at > start
    )
    mine = sa.select(domains.c.id).where(domains.c.account_id == account)
    live = sa.select(sessions).where(c.domain_id.in_(mine), c.started_at < end, c.ended_at.is_(None))
    found = [*tx.all(Session, ended), *tx.all(Session, live)]
    return sorted(found, key=lambda one: (one.started_at, one.id))


def told_of_agent(tx: Tx, agent: str, start: datetime, end: datetime) -> list[Told]:
    """What happened to an agent in a time, oldest first. A journal's `seq` begins with the time."""
    given = {"agent": agent, "start": micros(start) * 1024, "end": micros(end) * 1024}
    return [Told._make(row) for row in tx.raw(_TOLD, given)]


def quotes_settled(tx: Tx, account: str, start: datetime, end: datetime, chosen: Chosen) -> list[sa.Row[Any]]:
    """Quotes whose tickets ceased to wait in a time: (queue, branch, p50, p90, waited seconds or None)."""
    c = quotes.c
    where = (c.account_id == account) & (c.settled_at >= start) & (c.settled_at < end)
    if chosen.branch is not None:
        where &= c.branch_id == chosen.branch
    if chosen.queue is not None:
        where &= c.queue_id == chosen.queue
    return list(tx.execute(sa.select(c.queue_id, c.branch_id, c.p50, c.p90, c.waited_seconds).where(where)))
