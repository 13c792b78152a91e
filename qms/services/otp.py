"""One-time codes: somebody proves that a contact is his by saying what was sent there.

A code has six digits, so it lasts ten minutes and five wrong guesses. Guessing is counted in a transaction of its own
(`guess`), which is committed whatever the guess is for is refused or not.
"""

import hashlib
import hmac
import secrets
from collections.abc import Container
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from qms.domain.contact import Channel, checked, normal
from qms.domain.errors import Invalid, NotAuthenticated, NotFound, TooManyAttempts
from qms.services import messages
from qms.store.schema.reaching import one_time_code
from qms.store.tx import Tx

Purpose = Literal["booking", "email"]

LASTS = timedelta(minutes=10)
GUESSES = 5
MOST_SENT = 5
"""So many codes go to one contact within the time that one lasts."""

KEPT_FOR = timedelta(days=1)

_o = one_time_code.c


@dataclass(frozen=True, slots=True, kw_only=True)
class OneTimeCode:
    """A code as it is kept: nobody can read it back."""

    id: str
    account_id: str | None
    purpose: Purpose
    contact: str
    code_hash: str
    created_at: datetime
    expires_at: datetime
    wrong_guesses: int = 0
    used_at: datetime | None = None

    def is_it(self, code: str, now: datetime) -> bool:
        """Whether this is the code, and may still be said."""
        right = hmac.compare_digest(self.code_hash, _hashed(self.id, code))
        return right and now < self.expires_at and self.wrong_guesses < GUESSES


def send(
    tx: Tx,
    *,
    account: str | None,
    channel: Channel,
    to: str,
    purpose: Purpose = "booking",
    locale: str | None = None,
    name: str | None = None,
    application: str | None = None,
) -> OneTimeCode:
    """Send a new code to a contact; in the name of a branch, where the queue of an application is at no other.

    Raises:
        Invalid: the channel cannot reach that. TooManyAttempts: it has been sent too many just now.
    """
    recipient = checked(to, channel, "to")
    _check_flood(tx, normal(recipient))
    code, id = f"{secrets.randbelow(1_000_000):06d}", tx.new_id()
    new = OneTimeCode(
        id=id,
        account_id=account,
        purpose=purpose,
        contact=normal(recipient),
        code_hash=_hashed(id, code),
        created_at=tx.now,
        expires_at=tx.now + LASTS,
    )
    tx.execute(one_time_code.delete().where(_o.created_at <= tx.now - KEPT_FOR))
    tx.insert(one_time_code, new)
    kind = "otp" if purpose == "booking" else "email_code"
    data = {"code": code, "name": name, "branch_id": _branch(tx, account, application)}
    messages.put(tx, account=account, kind=kind, channel=channel, recipient=recipient, data=data, locale=locale)
    return new


def _branch(tx: Tx, account: str | None, application: str | None) -> str | None:
    if account is None or application is None:
        return None
    network = tx.network(account)
    known = network.applications.get(application)
    queue = network.queues.get(known.queue_id or "") if known is not None else None
    return queue.branch_ids[0] if queue is not None and len(queue.branch_ids) == 1 else None


def guess(tx: Tx, *, id: str, code: str) -> bool:
    """Whether this is the code; a wrong guess counts. One that was right before is right again."""
    tx.execute(sa.select(_o.id).where(_o.id == id).with_for_update())  # guesses at the same instant count one by one
    found = _get(tx, id)
    if found is None:
        return False
    if found.is_it(code, tx.now):
        return True
    tx.execute(one_time_code.update().where(_o.id == id).values(wrong_guesses=_o.wrong_guesses + 1))
    return False


def verify(tx: Tx, *, id: str, code: str, to: str) -> None:
    """See that a code is the one that was sent to a contact; it can still be used.

    Raises:
        NotFound: no such code was sent. Invalid: it is another, was used, or is too old.
    """
    found = _get(tx, id)
    if found is None or found.purpose != "booking":
        raise NotFound("verification", id)
    if found.used_at is not None or found.contact != normal(to) or not found.is_it(code, tx.now):
        raise Invalid("code", "the code that was sent, in time")


def use(tx: Tx, *, id: str, code: str, account: str, contacts: Container[str]) -> str:
    """Use a code up: it proves that one of these contacts, in their normal form, is the caller's; which one.

    Raises:
        NotAuthenticated: it does not, or not any more.
    """
    found = _get(tx, id)
    if found is None or found.purpose != "booking" or found.account_id not in (None, account):
        raise NotAuthenticated("otp unknown")
    if not found.is_it(code, tx.now) or found.contact not in contacts:
        raise NotAuthenticated("otp wrong")
    unused = one_time_code.update().where(_o.id == id, _o.used_at.is_(None))
    if tx.execute(unused.values(used_at=tx.now)).rowcount != 1:
        raise NotAuthenticated("otp used")
    return found.contact


def _get(tx: Tx, id: str) -> OneTimeCode | None:
    return tx.first(OneTimeCode, sa.select(one_time_code).where(_o.id == id))


def _check_flood(tx: Tx, contact: str) -> None:
    recent = sa.select(sa.func.count(), sa.func.min(_o.created_at)).where(
        _o.contact == contact, _o.created_at > tx.now - LASTS
    )
    count, first = tx.execute(recent).one()
    if count >= MOST_SENT:
        raise TooManyAttempts((first + LASTS - tx.now).total_seconds())


def _hashed(id: str, code: str) -> str:
    return hashlib.sha256(f"{id}\0{code}".encode("utf-8", "replace")).hexdigest()
