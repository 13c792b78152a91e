"""What is left of a row once the person is taken out of it: everything that is counted, nothing that names him."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import sqlalchemy as sa

from qms.store.schema import booking, callback, outbox, reaching, waitlist, work
from qms.store.schema.summons import summons
from qms.store.tx import Tx

GONE = "#"
"""Before the id, in place of an address that must be there."""

NOBODY = {name: None for name in ("username", "firstname", "lastname", "email", "phone")}

APPOINTMENT: Mapping[str, Any] = {"title": "", "data": {}}
TICKET: Mapping[str, Any] = dict.fromkeys(
    ("customer", "customer_id", "customer_email", "customer_phone", "integration_data", "note")
)


def blank(tx: Tx, table: sa.Table, ids: Collection[str]) -> None:
    """Take the person out of rows of a table."""
    if not ids:
        return
    where = table.c.id.in_(sorted(ids))
    if table in (reaching.one_time_code, summons):
        tx.execute(table.delete().where(where))
    elif table is work.submission:
        _answers(tx, where)
    else:
        tx.execute(table.update().where(where).values(_left(table)))
    if table is outbox.delivery:
        of = outbox.attempt.c.delivery_id.in_(sorted(ids))
        tx.execute(outbox.attempt.update().where(of).values(error=None, excerpt=None))


def _left(table: sa.Table) -> Mapping[str, Any]:
    anybody = sa.literal(GONE) + table.c.id
    left: dict[sa.Table, Mapping[str, Any]] = {
        booking.customer: {**NOBODY, "data": {}},
        booking.appointment: APPOINTMENT,
        work.ticket: TICKET,
        reaching.message: {
            "recipient": anybody,
            "data": {},
            "last_error": None,
            "state": _ended(reaching.message, "stale"),
        },
        waitlist.waitlist_entry: {"contact": anybody, "person": {}, "hold_token": None},
        callback.callback: {"phone": None, "name": None},
        outbox.delivery: {"data": {}, "last_error": None, "state": _ended(outbox.delivery, "dead")},
    }
    return left[table]


def _ended(table: sa.Table, state: str) -> sa.ColumnElement[str]:
    """What is still to be sent cannot be any more."""
    return sa.case((table.c.state == "pending", state), else_=table.c.state)


def _answers(tx: Tx, where: sa.ColumnElement[bool]) -> None:
    """Of a survey the figures stay: they are nobody's, and reports are made of them."""
    table = work.submission
    for id, kind, values in tx.execute(sa.select(table.c.id, table.c.kind, table.c["values"]).where(where)).all():
        kept = figures(kind, values)
        tx.execute(table.update().where(table.c.id == id).values({"values": kept, "anonymised_at": tx.now}))


def figures(kind: str, values: Sequence[Any]) -> list[Any]:
    """What is left of the answers to a form."""
    numbers = [one for one in values if isinstance(one, dict) and isinstance(one.get("value"), int | float)]
    return numbers if kind == "survey" else []


def without_reasons(data: Mapping[str, Any]) -> dict[str, Any]:
    """What the journal says, without what somebody wrote: why a ticket was moved may name him."""
    return {name: value for name, value in data.items() if name not in ("because", "reason")}
