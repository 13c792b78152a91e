"""Reminders: a row for each, under the generation of the appointment's time, so that none is stale when it is due.

The service says when, and so may the appointment itself: `reminders` in its data are periods, by its own zone. When
one is due it becomes an event, `appointment.reminder`; who sends what to whom is another's business.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.domain.appointment import COMING, Appointment
from qms.domain.network import Network
from qms.domain.period import Period
from qms.domain.zones import read_zone, zone
from qms.services.booking.bookables import rules_of, zone_name
from qms.services.booking.told import appointment_event
from qms.store import appointments
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


def fire(tx: Tx, *, appointment: str) -> int:
    """Give the reminders of an appointment that are due, if it still stands; how many were given."""
    due = (_r.appointment_id == appointment) & _r.fired_at.is_(None) & (_r.due_at <= tx.now)
    rows = tx.execute(reminder.update().where(due).values(fired_at=tx.now).returning(*_r)).all()
    booked = appointments.get(tx, appointment)
    if booked is None or booked.state not in COMING or booked.starts_at <= tx.now:
        return 0
    wanted = [r for r in rows if r.generation == booked.token_generation and r.due_at > tx.now - TOO_LATE]
    for row in sorted(wanted, key=lambda row: row.due_at):
        appointment_event(tx, "reminder", booked, period=row.period)
    return len(wanted)


def due(tx: Tx, most: int) -> list[tuple[str, str]]:
    """Accounts and appointments for which a reminder is due, the longest due first."""
    found = sa.select(_r.account_id, _r.appointment_id).where(_r.fired_at.is_(None), _r.due_at <= tx.now)
    return [(account, id) for account, id in tx.execute(found.order_by(_r.due_at).limit(most))]
