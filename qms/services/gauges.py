"""Gauges: how things stand in all accounts, for those who run the place. Labels are keys and states, never names."""

from collections.abc import Mapping
from dataclasses import dataclass

import sqlalchemy as sa

from qms.services import printers
from qms.services.printers import PrinterState
from qms.store.columns import Instant
from qms.store.live import LIVE_TICKET
from qms.store.schema import network as tables
from qms.store.schema import outbox, reaching, work
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Gauges:
    """Counts and ages in seconds; how printers are. Branches, screens and kiosks are spelled `account/key`."""

    waiting: Mapping[str, int]
    agents: Mapping[str, int]
    endpoints: Mapping[str, int]
    screens: Mapping[str, float]
    printers: Mapping[str, PrinterState]
    outbox_pending: int
    outbox_oldest_seconds: float
    outbox_overdue_seconds: float
    messages_pending: int
    messages_overdue_seconds: float


def gauges(tx: Tx) -> Gauges:
    """Look at everything once."""
    d, m = outbox.delivery.c, reaching.message.c
    pending, oldest, due = _pending(tx, d.state == "pending", d.at, d.due_at)
    messages, _, messages_due = _pending(tx, m.state == "pending", m.created_at, m.due_at)
    return Gauges(
        waiting=_waiting(tx),
        agents=_counts(tx, work.session.c.state, work.session.c.ended_at.is_(None)),
        endpoints=_counts(tx, tables.webhook.c.state, tables.webhook.c.retired_at.is_(None)),
        screens=_screens(tx),
        printers=printers.states(tx),
        outbox_pending=pending,
        outbox_oldest_seconds=oldest,
        outbox_overdue_seconds=due,
        messages_pending=messages,
        messages_overdue_seconds=messages_due,
    )


def _counts(tx: Tx, by: sa.ColumnElement[str], where: sa.ColumnElement[bool]) -> dict[str, int]:
    return {state: count for state, count in tx.execute(sa.select(by, sa.func.count()).where(where).group_by(by))}


def _waiting(tx: Tx) -> dict[str, int]:
    """How many wait in each branch; a branch where nobody does has its nought."""
    b, t, a = tables.branch.c, work.ticket.c, tables.account.c
    here = (t.branch_id == b.id) & LIVE_TICKET & (t.state == "waiting")
    places = tables.branch.join(tables.account, a.id == b.account_id).outerjoin(work.ticket, here)
    rows = sa.select(a.slug, b.key, sa.func.count(t.id)).select_from(places).where(b.retired_at.is_(None))
    return {f"{slug}/{key}": count for slug, key, count in tx.execute(rows.group_by(a.slug, b.key))}


def _screens(tx: Tx) -> dict[str, float]:
    """How long ago each screen was heard of; one that never was is missing."""
    s, a = tables.screen.c, tables.account.c
    rows = sa.select(a.slug, s.key, s.seen_at).join(tables.account, a.id == s.account_id)
    seen = tx.execute(rows.where(s.retired_at.is_(None), s.seen_at.is_not(None)))
    return {f"{slug}/{key}": (tx.machine_now - at).total_seconds() for slug, key, at in seen}


def _pending(
    tx: Tx, pending: sa.ColumnElement[bool], begun: sa.ColumnElement[Instant], due: sa.ColumnElement[Instant]
) -> tuple[int, float, float]:
    """How much waits to go out, for how long the oldest has, and how long ago the next should have gone."""
    found = tx.execute(sa.select(sa.func.count(), sa.func.min(begun), sa.func.min(due)).where(pending)).one()
    count, oldest, next_due = found
    ages = [max(0.0, (tx.now - at).total_seconds()) if at is not None else 0.0 for at in (oldest, next_due)]
    return count, ages[0], ages[1]
