"""What of an account's appointments a caller can reach, and commands on what he can."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from qms.domain.appointment import Appointment
from qms.domain.errors import NotFound
from qms.domain.network import Network
from qms.domain.participant import Attended
from qms.services.booking.finding import domains_of_appointment, found
from qms.store import participants
from qms.store.schema.booking import appointment as table
from qms.store.tx import Tx

_a = table.c
UNBOOKED = ("held", "expired")
"""What nobody has booked yet, or not any more: no face shows it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reach:
    """An account's appointments, or one application's; those that were cancelled only where `cancelled`."""

    account: str
    application: str | None = None
    cancelled: bool = True

    def where(self, network: Network) -> sa.ColumnElement[bool]:
        """The same, for a statement."""
        hidden = UNBOOKED if self.cancelled else (*UNBOOKED, "cancelled")
        within = (_a.account_id == self.account) & _a.state.not_in(hidden)
        if self.application is None:
            return within
        mine = _a.application_id == self.application
        return within & (mine | _a.application_id.is_(None) if self.application == first_application(network) else mine)

    def holds(self, network: Network, appointment: Appointment) -> bool:
        """Whether an appointment of the account is among them."""
        if appointment.state in UNBOOKED or (appointment.state == "cancelled" and not self.cancelled):
            return False
        return self.application in (None, application_of(network, appointment))


def first_application(network: Network) -> str | None:
    """The application of appointments that were made without one."""
    return next(iter(network.applications), None)


def application_of(network: Network, appointment: Appointment) -> str | None:
    """The application that an appointment belongs to."""
    return appointment.application_id or first_application(network)


def reached(tx: Tx, *, reach: Reach, appointment: str) -> Appointment:
    """The appointment with this id, if the caller can reach it.

    Raises:
        NotFound: he cannot.
    """
    it = found(tx, reach.account, appointment)
    if not reach.holds(tx.network(reach.account), it):
        raise NotFound("appointment", appointment)
    return it


def look(tx: Tx, *, reach: Reach, appointment: str) -> Attended:
    """An appointment, and who takes part in it.

    Raises:
        NotFound: the caller cannot reach it.
    """
    return attended(tx, reached(tx, reach=reach, appointment=appointment))


def attended(tx: Tx, appointment: Appointment) -> Attended:
    """An appointment with who takes part in it."""
    return Attended(appointment=appointment, parties=participants.of(tx, appointment.id))


def domains_for(tx: Tx, *, reach: Reach, appointment: str, agent: str | None = None) -> tuple[str, ...]:
    """The routing domains to hold for a command on an appointment, and on an agent (by id or key) besides.

    Raises:
        NotFound: the caller cannot reach it, or there is no such agent.
    """
    it = reached(tx, reach=reach, appointment=appointment)
    domains = set(domains_of_appointment(tx, account=reach.account, id=it.id))
    if agent is not None:
        domains.add(tx.network(reach.account).agents.find(agent).domain_id)
    return tuple(sorted(domains))


def within(tx: Tx, *, reach: Reach, appointment: str, act: Callable[..., Appointment], **arguments: Any) -> Attended:
    """Carry a command out on an appointment, if the caller can reach it; it is called with account and appointment.

    Raises:
        NotFound: the caller cannot reach it.
    """
    it = reached(tx, reach=reach, appointment=appointment)
    return attended(tx, act(tx, account=reach.account, appointment=it.id, **arguments))
