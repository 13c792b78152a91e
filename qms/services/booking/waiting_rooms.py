"""The room in which one waits for an appointment from afar: under a code that nobody can guess, until it is over."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.domain.appointment import OVER, Appointment
from qms.domain.errors import Gone, Invalid, NotFound
from qms.services import client_tokens
from qms.services.booking import ending
from qms.services.booking.finding import held
from qms.services.booking.reach import Reach, application_of, reached
from qms.services.booking.told import appointment_event
from qms.store import appointments
from qms.store.schema.reaching import waiting_room
from qms.store.tx import Tx

LASTS = timedelta(minutes=30)
"""So long after an appointment's end its room is still there."""

LETTERS = "abcdefghijklmnopqrstuvwxyz"
GROUPS, GROUP = 6, 3
"""Eighteen letters: 84 bits."""

_w = waiting_room.c


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingRoom:
    """A room, and the address of its page."""

    appointment_id: str
    code: str
    url: str
    opened_at: datetime
    expires_at: datetime


def open_room(tx: Tx, *, account: str, appointment: str, public_url: str) -> WaitingRoom:
    """Open an appointment's room: it is going on from now on. Asked again, the same room.

    Raises:
        NotFound: no such appointment. Invalid: it is over.
    """
    before = held(tx, account, appointment)
    if before.state in OVER or tx.now >= before.ends_at + LASTS:
        raise Invalid("appointment", "one that is not over")
    if (room := of_appointment(tx, before.id)) is not None:
        return room
    if tx.now >= before.ends_at:
        raise Invalid("appointment", "one that is not over")
    code = new_code()
    room = WaitingRoom(
        appointment_id=before.id,
        code=code,
        url=f"{public_url}/q/{code}",
        opened_at=tx.now,
        expires_at=before.ends_at + LASTS,
    )
    tx.insert(waiting_room, room)
    after = before if before.state == "active" else ending.activate(tx, account=account, appointment=before.id)
    appointment_event(tx, "room_opened", after, until=room.expires_at.isoformat())
    return room


def open_reached(tx: Tx, *, reach: Reach, appointment: str, public_url: str) -> WaitingRoom:
    """The same, of an appointment that the caller can reach.

    Raises:
        NotFound: he cannot. Invalid: it is over.
    """
    it = reached(tx, reach=reach, appointment=appointment)
    return open_room(tx, account=reach.account, appointment=it.id, public_url=public_url)


def of_appointment(tx: Tx, id: str) -> WaitingRoom | None:
    """The room of an appointment, if it was opened."""
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
    if it.state in OVER or tx.now >= room.expires_at:
        raise Gone("appointment", it.state if it.state in OVER else "over")
    return it


def customer_token(tx: Tx, *, code: str, secret: bytes) -> str:
    """What whoever is in a room works with: a token for that appointment only, in the role of a customer.

    Raises:
        NotFound: no room has this code. Gone: it is over, or was cancelled.
    """
    it = entered(tx, code=code)
    application = application_of(tx.network(it.account_id), it)
    until = it.ends_at + LASTS
    return client_tokens.issue_to_customer(it, application=application, expires_at=until, secret=secret, now=tx.now)


def new_code() -> str:
    """A code in groups of letters, as people can read it out."""
    return "-".join("".join(secrets.choice(LETTERS) for _ in range(GROUP)) for _ in range(GROUPS))
