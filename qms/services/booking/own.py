"""One's own appointment: booked by whoever it is for, then looked at, moved and cancelled with its tokens."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from qms.domain.appointment import COMING, Appointment
from qms.domain.errors import Conflict, Gone, NotFound
from qms.domain.network import Agent, Service
from qms.services.booking import bookings, ending, moving, tokens
from qms.services.booking.tokens import AppointmentToken
from qms.services.booking.wishes import Wish
from qms.store import appointments
from qms.store.networks import even_retired
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Own:
    """An appointment, and the e-mail address of whom it is for."""

    appointment: Appointment
    email: str | None


def schedule(tx: Tx, *, account: str, wish: Wish) -> Own:
    """Book a start for oneself.

    Raises:
        NotFound, UnknownField, FieldInvalid, Conflict: as for `bookings.book`.
    """
    return _own(tx, bookings.book(tx, account=account, wish=wish))


@dataclass(frozen=True, slots=True, kw_only=True)
class Looked:
    """An appointment with its service and who gives it, also where these have been retired since."""

    appointment: Appointment
    service: Service | None
    agent: Agent | None


def look(tx: Tx, *, token: AppointmentToken, early: timedelta | None = None) -> Looked:
    """The appointment that a token opens, until it is over; `early`: not sooner than so long before its start.

    Raises:
        Gone: it was moved or cancelled since, is over, or lies too far ahead.
    """
    appointment = tokens.opened(tx, token=token)
    if appointment.state in COMING and appointment.ends_at <= tx.now:
        raise Gone("token", "over")  # nobody came, and nobody has said so
    if early is not None and tx.now < appointment.starts_at - early:
        raise Gone("token", "too early")
    network, account = tx.network(appointment.account_id), appointment.account_id
    service, agent = network.services.get(appointment.service_id or ""), network.agents.get(appointment.agent_id or "")
    return Looked(
        appointment=appointment,
        service=service or even_retired(tx.connection, Service, account, appointment.service_id),
        agent=agent or even_retired(tx.connection, Agent, account, appointment.agent_id),
    )


def reschedule(tx: Tx, *, token: AppointmentToken, starts_at: datetime) -> Own:
    """Move it to another start that is offered.

    Raises:
        Gone: the token does not open it any more. Conflict: its state does not allow it, or the start is not offered.
    """
    before = tokens.opened(tx, token=token)
    try:
        after = moving.move(tx, account=before.account_id, appointment=before.id, starts_at=starts_at)
    except NotFound:  # its service or agent is not there any more: nothing is offered
        raise Conflict("slot", "not offered") from None
    return _own(tx, after)


def cancel(tx: Tx, *, token: AppointmentToken, reason: str | None) -> Appointment:
    """Cancel it.

    Raises:
        Gone: the token does not open it any more.
    """
    before = tokens.opened(tx, token=token)
    return ending.cancel(tx, account=before.account_id, appointment=before.id, reason=reason)


def _own(tx: Tx, appointment: Appointment) -> Own:
    customer = appointment.customer_id
    return Own(appointment=appointment, email=appointments.email_of(tx, customer) if customer else None)
