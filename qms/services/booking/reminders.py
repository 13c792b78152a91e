"""Reminders: a row for each, under the generation of the appointment's time, so that none is stale when it is due.

The service says when, and so may the appointment itself: `reminders` in its data are periods, by its own zone. When
one is due it becomes an event, `appointment.reminder`, and messages to whom it reminds: many in one transaction, since
many are due in the same minute.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.domain.appointment import Appointment
from qms.domain.network import Network
from qms.domain.period import Period
from qms.domain.zones import read_zone, zone
from qms.services.booking.bookables import rules_of, zone_name
from qms.services.booking.told import journalled
from qms.services.notification.noticing import notice
from qms.services.notification.occasions import Occasion
from qms.store import messages
from qms.store.schema.booking import reminder
from qms.store.tx import Tx

_r = reminder.c

TOO_LATE = timedelta(hours=1)
"""A reminder that could not be given for so long, since nothing ran, is left out."""


def write(tx: Tx, network: Network, appointment: Appointment) -> None:
    """Write the reminders of an appointment's present time; those of an earlier one are void by their generation."""
    generation = {"appointment_id": appointment.id, "generation": appointment.token_generation}
    if appointment.ver > 0:  # it was before, at another time
        tx.execute(reminder.delete().where(_r.appointment_id == appointment.id, _r.fired_at.is_(None)))
    for period, at in dict(_due(tx, network, appointment)).items():
        row = {**generation, "period": period, "account_id": appointment.account_id, "due_at": at}
        tx.execute(reminder.insert(), row)


def _due(tx: Tx, network: Network, appointment: Appointment) -> Iterator[tuple[str, datetime]]:
    service = network.services.get(appointment.service_id or "")
    if service is not None:
        where = zone(zone_name(network, service))
        for period, at in rules_of(network, service).due_reminders(appointment.starts_at, tx.now, where):
            yield str(period), at
    for text in appointment.data.get("reminders", ()):
        period = Period.parse(text)
        at = period.before(appointment.starts_at, read_zone(appointment.timezone))
        if at > tx.now:
            yield str(period), at


def fire(tx: Tx, *, of: Sequence[str]) -> int:
    """Give the reminders of some appointments that are due, of those that still stand; how many were given."""
    due = _r.appointment_id.in_(of) & _r.fired_at.is_(None) & (_r.due_at <= tx.now)
    rows = tx.execute(reminder.update().where(due).values(fired_at=tx.now).returning(*_r)).all()
    booked = messages.appointments_of(tx, sorted({row.appointment_id for row in rows}))
    given = []
    for row in sorted(rows, key=lambda row: (row.due_at, row.appointment_id)):
        it = booked.get(row.appointment_id)
        if it is None or not it.is_awaited or it.starts_at <= tx.now:
            continue
        if row.generation == it.token_generation and row.due_at > tx.now - TOO_LATE:
            given.append(Occasion(what="reminder", appointment=it, data={"period": row.period}))
    for one in given:
        journalled(tx, one.what, one.appointment, **one.data)
    notice(tx, given)
    return len(given)


def due(tx: Tx, most: int) -> list[tuple[str, str]]:
    """Accounts and appointments for which a reminder is due, the longest due first."""
    found = sa.select(_r.account_id, _r.appointment_id).where(_r.fired_at.is_(None), _r.due_at <= tx.now)
    return [(account, id) for account, id in tx.execute(found.order_by(_r.due_at).limit(most))]
