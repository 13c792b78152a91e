"""Statements on messages."""

from collections.abc import Iterable, Mapping, Sequence

import sqlalchemy as sa

from qms.domain.appointment import Appointment
from qms.domain.message import Message
from qms.store import bare
from qms.store.schema.booking import appointment
from qms.store.schema.reaching import message
from qms.store.tx import Tx

AT_ONCE = 40
"""Rows per statement."""

_COLUMNS, _ = bare.plan_of(message, Message)


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


def appointments_of(tx: Tx, ids: Sequence[str]) -> Mapping[str, Appointment]:
    """Appointments by id, as they stand once whoever is changing them is done, and until this is over."""
    found = sa.select(appointment).where(appointment.c.id.in_(ids)).order_by(appointment.c.id)
    return {one.id: one for one in (tx.all(Appointment, found.with_for_update(read=True)) if ids else ())}


def of_ids(tx: Tx, ids: Iterable[str]) -> list[Message]:
    """The messages with these ids."""
    return tx.all(Message, sa.select(message).where(message.c.id.in_(list(ids))))
