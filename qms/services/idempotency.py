"""Answers kept by idempotency key: a repeated command gets the first one's answer, and changes nothing."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.errors import IdempotencyMismatch
from qms.store.schema.outbox import idempotency
from qms.store.tx import Tx

KEPT_FOR = timedelta(hours=24)

AT_ONCE = 200
"""So many answers are forgotten at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Kept:
    """An answer as it was given: status, headers and body text."""

    status: int
    headers: dict[str, str]
    body: str


def once(
    tx: Tx, *, scope: str, key: str, fingerprint: str, act: Callable[[Tx], Any], answer: Callable[[Any], Kept]
) -> Kept:
    """Act and keep the answer, or give the answer kept for the key; a refusal is not kept.

    Raises:
        IdempotencyMismatch: the key came with another request before.
    """
    c = idempotency.c
    where = (c.scope == scope) & (c.key == key)
    kept = tx.execute(sa.select(c.fingerprint, c.status, c.headers, c.body, c.created_at).where(where)).first()
    if kept is not None and kept.created_at > tx.machine_now - KEPT_FOR:
        if kept.fingerprint != fingerprint:
            raise IdempotencyMismatch()
        return Kept(status=kept.status, headers=kept.headers, body=kept.body)
    given = answer(act(tx))
    forget(tx)
    row = {"scope": scope, "key": key, "fingerprint": fingerprint, "created_at": tx.machine_now}
    tx.execute(idempotency.insert(), {**row, "status": given.status, "headers": given.headers, "body": given.body})
    return given


def forget(tx: Tx) -> int:
    """Drop some of the answers that are too old to be repeated; how many."""
    c = idempotency.c
    old = sa.select(c.scope, c.key).where(c.created_at <= tx.machine_now - KEPT_FOR).order_by(c.created_at)
    return tx.execute(idempotency.delete().where(sa.tuple_(c.scope, c.key).in_(old.limit(AT_ONCE)))).rowcount
