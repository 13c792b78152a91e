"""Exports: what happened in a time, row by row, for spreadsheets and reports; also of what is retired by now."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.store.schema import booking, work
from qms.store.schema import network as tables
from qms.store.tx import Tx

MOST = 100_000
"""So many rows are given at once at most."""

UNBOOKED = ("held", "expired")
_DAYS = timedelta(days=2)


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Which rows: those that began in [start, end), the first or the last of them first, some passed over."""

    start: datetime
    end: datetime
    newest_first: bool = False
    limit: int = MOST
    skip: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """A ticket as an entry in its queue: it ends when somebody answers it, or when the visitor does not wait on."""

    id: str
    number: str
    queue: str
    branch: str | None
    poc: str | None
    agent: str | None
    began_at: datetime
    ended_at: datetime | None
    state: str
    answered: bool
    declined: bool
    end_reason: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An appointment that was made, whatever became of it."""

    id: str
    service: str
    queue: str | None
    branch: str | None
    agent: str | None
    starts_at: datetime
    ends_at: datetime
    state: str
    end_reason: str | None
    created_at: datetime


def turns(tx: Tx, *, account: str, span: Span) -> list[Turn]:
    """The tickets that were taken in that time."""
    t = work.ticket.c
    return [
        Turn(
            id=id, number=number, queue=queue or "", branch=branch, poc=poc, agent=_name(first, last),
            began_at=began, ended_at=ended, state=state, answered=bool(answered),
            declined=bool(declined), end_reason=reason,
        )
        for id, number, queue, branch, poc, first, last, began, ended, state, answered, declined, reason in tx.execute(
            _part(_entries(account, span), span, t.enqueued_at, t.id)
        )
    ]  # fmt: skip


def _entries(account: str, span: Span) -> sa.Select[Any]:
    """The columns of a turn, in its order, with the two names of the agent."""
    t, q, b, p, a = work.ticket.c, tables.queue.c, tables.branch.c, tables.poc.c, tables.agent.c
    taken = (t.account_id == account) & (t.enqueued_at >= span.start) & (t.enqueued_at < span.end)
    about = t.service_day.between(_day(span.start, -_DAYS), _day(span.end, _DAYS))  # days are indexed, instants not
    joined = (
        sa.outerjoin(work.ticket, tables.queue, q.id == t.queue_id)
        .outerjoin(tables.branch, b.id == t.branch_id)
        .outerjoin(tables.poc, p.id == t.poc_id)
        .outerjoin(tables.agent, a.id == t.agent_id)
    )
    left = sa.case((t.called_at.is_not(None), t.called_at), else_=t.ended_at)
    ended = sa.case((t.assigned_at.is_not(None), t.assigned_at), else_=left).label("ended_at")
    answered = (t.assigned_at.is_not(None) | t.called_at.is_not(None)).label("answered")
    o = work.offer.c
    declined = sa.exists().where((o.ticket_id == t.id) & (o.state == "declined")).label("declined")
    columns = (
        t.id,
        t.number,
        q.name,
        b.name,
        p.label,
        a.firstname,
        a.lastname,
        t.enqueued_at,
        ended,
        t.state,
        answered,
    )
    return sa.select(*columns, declined, t.end_reason).select_from(joined).where(taken & about)


def booked(tx: Tx, *, account: str, span: Span) -> list[Booked]:
    """The appointments that begin in that time, cancelled ones too."""
    m, q, b, a = booking.appointment.c, tables.queue.c, tables.branch.c, tables.agent.c
    begun = (m.account_id == account) & (m.starts_at >= span.start) & (m.starts_at < span.end)
    joined = (
        sa.outerjoin(booking.appointment, tables.queue, q.id == m.queue_id)
        .outerjoin(tables.branch, b.id == m.branch_id)
        .outerjoin(tables.agent, a.id == m.agent_id)
    )
    columns = (m.id, m.title, q.name, b.name, a.firstname, a.lastname, m.starts_at, m.ends_at, m.state, m.end_reason)
    found = sa.select(*columns, m.created_at).select_from(joined).where(begun & m.state.not_in(UNBOOKED))
    return [
        Booked(
            id=id, service=title, queue=queue, branch=branch, agent=_name(first, last), starts_at=starts,
            ends_at=ends, state=state, end_reason=reason, created_at=created,
        )
        for id, title, queue, branch, first, last, starts, ends, state, reason, created in tx.execute(
            _part(found, span, m.starts_at, m.id)
        )
    ]  # fmt: skip


def _part(rows: sa.Select[Any], span: Span, *order: sa.ColumnElement[Any]) -> sa.Select[Any]:
    ordered = [column.desc() if span.newest_first else column for column in order]
    return rows.order_by(*ordered).limit(min(span.limit, MOST)).offset(span.skip)


def _day(at: datetime, by: timedelta) -> str:
    try:
        return (at + by).date().isoformat()
    except OverflowError:  # at the very ends of the calendar
        return at.date().isoformat()


def _name(first: str | None, last: str | None) -> str | None:
    return f"{first} {last}".strip() if first is not None and last is not None else None
