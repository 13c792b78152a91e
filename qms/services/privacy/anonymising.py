"""Anonymising: of what has been over for as long as the account says, the figures stay and the people go.

In small steps, each in a transaction of its own, so that nobody waits for it. Done again it changes nothing.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.domain.options import Options
from qms.services import idempotency
from qms.services.privacy.blanks import GONE, blank
from qms.store.schema import booking, callback, outbox, reaching, waitlist, work
from qms.store.schema import network as tables
from qms.store.schema.personal import APPOINTMENT, CUSTOMER, SUBMISSION, TICKET
from qms.store.tx import Tx

AT_ONCE = 100
"""So many rows of a kind go in one transaction."""

NOBODYS = timedelta(days=30)
"""So long is kept what belongs to no account: codes that somebody asked for without saying where."""


def step(tx: Tx) -> int:
    """Anonymise some of what is due, in every account; how many rows that were, none when nothing is due."""
    done = 0
    for id, given in tx.execute(sa.select(tables.account.c.id, tables.account.c.options)).all():
        days = Options(given=given).number("anonymise_after_days")
        if days:
            done += _of_account(tx, id, tx.now - timedelta(days=days))
    done += idempotency.forget(tx)
    return done + _codes(tx, reaching.one_time_code.c.account_id.is_(None), tx.now - NOBODYS)


def _of_account(tx: Tx, account: str, before: datetime) -> int:
    done = _codes(tx, reaching.one_time_code.c.account_id == account, before)
    for table, due in _due(account, before):
        found = sa.select(table.c.id).where(table.c.account_id == account, due).limit(AT_ONCE)
        ids = [str(id) for id in tx.execute(found).scalars()]
        blank(tx, table, ids)
        done += len(ids)
    return done


def _codes(tx: Tx, whose: sa.ColumnElement[bool], before: datetime) -> int:
    c = reaching.one_time_code.c
    ids = tx.execute(sa.select(c.id).where(whose, c.created_at < before).limit(AT_ONCE)).scalars().all()
    blank(tx, reaching.one_time_code, ids)
    return len(ids)


def _due(account: str, before: datetime) -> Iterable[tuple[sa.Table, sa.ColumnElement[bool]]]:
    """What is over long enough, and has somebody in it still. The texts are those of the indexes."""
    t, a, c, s = work.ticket.c, booking.appointment.c, booking.customer.c, work.submission.c
    m, w, p, d = reaching.message.c, waitlist.waitlist_entry.c, callback.callback.c, outbox.delivery.c
    yield work.ticket, (t.ended_at < before) & sa.text(TICKET)
    yield booking.appointment, (a.ends_at < before) & a.state.not_in(("checked_in", "active")) & sa.text(APPOINTMENT)
    yield booking.customer, (c.created_at < before) & sa.text(CUSTOMER) & ~_met(before)
    yield work.submission, (s.created_at < before) & sa.text(SUBMISSION) & ~_used(before)
    yield reaching.message, (m.created_at < before) & (m.due_at < before) & ~m.recipient.startswith(GONE)
    yield waitlist.waitlist_entry, (w.ended_at < before) & ~w.contact.startswith(GONE)
    yield (
        callback.callback,
        (p.asked_at < before) & (p.state != "waiting") & (p.phone.is_not(None) | p.name.is_not(None)),
    )
    mine = sa.select(tables.webhook.c.id).where(tables.webhook.c.account_id == account)
    over = d.webhook_id.in_(mine) & d.state.in_(("delivered", "dead"))
    yield outbox.delivery, over & (d["at"] < before) & (sa.type_coerce(d.data, sa.Text) != "{}")


def _met(before: datetime) -> sa.ColumnElement[bool]:
    """That a customer has an appointment that is not over for so long."""
    a, p = booking.appointment.c, booking.participant.c
    his = sa.select(a.id).where(a.customer_id == booking.customer.c.id, a.ends_at >= before)
    joined = sa.select(a.id).join_from(booking.participant, booking.appointment, p.appointment_id == a.id)
    return his.exists() | joined.where(p.party_id == booking.customer.c.id, a.ends_at >= before).exists()


def _used(before: datetime) -> sa.ColumnElement[bool]:
    """That a submission belongs to a ticket or an appointment that is not over for so long."""
    a, t, s = booking.appointment.c, work.ticket.c, work.submission.c
    late = t.ended_at.is_(None) | (t.ended_at >= before)
    booked = sa.select(a.id).where(a.submission_id == s.id, a.ends_at >= before)
    return booked.exists() | sa.select(t.id).where(t.id == s.ticket_id, late).exists()
