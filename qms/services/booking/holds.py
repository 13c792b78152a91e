"""Holds: a start that is kept for somebody while he fills in a form. Offered to somebody is held by him."""

import hashlib
from dataclasses import dataclass, replace
from datetime import timedelta

from qms.domain.appointment import Appointment
from qms.domain.errors import Gone
from qms.domain.ids import new_secret
from qms.domain.zones import utc_text
from qms.services.booking import waiting
from qms.services.booking.freeing import free
from qms.services.booking.placing import put_down
from qms.services.booking.seating import seat
from qms.services.booking.told import appointment_event
from qms.services.booking.wishes import Wish
from qms.store import appointments
from qms.store.tx import Tx

HELD_FOR = timedelta(minutes=10)
"""As long as filling in a form may take."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """A start that is kept for whoever has the token."""

    appointment: Appointment
    token: str


def hold(tx: Tx, *, account: str, wish: Wish, lasting: timedelta = HELD_FOR, instead_of: str | None = None) -> Held:
    """Keep a start for somebody who is still filling in a form; nobody else is offered it meanwhile.

    `instead_of`: the token of his earlier hold, which is given up.

    Raises:
        NotFound: no such service, or the agent does not give it. Conflict: the start is not offered.
    """
    network = tx.network(account)
    service = network.services.find(wish.service)
    earlier = held_by(tx, account=account, token=instead_of)
    offer = waiting.offer_behind(tx, earlier, service, wish.starts_at)
    agent = seat(tx, network, service, wish.starts_at, wish.agent, without=earlier)
    if earlier is not None:
        give_up(tx, earlier, passed_up=offer is None)
    secret, until = new_secret(), tx.now + lasting
    wish = wish if offer is None else replace(wish, origin=waiting.ORIGIN)
    held = put_down(tx, network, service, agent, wish, "held", hold_expires_at=until, hold_hash=_hashed(secret))
    appointment_event(tx, "held", held, until=utc_text(until), agent=agent.id)
    kept = Held(appointment=held, token=f"{held.id}.{secret}")
    if offer is not None:
        waiting.prolong(tx, offer, held.id, kept.token, until)
    return kept


def held_by(tx: Tx, *, account: str, token: str | None) -> Appointment | None:
    """The hold that a token stands for, if it has not run out."""
    id, _, secret = (token or "").partition(".")
    held = appointments.held_by(tx, account, _hashed(secret), id) if secret else None
    return held if held is not None and held.hold_expires_at and tx.now < held.hold_expires_at else None


def let_go(tx: Tx, *, account: str, token: str) -> None:
    """Give up a hold: others may have the start.

    Raises:
        Gone: it has run out, or was given up.
    """
    held = held_by(tx, account=account, token=token)
    if held is None:
        raise Gone("hold", "expired")
    give_up(tx, held)


def give_up(tx: Tx, held: Appointment, *, passed_up: bool = True) -> None:
    """Give a hold up; `passed_up`: what it was offered for goes to the next who waits.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    after = appointments.save(tx, held, held.expire(tx.now))
    free(tx, after)
    appointment_event(tx, "expired", after, because="given up")
    if passed_up:
        waiting.given_back(tx, after, "declined")


def _hashed(secret: str) -> str:
    """A secret of 128 random bits: a plain hash of it cannot be guessed backwards."""
    return hashlib.sha256(secret.encode("utf-8", "replace")).hexdigest()
