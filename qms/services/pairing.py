"""Pairing: a device that knows nobody shows a code; whoever looks after devices types it in and says which one it is.

The device keeps a secret that nobody sees, and asks with it what it has become. A code is good for fifteen minutes of
machine time, and once.
"""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from qms.domain.errors import NotFound, Unavailable
from qms.services import fleet
from qms.services.booking.codes import ALPHABET
from qms.services.logins import hash_of
from qms.store.schema.device import pairing
from qms.store.schema.network import kiosk as kiosks
from qms.store.schema.network import screen as screens
from qms.store.tx import Tx

LASTS = timedelta(minutes=15)
LETTERS = 6
MOST = 2000
"""So many devices can wait to be paired at a time, in the whole installation."""

_c = pairing.c


@dataclass(frozen=True, slots=True, kw_only=True)
class Begun:
    """A code to be shown, and the secret that the device keeps."""

    code: str
    secret: str
    expires_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Paired:
    """What a device has become."""

    kind: Literal["screen", "kiosk"]
    token: str


def begin(tx: Tx) -> Begun:
    """Let a device wait to be paired.

    Raises:
        Unavailable: too many wait.
    """
    tx.execute(pairing.delete().where(_c.expires_at <= tx.machine_now))
    if tx.execute(sa.select(sa.func.count()).select_from(pairing)).scalar_one() >= MOST:
        raise Unavailable("too many devices wait to be paired")
    secret, expires_at = secrets.token_urlsafe(24), tx.machine_now + LASTS
    row = {"secret_hash": hash_of(secret), "expires_at": expires_at}
    while not tx.add_unless_there(pairing, {"code": (code := _code()), **row}):
        pass
    return Begun(code=code, secret=secret, expires_at=expires_at)


def outcome(tx: Tx, *, secret: str) -> Paired | None:
    """What the device with this secret has become; None while nobody has typed its code.

    Raises:
        NotFound: its code is too old, or never was.
    """
    row = tx.execute(sa.select(pairing).where(_c.secret_hash == hash_of(secret))).first()
    if row is None or row.expires_at <= tx.machine_now:
        raise NotFound("pairing", "secret")
    if row.device_id is None:
        return None
    table = screens if row.kind == "screen" else kiosks
    token = tx.execute(sa.select(table.c.token).where(table.c.id == row.device_id)).scalar()
    if token is None:
        raise NotFound(row.kind, row.device_id)
    return Paired(kind=row.kind, token=token)


def pair(tx: Tx, *, account: str, id: str, code: str) -> fleet.Device:
    """Make the device that shows a code be this screen or kiosk.

    Raises:
        NotFound: no such screen or kiosk; or no device shows this code any more.
    """
    device = fleet.get(tx, account=account, id=id)
    waiting = (_c.code == spelled(code)) & _c.device_id.is_(None) & (_c.expires_at > tx.machine_now)
    if not tx.execute(pairing.update().where(waiting).values(kind=device.kind, device_id=device.id)).rowcount:
        raise NotFound("code", code)
    return device


def spelled(code: str) -> str:
    """A code as it is kept, however it was typed."""
    return "".join(letter for letter in code.upper() if letter in ALPHABET)


def _code() -> str:
    return "".join(secrets.choice(ALPHABET) for _ in range(LETTERS))
