"""What the holder of an appointment's link does: sees it, moves it, cancels it. The link's token says which it is."""

from dataclasses import dataclass
from datetime import datetime

from qms.domain.appointment import Appointment
from qms.domain.errors import Conflict, Forbidden, Gone, NotFound
from qms.domain.network import Agent, Branch, Network, Service
from qms.services.booking import ending, moving, tokens
from qms.services.booking.bookables import zone_name
from qms.store import appointments
from qms.store.tx import Tx

REASON_LENGTH = 1000


@dataclass(frozen=True, slots=True, kw_only=True)
class Linked:
    """An appointment and what it is about; `branch` is where it is given, if one has to go there."""

    now: datetime
    network: Network
    appointment: Appointment
    service: Service | None
    agent: Agent | None
    branch: Branch | None
    zone: str


def seen(tx: Tx, *, token: tokens.AppointmentToken) -> Linked:
    """The appointment of a link.

    Raises:
        Gone: the link is dead; `what` says why: moved, started, unknown, or the state that ended it.
    """
    booked = _opened(tx, token)
    return about(tx, booked)


def about(tx: Tx, booked: Appointment) -> Linked:
    """An appointment with all that it is about."""
    network = tx.network(booked.account_id)
    service = network.services.get(booked.service_id or "")
    return Linked(
        now=tx.now,
        network=network,
        appointment=booked,
        service=service,
        agent=network.agents.get(booked.agent_id or ""),
        branch=network.branches.get(booked.branch_id or ""),
        zone=booked.wall_zone or zone_name(network, service),
    )


def move(tx: Tx, *, token: tokens.AppointmentToken, starts_at: datetime) -> Appointment:
    """Move it to another start of the same agent.

    Raises:
        Gone: the link is dead. Forbidden: it is not one for changes. Conflict: the start is not offered, or the
        appointment cannot be moved any more, its service or agent being gone from the network too.
    """
    booked = _changeable(tx, token)
    try:
        return moving.move(tx, account=booked.account_id, appointment=booked.id, starts_at=starts_at)
    except NotFound:
        raise Conflict("appointment", "not given any more") from None


def cancel(tx: Tx, *, token: tokens.AppointmentToken, reason: str | None) -> Appointment:
    """Cancel it.

    Raises:
        Gone: the link is dead. Forbidden: it is not one for changes. Conflict: it cannot be cancelled any more.
    """
    booked = _changeable(tx, token)
    return ending.cancel(tx, account=booked.account_id, appointment=booked.id, reason=reason)


def _changeable(tx: Tx, token: tokens.AppointmentToken) -> Appointment:
    if token.kind != "action":
        raise Forbidden("change the appointment")
    return _opened(tx, token)


def _opened(tx: Tx, token: tokens.AppointmentToken) -> Appointment:
    try:
        return tokens.opened(tx, token=token)
    except Gone as gone:
        booked = appointments.get(tx, token.appointment)
        if gone.what != "replaced" or booked is None:
            raise
        raise Gone("token", "cancelled" if booked.state == "cancelled" else "moved") from None
