"""What becomes of an appointment: confirmed, going on, over, cancelled; and of the time that it took."""

from collections.abc import Container
from typing import Any

from qms.domain.appointment import Appointment
from qms.services import visitors
from qms.services.booking.finding import held
from qms.services.booking.freed import offer_freed
from qms.services.booking.freeing import free
from qms.services.booking.told import appointment_event
from qms.store import appointments, tickets
from qms.store.tx import Tx

IN_LINE = frozenset({"waiting", "offered", "parked"})
NOT_SERVED = IN_LINE | {"called"}


def confirm(tx: Tx, *, account: str, appointment: str) -> Appointment:
    """Agent or customer says that it stands.

    Raises:
        NotFound: no such appointment. Conflict: it is not merely scheduled.
    """
    before = held(tx, account, appointment)
    return _went(tx, before, before.confirm(tx.now), "confirmed")


def activate(tx: Tx, *, account: str, appointment: str) -> Appointment:
    """It is going on, without a ticket: somebody has entered its room.

    Raises:
        NotFound: no such appointment. Conflict: its state does not allow it.
    """
    before = held(tx, account, appointment)
    return _went(tx, before, before.activate(tx.now), "active")


def complete(tx: Tx, *, account: str, appointment: str) -> Appointment:
    """It took place; who still waited for it is withdrawn, who is being served stays.

    Raises:
        NotFound: no such appointment. Conflict: its state does not allow it.
    """
    before = held(tx, account, appointment)
    after = _went(tx, before, before.complete(tx.now), "completed")
    _withdraw(tx, after, IN_LINE, "appointment completed")
    return after


def no_show(tx: Tx, *, account: str, appointment: str, because: str = "marked") -> Appointment:
    """Nobody came; the remaining time is free.

    Raises:
        NotFound: no such appointment. Conflict: its state does not allow it.
    """
    before = held(tx, account, appointment)
    return _went(tx, before, before.no_show(tx.now), "no_show", because=because)


def cancel(tx: Tx, *, account: str, appointment: str, reason: str | None = None) -> Appointment:
    """It will not take place: the time is free, every token for it is dead, and its ticket is withdrawn.

    Raises:
        NotFound: no such appointment. Conflict: its state does not allow it.
    """
    before = held(tx, account, appointment)
    after = _went(tx, before, before.cancel(tx.now, reason), "cancelled", reason=reason)
    _withdraw(tx, after, NOT_SERVED, "appointment cancelled")
    return after


def _went(tx: Tx, before: Appointment, after: Appointment, what: str, **data: Any) -> Appointment:
    appointments.save(tx, before, after)
    if after.ended_at is not None:
        free(tx, after)
    appointment_event(tx, what, after, **data)
    if after.ended_at is not None:
        offer_freed(tx, after)
    return after


def _withdraw(tx: Tx, appointment: Appointment, states: Container[str], reason: str) -> None:
    ticket = tickets.get(tx, appointment.ticket_id) if appointment.ticket_id is not None else None
    if ticket is not None and ticket.state in states:
        visitors.cancel(tx, ticket=ticket, reason=reason)
