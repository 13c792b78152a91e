"""The outbox as people see it: messages with what became of them; sent again; forgotten in time."""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import Conflict, NotFound
from qms.domain.message import CODES, Message, MessageState
from qms.services.messages import LASTS
from qms.store.schema.network import account
from qms.store.schema.reaching import message
from qms.store.tx import Tx

KEPT_FOR = timedelta(days=30)
"""So long can one look up what was sent, and what was not."""

AGAIN = frozenset({"dead", "stale", "unconfirmed", "sent"})
_m = message.c


def list_messages(
    tx: Tx,
    account_id: str,
    *,
    state: MessageState | None = None,
    appointment: str | None = None,
    limit: int = 100,
) -> list[Message]:
    """An account's messages, the newest first."""
    chosen = [_of(tx, account_id)]
    if state is not None:
        chosen.append(_m.state == state)
    if appointment is not None:
        chosen.append(_m.appointment_id == appointment)
    found = sa.select(message).where(*chosen).order_by(_m.created_at.desc(), _m.id.desc()).limit(limit)
    return tx.all(Message, found)


def count(tx: Tx, account_id: str) -> dict[str, int]:
    """How many messages of an account are in each state."""
    counted = sa.select(_m.state, sa.func.count()).where(_of(tx, account_id)).group_by(_m.state)
    return {state: number for state, number in tx.execute(counted)}


def send_again(tx: Tx, account_id: str, *, id: str) -> Message:
    """Send a message once more, whatever became of it; one about an appointment only if it is still so.

    Raises:
        NotFound: the account has no such message. Conflict: it is on its way, or is a code: a new one is to be asked.
    """
    before = tx.first(Message, sa.select(message).where(_m.id == id, _of(tx, account_id)))
    if before is None:
        raise NotFound("message", id)
    if before.state not in AGAIN or before.kind in CODES:
        raise Conflict("message", before.state)
    fresh: dict[str, Any] = {"state": "pending", "attempts": 0, "due_at": tx.now, "last_error": None, "sent_at": None}
    if before.appointment_id is None:
        fresh["until"] = tx.now + LASTS
    again = message.update().where(_m.id == id, _m.state == before.state)
    if tx.execute(again.values(**fresh, claim=None, claimed_until=None)).rowcount != 1:
        raise Conflict("message", "changed meanwhile")
    tx.tell("outbox")
    return before


def forget(tx: Tx, *, most: int = 500) -> int:
    """Remove some of what is over and older than it need be kept; returns how many went."""
    over = (_m.state != "pending") & (_m.created_at < tx.now - KEPT_FOR)
    ids = list(tx.execute(sa.select(_m.id).where(over).limit(most)).scalars())
    if ids:
        tx.execute(message.delete().where(_m.id.in_(ids)))
    return len(ids)


def _of(tx: Tx, account_id: str) -> sa.ColumnElement[bool]:
    """An account's messages; where it is the only one, also those in nobody's name."""
    mine = _m.account_id == account_id
    accounts = tx.raw("SELECT id FROM account LIMIT 2", {})
    return mine | _m.account_id.is_(None) if len(accounts) == 1 else mine


def in_trouble(tx: Tx) -> list[tuple[str, str, int]]:
    """What did not reach people within a day: by account and error, how many messages."""
    lately = (_m.created_at > tx.now - timedelta(days=1)) & _m.last_error.is_not(None)
    what = sa.select(account.c.slug, _m.last_error, sa.func.count()).select_from(message)
    found = (
        what.join(account, account.c.id == _m.account_id)
        .where(lately, _m.state.in_(("pending", "dead")))
        .group_by(account.c.slug, _m.last_error)
    )
    return [(slug, error, number) for slug, error, number in tx.execute(found.order_by(account.c.slug, _m.last_error))]


def shown(one: Message) -> dict[str, Any]:
    """A message as staff may see it: without what it says, which may be a secret."""
    return {
        "id": one.id,
        "kind": one.kind,
        "channel": one.channel,
        "recipient": one.recipient,
        "appointment": one.appointment_id,
        "occasion": one.occasion,
        "state": one.state,
        "attempts": one.attempts,
        "error": one.last_error,
        "created_at": one.created_at.isoformat(),
        "due_at": one.due_at.isoformat(),
        "sent_at": one.sent_at.isoformat() if one.sent_at is not None else None,
    }
