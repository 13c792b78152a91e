"""Statements on the waitlist."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from qms.domain.waiting import Entry
from qms.store.schema.waitlist import waitlist_entry
from qms.store.tx import Tx

_w = waitlist_entry.c
_WAITING = sa.text("state = 'waiting'")  # spelled as the partial indexes have them
_OFFERED = sa.text("state = 'offered'")
_IN_LINE = sa.text("state IN ('waiting','offered')")
_ORDER = (_w.created_at, _w.seq, _w.id)


def add(tx: Tx, new: Entry) -> bool:
    """Write a new entry; False where the same person waits for the same thing already."""
    return tx.add_unless_there(waitlist_entry, {name: getattr(new, name) for name in Entry.__dataclass_fields__})


def save(tx: Tx, before: Entry, after: Entry) -> Entry:
    """Write a transition, provided that the entry is as it was read; what was written.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    tx.update(waitlist_entry, [(before, after)])
    return after


def get(tx: Tx, id: str) -> Entry | None:
    """The entry with this id."""
    return _first(tx, _w.id == id)


def with_link(tx: Tx, account: str, link: str) -> Entry | None:
    """The entry of an account that a link opens."""
    return _first(tx, (_w.link == link) & (_w.account_id == account))


def offered_as(tx: Tx, appointment: str) -> Entry | None:
    """The entry for which an appointment is held."""
    return _first(tx, _OFFERED & (_w.appointment_id == appointment))


def anybody(tx: Tx, account: str, start: datetime, end: datetime) -> bool:
    """Whether anybody waits for a day that meets [start, end); cheap to ask."""
    some = _WAITING & (_w.account_id == account) & (_w.over_at > start) & (_w.begins_at < end)
    return tx.execute(sa.select(_w.id).where(some).limit(1)).first() is not None


def waiting(tx: Tx, account: str, services: Sequence[str], start: datetime, end: datetime) -> list[Entry]:
    """Who waits for one of some services on a day that meets [start, end), in the order of the line."""
    where = _WAITING & (_w.account_id == account) & _w.service_id.in_(services)
    return _all(tx, where & (_w.over_at > start) & (_w.begins_at < end))


def line(tx: Tx, account: str, service: str, day: str) -> list[Entry]:
    """Everybody in line for a service on a day, in order."""
    return _all(tx, _IN_LINE & (_w.account_id == account) & (_w.service_id == service) & (_w.day == day))


def of_contact(tx: Tx, account: str, contact: str) -> int:
    """How many lines somebody stands in."""
    counted = sa.select(sa.func.count()).where(_IN_LINE & (_w.account_id == account) & (_w.contact == contact))
    return int(tx.execute(counted).scalar_one())


def unanswered(tx: Tx, most: int) -> list[Entry]:
    """Offers that have run out, the longest first."""
    return _all(tx, _OFFERED & (_w.offered_until <= tx.now), _w.offered_until, most=most)


def over(tx: Tx, most: int) -> list[Entry]:
    """Who waits for a day that is over."""
    return _all(tx, _IN_LINE & (_w.over_at <= tx.now) & (_w.state == "waiting"), _w.over_at, most=most)


def all_waiting(tx: Tx, most: int) -> list[Entry]:
    """Who waits, those for the next days first, in the order of each line."""
    return _all(tx, _IN_LINE & (_w.over_at > tx.now) & (_w.state == "waiting"), _w.over_at, most=most)


def _first(tx: Tx, where: sa.ColumnElement[bool]) -> Entry | None:
    row = tx.execute(sa.select(waitlist_entry).where(where)).mappings().first()
    return None if row is None else _entry(row)


def _all(tx: Tx, where: sa.ColumnElement[bool], *before: Any, most: int | None = None) -> list[Entry]:
    found = sa.select(waitlist_entry).where(where).order_by(*before, *_ORDER).limit(most)
    return [_entry(row) for row in tx.execute(found).mappings()]


def _entry(row: Any) -> Entry:
    return Entry(**{**row, "passed_up": tuple(row["passed_up"])})
