"""Attempts to deliver, written down: what came of each, and what follows from it for the delivery and its webhook."""

from collections.abc import Iterable, Sequence
from itertools import groupby, islice
from typing import Any

import sqlalchemy as sa

from qms.domain.delivery import Attempt, Dead, Delivered, Disable, Parcel, Retry, Step, Tried, Withheld
from qms.services.webhooks import note_attempt, switch_off
from qms.store.columns import micros
from qms.store.schema.outbox import attempt, delivery
from qms.store.tx import Tx

c = delivery.c

_THESE = c.id.in_(sa.bindparam("these", expanding=True))
_PENDING = sa.select(c.id, c.claim).where(c.state == sa.literal_column("'pending'"), _THESE).with_for_update()

_FINISH = """UPDATE delivery SET state = :state, attempts = :attempts, due_at = :due, delivered_at = :delivered,
last_status = :status, last_error = :error, claim = NULL, claimed_until = NULL WHERE id = :id"""


def finish(tx: Tx, tried: Sequence[Tried]) -> list[bool]:
    """Write down attempts and what follows from each; False for one whose claim was lost meanwhile."""
    asked = {"these": [one.parcel.delivery.id for one in tried]}
    holding = {tuple(row) for row in tx.execute(_PENDING, asked)}
    found = [(one.parcel.delivery.id, one.parcel.delivery.claim) in holding for one in tried]
    ours = [one for one, held in zip(tried, found, strict=True) if held]
    tx.raw_many(_FINISH, [_finished(tx, one) for one in ours])
    tx.insert(attempt, *(_attempt(tx, one) for one in ours if not isinstance(one.step, Withheld)))
    for (account, webhook), alike in groupby(ours, key=lambda one: _whose(one.parcel)):
        _note(tx, account, webhook, [one.step for one in alike if not isinstance(one.step, Withheld)])
    return found


def _whose(parcel: Parcel) -> tuple[str, str]:
    return parcel.delivery.account_id, parcel.delivery.webhook_id


def _note(tx: Tx, account: str, webhook: str, steps: Iterable[Step]) -> None:
    """What a webhook's attempts say of it, in their order; of those that arrive in a row one says enough."""
    for kind, alike in groupby(steps, key=type):
        for step in islice(alike, 1 if kind is Delivered else None):
            if isinstance(step, Disable):
                switch_off(tx, account=account, webhook=webhook, reason=step.reason)
            else:
                note_attempt(tx, account=account, webhook=webhook, arrived=isinstance(step, Delivered))


def _finished(tx: Tx, tried: Tried) -> dict[str, Any]:
    """A delivery's row after an attempt."""
    before, after = tried.parcel.delivery, _after(tx, tried.step)
    return {
        "id": before.id,
        "state": after.get("state", before.state),
        "attempts": before.attempts + (not isinstance(tried.step, Withheld)),
        "due": micros(after.get("due_at", before.due_at)),
        "delivered": micros(after["delivered_at"]) if "delivered_at" in after else None,
        "status": tried.outcome.status,
        "error": _error(tried),
    }


def _after(tx: Tx, step: Step) -> dict[str, Any]:
    match step:
        case Delivered():
            return {"state": "delivered", "delivered_at": tx.now}
        case Retry(after):
            return {"due_at": tx.now + after}
        case Withheld():
            return {"state": "withheld"}
        case Dead() | Disable():
            return {"state": "dead"}


def _error(tried: Tried) -> str | None:
    return None if isinstance(tried.step, Delivered | Withheld) else tried.outcome.error


def _attempt(tx: Tx, tried: Tried) -> Attempt:
    return Attempt(
        id=tx.new_id(),
        delivery_id=tried.parcel.delivery.id,
        number=tried.parcel.attempt_number,
        at=tried.parcel.at,
        status=tried.outcome.status,
        error=_error(tried),
        duration_ms=tried.outcome.duration_ms,
        excerpt=tried.outcome.excerpt,
    )
