"""Tokens of an appointment: one to see and join it, one to move and cancel it. Signed texts, nothing is stored.

Each carries the generation of the appointment's time, which every move and every cancellation raises: so old ones are
dead, though their signature is good. Their own expiry lies far behind any use; the appointment's state decides.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import jwt

from qms.domain.appointment import COMING, OVER, Appointment
from qms.domain.derivation import derived_key
from qms.domain.errors import Gone
from qms.services.signatures import genuine
from qms.store import appointments
from qms.store.tx import Tx

Kind = Literal["access", "action"]
OUTLIVES = timedelta(days=30)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppointmentToken:
    """What a genuine token says."""

    appointment: str
    account: str
    kind: str
    generation: int


def issue(appointment: Appointment, kind: Kind, *, secret: bytes) -> str:
    """The token of an appointment as it stands: the same text whenever it is asked for."""
    claims = {
        "sub": appointment.id,
        "account": appointment.account_id,
        "kind": kind,
        "gen": appointment.token_generation,
        "exp": int((appointment.ends_at + OUTLIVES).timestamp()),
    }
    return jwt.encode(claims, _key(secret), algorithm="HS256")


def read(token: str, *, secret: bytes, now: datetime) -> AppointmentToken:
    """What a token says, if it is genuine.

    Raises:
        TokenRefused: it is none of these tokens, or long over.
    """
    claims = genuine(token, key=_key(secret), now=now)
    generation = claims.get("gen")
    return AppointmentToken(
        appointment=str(claims.get("sub")),
        account=str(claims.get("account")),
        kind=str(claims.get("kind")),
        generation=generation if isinstance(generation, int) else -1,
    )


def opened(tx: Tx, *, token: AppointmentToken) -> Appointment:
    """The appointment that a token still opens: to see until it is over, to change until it starts.

    Raises:
        Gone: it was moved or cancelled since, is over, or (to change it) has started.
    """
    appointment = meant(tx, token=token)
    if appointment.state in OVER:
        raise Gone("token", appointment.state)
    if token.kind == "action" and not (appointment.state in CHANGEABLE and tx.now < appointment.starts_at):
        raise Gone("token", "started")
    return appointment


def meant(tx: Tx, *, token: AppointmentToken) -> Appointment:
    """The appointment that a token is for, be it over or not.

    Raises:
        Gone: there is none, or it was moved or cancelled since.
    """
    appointment = appointments.get(tx, token.appointment)
    if appointment is None or appointment.account_id != token.account:
        raise Gone("token", "unknown")
    if appointment.token_generation != token.generation:
        raise Gone("token", "replaced")
    return appointment


CHANGEABLE = COMING | {"checked_in"}


def _key(secret: bytes) -> bytes:
    return derived_key(secret, "appointment token")
