"""The room in which one waits for an appointment from afar: under a code that nobody can guess, until it is over."""

import secrets
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import NamedTuple

import sqlalchemy as sa

from qms.domain.appointment import OVER, Appointment
from qms.domain.errors import Gone, Invalid, NotFound
from qms.domain.zones import utc_text
from qms.services import client_tokens
from qms.services.booking import ending
from qms.services.booking.finding import held
from qms.services.booking.reach import Reach, application_of, reached
from qms.services.booking.told import appointment_event
from qms.services.rooms import meeting_url
from qms.store import appointments
from qms.store.schema.reaching import waiting_room
from qms.store.statements import row_of
from qms.store.tx import Tx

LASTS = timedelta(minutes=30)
"""So long after an appointment's end its room is still there."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
GROUPS, GROUP = 6, 3
"""Eighteen letters: 84 bits."""

_w = waiting_room.c


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRoom:
    """A room, and its address; before it is opened, its page says when to come."""

    appointment_id: str
    code: str
    url: str
    expires_at: datetime
    opened_at: datetime | None = None


class CustomerToken(NamedTuple):
    """A token, and how long it holds."""

    text: str
    lasts: timedelta


def open_room(tx: Tx, *, account: str, appointment: str, public_url: str) -> WaitingRoom:
    """Open an appointment's room: it is going on from now on. Asked again, the same room.

    Raises:
        NotFound: no such appointment. Invalid: it is over.
    """
    before = held(tx, account, appointment)
    if before.state in OVER or tx.now >= before.ends_at + LASTS:
        raise Invalid("appointment", "one that is not over")
    room = reserve(tx, before, public_url)
    if room.opened_at is not None:
        return room
    if tx.now >= before.ends_at:
        raise Invalid("appointment", "one that is not over")
    room = replace(room, opened_at=tx.now)
    tx.execute(waiting_room.update().where(_w.appointment_id == before.id).values(row_of(room)))
    after = before if before.state == "active" else ending.activate(tx, account=account, appointment=before.id)
    appointment_event(tx, "room_opened", after, until=utc_text(room.expires_at))
    return room


def reserve(tx: Tx, appointment: Appointment, public_url: str) -> WaitingRoom:
    """The room that an appointment has or will have, so that its address can be told before it is opened."""
    until = appointment.ends_at + LASTS
    if (room := of_appointment(tx, appointment.id)) is not None:
        return replace(room, expires_at=until)
    code, network = new_code(), tx.network(appointment.account_id)
    url = meeting_url(network, appointment, code) or f"{public_url}/q/{code}"
    room = WaitingRoom(appointment_id=appointment.id, code=code, url=url, expires_at=until)
    if not tx.add_unless_there(waiting_room, row_of(room)):
        return reserve(tx, appointment, public_url)
    return room


def open_reached(tx: Tx, *, reach: Reach, appointment: str, public_url: str) -> WaitingRoom:
    """The same, of an appointment that the caller can reach.

    Raises:
        NotFound: he cannot. Invalid: it is over.
    """
    it = reached(tx, reach=reach, appointment=appointment)
    return open_room(tx, account=reach.account, appointment=it.id, public_url=public_url)


def renew(tx: Tx, appointment: Appointment) -> None:
    """Give an appointment's room another code, if it has one; nobody comes in under the old one any more."""
    room = of_appointment(tx, appointment.id)
    if room is not None:
        code, network = new_code(), tx.network(appointment.account_id)
        url = meeting_url(network, appointment, code) or room.url.removesuffix(room.code) + code
        tx.execute(waiting_room.update().where(_w.appointment_id == appointment.id).values(code=code, url=url))


def of_appointment(tx: Tx, id: str) -> WaitingRoom | None:
    """The room of an appointment, if it has one."""
    return tx.first(WaitingRoom, sa.select(waiting_room).where(_w.appointment_id == id))


def entered(tx: Tx, *, code: str) -> Appointment:
    """The appointment whose room has this code.

    Raises:
        NotFound: no room has it. Gone: it is over, or was cancelled.
    """
    room = tx.first(WaitingRoom, sa.select(waiting_room).where(_w.code == code)) if "\0" not in code else None
    it = appointments.get(tx, room.appointment_id) if room is not None else None
    if room is None or it is None:
        raise NotFound("room", code)
    if it.state in OVER or tx.now >= it.ends_at + LASTS:
        raise Gone("appointment", it.state if it.state in OVER else "over")
    return it


def customer_token(tx: Tx, *, code: str, secret: bytes) -> CustomerToken:
    """What whoever is in a room works with: a token for that appointment only, in the role of a customer.

    Raises:
        NotFound: no room has this code. Gone: it is over, or was cancelled.
    """
    it = entered(tx, code=code)
    application, until = application_of(tx.network(it.account_id), it), it.ends_at + LASTS
    text = client_tokens.issue_to_customer(it, application=application, expires_at=until, secret=secret, now=tx.now)
    return CustomerToken(text, until - tx.now)


def new_code() -> str:
    """A code in groups of letters, as people can read it out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
