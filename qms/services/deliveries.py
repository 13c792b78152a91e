"""Deliveries as people see them: listed, with what was tried; sent again; forgotten in time."""

from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.delivery import TEST, Attempt, Delivery, DeliveryState
from qms.domain.errors import Conflict, NotFound
from qms.services.webhooks import unclaimed
from qms.store import outbox
from qms.store.schema.network import webhook as webhooks
from qms.store.schema.outbox import attempt, delivery
from qms.store.tx import Tx

KEPT_FOR = timedelta(days=30)
"""So long can one look up, and replay, what was delivered or given up."""

c = delivery.c


def list_deliveries(
    tx: Tx,
    account: str,
    *,
    state: DeliveryState | None = None,
    webhook: str | None = None,
    since: datetime | None = None,
    until: datetime | None = None,
    limit: int = 100,
) -> list[Delivery]:
    """An account's deliveries, the newest first. A webhook is named by id or key.

    Raises:
        NotFound: the account has no such webhook.
    """
    found = sa.select(delivery).where(*_chosen(tx, account, webhook=webhook, state=state, since=since, until=until))
    return tx.all(Delivery, found.order_by(c.at.desc(), c.id.desc()).limit(limit))


def list_attempts(tx: Tx, account: str, delivery_id: str) -> list[Attempt]:
    """What was tried for one delivery, in order.

    Raises:
        NotFound: the account has no such delivery.
    """
    delivery_of(tx, account, delivery_id)
    a = attempt.c
    return tx.all(Attempt, sa.select(attempt).where(a.delivery_id == delivery_id).order_by(a.at, a.number, a.id))


def send_test(tx: Tx, account: str, *, webhook: str, by: str) -> str:
    """Send a webhook the event that nothing has happened, to see whether it is heard; the delivery's id.

    Raises:
        NotFound: the account has no such webhook. Conflict: it is disabled, or its address is made of templates.
    """
    found = tx.network(account).webhooks.find(webhook)
    _active(tx, account, found.key)
    if "{{" in found.url:
        raise Conflict("webhook", "addressed by what happens: send something again instead")
    tx.note(account, by, "webhook.tested", found.id)
    return outbox.put(tx, found, TEST, {"webhook": found.key})


def replay(
    tx: Tx,
    account: str,
    *,
    delivery_id: str | None = None,
    webhook: str | None = None,
    state: DeliveryState = "dead",
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[str]:
    """Send again, under the same ids: one delivery whatever its state, or all of a webhook, state and time of event.

    What is being sent at this moment is left alone, and so is what belongs to a webhook that is not active.
    Returns the ids, oldest first.

    Raises:
        NotFound: the account has no such delivery or webhook.
        Conflict: the one delivery, or the webhook named, cannot be sent to now.
    """
    if delivery_id is not None:
        _active(tx, account, delivery_of(tx, account, delivery_id).webhook_id)
        chosen = [c.id == delivery_id]
    else:
        if webhook is not None:
            _active(tx, account, webhook)
        chosen = _chosen(tx, account, webhook=webhook, state=state, since=since, until=until)
    active = [w.id for w in tx.network(account).webhooks.values() if w.state == "active"]
    again = delivery.update().where(*chosen, c.webhook_id.in_(active), unclaimed(tx)).values(_anew(tx))
    rows = tx.execute(again.returning(c.id, c.at)).all()
    if delivery_id is not None and not rows:
        raise Conflict("delivery", "being sent")
    tx.tell("outbox")
    return [row.id for row in sorted(rows, key=lambda row: (row.at, row.id))]


def forget(tx: Tx, *, most: int = 500) -> int:
    """Remove some of what is over and older than it need be kept, with its attempts; returns how many went."""
    known = sa.select(webhooks.c.id)
    over = c.webhook_id.in_(known) & c.state.in_(("delivered", "dead", "withheld")) & (c.at < tx.now - KEPT_FOR)
    ids = list(tx.execute(sa.select(c.id).where(over).limit(most)).scalars())
    if ids:
        tx.execute(attempt.delete().where(attempt.c.delivery_id.in_(ids)))
        tx.execute(delivery.delete().where(c.id.in_(ids)))
    return len(ids)


def _chosen(
    tx: Tx,
    account: str,
    *,
    webhook: str | None,
    state: str | None,
    since: datetime | None = None,
    until: datetime | None = None,
) -> list[sa.ColumnElement[bool]]:
    chosen = [c.account_id == account]
    if webhook is not None:
        chosen.append(c.webhook_id == tx.network(account).webhooks.find(webhook).id)
    if state is not None:
        chosen.append(c.state == state)
    if since is not None:
        chosen.append(c.at >= since)
    if until is not None:
        chosen.append(c.at < until)
    return chosen


def delivery_of(tx: Tx, account: str, id: str) -> Delivery:
    """One delivery of an account.

    Raises:
        NotFound: it has no such one.
    """
    found = tx.first(Delivery, sa.select(delivery).where(c.id == id, c.account_id == account))
    if found is None:
        raise NotFound("delivery", id)
    return found


def _active(tx: Tx, account: str, webhook: str) -> None:
    if tx.network(account).webhooks.find(webhook).state != "active":
        raise Conflict("webhook", "disabled")


def _anew(tx: Tx) -> dict[str, Any]:
    fresh = {"state": "pending", "attempts": 0, "due_at": tx.now, "delivered_at": None, "claim": None}
    return {**fresh, "claimed_until": None, "last_status": None, "last_error": None}
