"""What goes by its age: rows of four kinds, and what hangs on each and goes with it."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta

import sqlalchemy as sa

from qms.services.retention.limits import Limit
from qms.store.columns import micros
from qms.store.live import LIVE_TICKET
from qms.store.schema import booking, forecast, hall, reaching, work
from qms.store.tx import Tx

AT_ONCE = 50
"""So many tickets, appointments or submissions go in one transaction, each with a dozen rows that hang on it."""

SESSIONS_AT_ONCE = 5
"""So many sessions, each with what the journal says of a whole day of its agent."""

LONGEST_AHEAD = timedelta(days=366)
"""A submission goes so much later: it may belong to an appointment that was booked so long before."""

_GOING_ON = ("checked_in", "active")

Where = sa.ColumnElement[bool]
Hanging = Iterator[tuple[sa.Table, Where]]

t, j, s, f = (one.c for one in (work.ticket, work.journal, work.session, work.submission))
a = booking.appointment.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Kind:
    """Rows of a table that go when they are old; `by` is the column of an index in the order of which they go.

    `hanging` says for some of their ids what goes with them: rows of which tables, found how.
    """

    table: sa.Table
    by: sa.Column[object]
    old: Callable[[Limit], Where]
    hanging: Callable[[Tx, Sequence[str]], Hanging]
    at_once: int = AT_ONCE


def _old_appointments(limit: Limit) -> Where:
    over = (a.starts_at < limit.at) & (a.ends_at < limit.at) & a.state.not_in(_GOING_ON)
    return (a.account_id == limit.account) & over


def _of_appointments(_: Tx, ids: Sequence[str]) -> Hanging:
    for table in (booking.claim, booking.participant, booking.reminder, reaching.waiting_room):
        yield table, table.c.appointment_id.in_(ids)
    yield work.journal, j.entity.in_(ids)


def _old_tickets(limit: Limit) -> Where:
    return (t.account_id == limit.account) & (t.service_day < limit.day.isoformat()) & ~LIVE_TICKET


def _of_tickets(_: Tx, ids: Sequence[str]) -> Hanging:
    for table in (work.offer, work.call, hall.hall_call, forecast.quote):
        yield table, table.c.ticket_id.in_(ids)
    yield work.journal, j.entity.in_(ids)


def _old_submissions(limit: Limit) -> Where:
    return (f.account_id == limit.account) & (f.created_at < limit.at - LONGEST_AHEAD)


def _of_submissions(_: Tx, ids: Sequence[str]) -> Hanging:
    yield work.journal, j.entity.in_(ids)


def _old_sessions(limit: Limit) -> Where:
    return (s.account_id == limit.account) & (s.started_at < limit.at) & (s.ended_at < limit.at)


def _of_sessions(tx: Tx, ids: Sequence[str]) -> Hanging:
    """What was told of their agents until they ended."""
    ended = sa.select(s.agent_id, sa.func.max(s.ended_at)).where(s.id.in_(ids)).group_by(s.agent_id)
    for agent, at in tx.execute(ended.order_by(s.agent_id)).all():
        yield work.journal, (j.entity == agent) & (j.seq < (micros(at) + 1) * 1024)


KINDS: Sequence[Kind] = (
    Kind(table=booking.appointment, by=a.starts_at, old=_old_appointments, hanging=_of_appointments),
    Kind(table=work.ticket, by=t.service_day, old=_old_tickets, hanging=_of_tickets),
    Kind(table=work.submission, by=f.created_at, old=_old_submissions, hanging=_of_submissions),
    Kind(table=work.session, by=s.started_at, old=_old_sessions, hanging=_of_sessions, at_once=SESSIONS_AT_ONCE),
)
"""An appointment goes before its ticket, and both before their submissions."""
