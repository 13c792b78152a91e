"""A person's own requests: to be given what is kept of him, and to be erased."""

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import Conflict
from qms.services.privacy import erasures
from qms.services.privacy.blanks import blank, without_reasons
from qms.services.privacy.erasures import Person
from qms.services.privacy.finding import Found, Who, find, look, naming, texts
from qms.store.columns import Instant, Json
from qms.store.schema import booking, metadata, outbox, reaching, waitlist, work
from qms.store.schema import callback as calls
from qms.store.schema.data_map import PERSONAL
from qms.store.tx import Tx

ALSO = frozenset({"id", "state", "number", "kind", "channel", "locale", "language", "wall_zone"})
"""Columns that say what his data belong to."""

LIVE: Mapping[sa.Table, Collection[str]] = {
    work.ticket: ("waiting", "offered", "called", "serving", "parked", "no_show"),
    waitlist.waitlist_entry: ("waiting", "offered"),
    calls.callback: ("waiting",),
}
COMING = ("held", "scheduled", "confirmed", "checked_in", "active")


def export(tx: Tx, *, account: str, who: Who, by: str) -> dict[str, Any]:
    """All that is kept of somebody, by table, as plain values.

    Raises:
        NotFound: nothing is.
    """
    found = find(tx, account=account, who=who)
    shown = {name: _rows(tx, metadata.tables[name], ids) for name, ids in found.rows.items()}
    tx.note(account, by, "person.exported", _object(found), {name: len(rows) for name, rows in shown.items() if rows})
    return {"exported_at": tx.now.isoformat(), **{name: rows for name, rows in shown.items() if rows}}


def erase(tx: Tx, *, account: str, who: Who, by: str) -> dict[str, int]:
    """Take somebody out of everything; how many rows that were, by table. What is counted stays.

    Where there are archives he goes out of them soon after; only then it is known whether he was in any.

    Raises:
        NotFound: nothing is kept of him. Conflict: he waits, is served or is expected: that has to end first.
    """
    archives = erasures.any_archives(tx, account)
    found = look(tx, account=account, who=who) if archives else find(tx, account=account, who=who)
    _over(tx, found)
    if archives:
        customers = {*found.of(booking.customer), *who.customers}
        erasures.ask(tx, account=account, person=Person(marks=found.marks, customers=customers))
    for name, ids in found.rows.items():
        blank(tx, metadata.tables[name], ids)
    _journal(tx, found)
    _answers(tx, found)
    counted = {name: len(ids) for name, ids in found.rows.items() if ids}
    tx.note(account, by, "person.erased", _object(found), counted)
    return counted


def _object(found: Found) -> str:
    """Whom the audit log names: by ids that lead nowhere once he is erased."""
    ids = [*found.of(booking.customer), *found.of(work.ticket), *found.of(work.submission), "contact"]
    return f"person {ids[0]}"


def _over(tx: Tx, found: Found) -> None:
    for table, states in LIVE.items():
        live = sa.select(table.c.id).where(table.c.id.in_(found.of(table)), table.c.state.in_(states))
        if tx.execute(live.limit(1)).first() is not None:
            raise Conflict(str(table.name), "not over yet")
    for table in (outbox.delivery, reaching.message):
        sending = table.c.id.in_(found.of(table)) & (table.c.claimed_until > tx.machine_now)
        if tx.execute(sa.select(table.c.id).where(sending, table.c.state == "pending").limit(1)).first() is not None:
            raise Conflict(str(table.name), "being sent; try again in a minute")
    a = booking.appointment.c
    coming = (a.id.in_(found.of(booking.appointment))) & a.state.in_(COMING) & (a.ends_at > tx.now)
    if tx.execute(sa.select(a.id).where(coming).limit(1)).first() is not None:
        raise Conflict("appointment", "not over yet")


def _rows(tx: Tx, table: sa.Table, ids: Collection[str]) -> list[dict[str, Any]]:
    his = {name for name, what in PERSONAL.get(str(table.name), {}).items() if what.exported}
    if not his:
        return []
    columns = [c for c in table.c if c.name in his | ALSO or isinstance(c.type, Instant)]
    found = tx.execute(sa.select(*columns).where(table.c.id.in_(sorted(ids))).order_by(table.c.id))
    return [{name: _plain(value) for name, value in row.items() if value is not None} for row in found.mappings()]


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, datetime) else value


def _journal(tx: Tx, found: Found) -> None:
    c, ids = work.journal.c, sorted({id for ids in found.rows.values() for id in ids})
    for at in range(0, len(ids), 500):
        for id, data in tx.execute(sa.select(c.id, c.data).where(c.entity.in_(ids[at : at + 500]))).all():
            left = without_reasons(data)
            if left != data:
                tx.execute(work.journal.update().where(c.id == id).values(data=left))


def _answers(tx: Tx, found: Found) -> None:
    """Answers that are kept to be repeated, and speak of him, are repeated no more."""
    c, his = outbox.idempotency.c, naming(texts(found))
    for scope, key, headers, body in tx.execute(sa.select(c.scope, c.key, c.headers, c.body)).all():
        said = f"{Json().process_bind_param(headers, tx.connection.dialect)} {body}".lower()
        if his.search(said):
            tx.execute(outbox.idempotency.delete().where(c.scope == scope, c.key == key))
