"""Retention: finished tickets and appointments go when they are as old as the account says; their figures stay.

Only what lies well before the last closed day goes, a little at a time, so that nobody waits for it. What hangs on a
row goes in the same transaction.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.options import Options
from qms.domain.zones import instant_of, wall_time, zone
from qms.services.statistics.closing import OVER_AFTER
from qms.store import past
from qms.store.columns import micros
from qms.store.live import LIVE_TICKET
from qms.store.schema import booking, forecast, hall, reaching, work
from qms.store.schema import network as tables
from qms.store.tx import Tx

AT_ONCE = 50
"""So many tickets, appointments or submissions go in one transaction, each with a dozen rows that hang on it."""

SESSIONS_AT_ONCE = 5
"""So many sessions, each with what the journal says of a whole day of its agent."""

FEWEST_DAYS = 31
"""What is shorter ago is looked at daily: averages of waits, the last weeks that a simulation learns from."""

LONGEST_AHEAD = timedelta(days=366)
"""A submission goes so much later: it may belong to an appointment that was booked so long before."""

_GOING_ON = ("checked_in", "active")

t, o, c, j, s, f = (one.c for one in (work.ticket, work.offer, work.call, work.journal, work.session, work.submission))
a, q = booking.appointment.c, forecast.quote.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """What is older goes: service days before `day`, and what was over before its midnight."""

    account: str
    day: date
    at: datetime


def forget(tx: Tx) -> int:
    """Drop some of what is too old, of one account at a time; how many rows went, none when nothing is too old."""
    for id, given in tx.execute(sa.select(tables.account.c.id, tables.account.c.options)).all():
        days = Options(given=given).number("keep_tickets_days")
        limit = limit_of(tx, id, days) if days else None
        gone = drop(tx, limit=limit) if limit is not None else 0
        if gone:
            return gone
    return 0


def drop(tx: Tx, *, limit: Limit) -> int:
    """Drop some of what is older than a limit; how many rows went."""
    return sum(some(tx, limit) for some in _DROPS)


def limit_of(tx: Tx, account: str, days: int) -> Limit | None:
    """Up to where an account's past may go that keeps so many days; None while no day is closed.

    A day that is closed needs its neighbours' rows no more, nor the sessions that were open then, once those before it
    and after it are closed too.
    """
    closed = past.last_closed(tx, account)
    if closed is None:
        return None
    where = zone(tx.network(account).account.timezone)
    wanted = wall_time(tx.now, where).date() - timedelta(days=max(days, FEWEST_DAYS))
    day = min(wanted, closed - OVER_AFTER)
    return Limit(account=account, day=day, at=instant_of(datetime.combine(day, time.min), where))


def _appointments(tx: Tx, limit: Limit) -> int:
    old = (a.starts_at < limit.at) & (a.ends_at < limit.at) & a.state.not_in(_GOING_ON)
    found = sa.select(a.id).where((a.account_id == limit.account) & old).order_by(a.starts_at)
    ids = _some(tx, found)
    for table in (booking.claim, booking.participant, booking.reminder, reaching.waiting_room):
        _drop(tx, table, table.c.appointment_id, ids)
    _drop(tx, work.journal, j.entity, ids)
    return _drop(tx, booking.appointment, a.id, ids)


def _tickets(tx: Tx, limit: Limit) -> int:
    old = (t.account_id == limit.account) & (t.service_day < limit.day.isoformat()) & ~LIVE_TICKET
    ids = _some(tx, sa.select(t.id).where(old).order_by(t.service_day))
    _drop_counters(tx, ids)
    for table, column in ((work.offer, o), (work.call, c), (hall.hall_call, hall.hall_call.c), (forecast.quote, q)):
        _drop(tx, table, column.ticket_id, ids)
    _drop(tx, work.journal, j.entity, ids)
    return _drop(tx, work.ticket, t.id, ids)


def _drop_counters(tx: Tx, tickets: Sequence[str]) -> None:
    """The counters that gave tickets their numbers: none of their days gives any more."""
    n = work.number_counter.c
    series = sa.select(t.number_series).where(t.id.in_(tickets) & t.number_series.is_not(None)).distinct()
    for one in tx.execute(series).scalars().all() if tickets else ():
        branch, queue, day = one.split("/")
        tx.execute(work.number_counter.delete().where(n.branch_id == branch, n.queue_id == queue, n.service_day == day))


def _submissions(tx: Tx, limit: Limit) -> int:
    old = (f.account_id == limit.account) & (f.created_at < limit.at - LONGEST_AHEAD)
    ids = _some(tx, sa.select(f.id).where(old).order_by(f.created_at))
    _drop(tx, work.journal, j.entity, ids)
    return _drop(tx, work.submission, f.id, ids)


def _sessions(tx: Tx, limit: Limit) -> int:
    """Sessions, and what was told of their agents until they ended."""
    old = (s.account_id == limit.account) & (s.started_at < limit.at) & (s.ended_at < limit.at)
    found = sa.select(s.id, s.agent_id, s.ended_at).where(old).order_by(s.started_at).limit(SESSIONS_AT_ONCE)
    rows = tx.execute(found).all()
    for _, agent, ended in rows:
        told = (j.entity == agent) & (j.seq < (micros(ended) + 1) * 1024)
        tx.execute(work.journal.delete().where(told))
    return _drop(tx, work.session, s.id, [id for id, *_ in rows])


_DROPS: Sequence[Callable[[Tx, Limit], int]] = (_appointments, _tickets, _submissions, _sessions)
"""An appointment goes before its ticket, and both before their submissions."""


def _some(tx: Tx, found: sa.Select[Any]) -> list[str]:
    return list(tx.execute(found.limit(AT_ONCE)).scalars())


def _drop(tx: Tx, table: sa.Table, by: sa.ColumnElement[str], ids: Sequence[str]) -> int:
    return tx.execute(table.delete().where(by.in_(ids))).rowcount if ids else 0
