"""Statements on messages."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import sqlalchemy as sa

from qms.domain.appointment import Appointment
from qms.domain.message import Message
from qms.domain.participant import Party
from qms.store import bare
from qms.store.schema.booking import appointment
from qms.store.schema.reaching import message
from qms.store.tx import Tx

AT_ONCE = 40
"""Rows per statement."""

_COLUMNS = bare.plan_of(message, Message).names


def add(tx: Tx, new: Sequence[Message]) -> None:
    """Write messages, but for those that are there already for this version, occasion and recipient."""
    for at in range(0, len(new), AT_ONCE):
        some = new[at : at + AT_ONCE]
        rows = [", ".join(f":{name}_{n}" for name in _COLUMNS) for n in range(len(some))]
        values = {
            f"{name}_{n}": value
            for n, one in enumerate(some)
            for name, value in zip(_COLUMNS, bare.row(message, one), strict=True)
        }
        marks = ", ".join(f"({row})" for row in rows)
        statement = f"INSERT INTO message ({', '.join(_COLUMNS)}) VALUES {marks} ON CONFLICT DO NOTHING"  # noqa: S608
        tx.raw(statement, values)


class Reached(NamedTuple):
    """How a customer can be written to, as far as it is known."""

    email: str | None = None
    phone: str | None = None


_PARTIES = """SELECT p.appointment_id, p.kind, p.party_id, c.email, c.phone FROM participant p
LEFT JOIN customer c ON c.id = p.party_id WHERE p.appointment_id IN ({marks}) ORDER BY p.kind DESC, p.party_id"""
_CUSTOMERS = "SELECT id, email, phone FROM customer WHERE id IN ({marks})"


def parties(tx: Tx, ids: Sequence[str]) -> Mapping[str, Mapping[Party, Reached]]:
    """Who takes part in appointments, customers first, and how these can be written to."""
    found: dict[str, dict[Party, Reached]] = defaultdict(dict)
    for appointment_id, kind, id, email, phone in tx.raw_of(_PARTIES, ids):
        found[appointment_id][Party(kind, id)] = Reached(email, phone)
    return found


def customers(tx: Tx, ids: Sequence[str]) -> Mapping[str, Reached]:
    """How customers can be written to, by id."""
    return {id: Reached(email, phone) for id, email, phone in tx.raw_of(_CUSTOMERS, ids)}


def appointments_of(tx: Tx, ids: Sequence[str]) -> Mapping[str, Appointment]:
    """Appointments by id, as they stand once whoever is changing them is done, and until this is over."""
    found = sa.select(appointment).where(appointment.c.id.in_(ids)).order_by(appointment.c.id)
    return {one.id: one for one in (tx.all(Appointment, found.with_for_update(read=True)) if ids else ())}
