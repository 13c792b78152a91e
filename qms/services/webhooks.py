"""Webhooks switched off and on again, by their own answers or by people."""

import sqlalchemy as sa

from qms.domain.event import Event
from qms.store.schema.network import webhook as webhooks
from qms.store.schema.outbox import delivery
from qms.store.tx import Tx


def disable(tx: Tx, *, account: str, webhook: str, reason: str) -> None:
    """Send a webhook nothing more; what waits for it is dead, and can be replayed once it is enabled again."""
    if _turn(tx, account, webhook, before="active", after="disabled", reason=reason):
        give_up(tx, webhook, "endpoint_disabled")


def enable(tx: Tx, *, account: str, webhook: str) -> None:
    """Send a disabled webhook what happens from now on.

    Raises:
        NotFound: the account has no such webhook, by id or key.
    """
    found = tx.network(account).webhooks.find(webhook)
    _turn(tx, account, found.id, before="disabled", after="active", reason=None)


def give_up(tx: Tx, webhook: str, error: str) -> None:
    """What waits for a webhook is dead; attempts under way still end by themselves."""
    c = delivery.c
    waiting = (c.webhook_id == webhook) & (c.state == "pending") & unclaimed(tx)
    tx.execute(delivery.update().where(waiting).values(state="dead", last_error=error, claim=None, claimed_until=None))


def unclaimed(tx: Tx) -> sa.ColumnElement[bool]:
    """That nobody is sending a delivery now, or whoever was has been silent for too long."""
    return delivery.c.claimed_until.is_(None) | (delivery.c.claimed_until <= tx.machine_now)


def _turn(tx: Tx, account: str, webhook: str, *, before: str, after: str, reason: str | None) -> bool:
    """Change a webhook's state, and with it the account's version, so that every process sees it."""
    w = webhooks.c
    turned = webhooks.update().where(w.id == webhook, w.account_id == account, w.state == before)
    if tx.execute(turned.values(state=after, disabled_reason=reason)).rowcount != 1:
        return False
    name = "webhook.disabled" if after == "disabled" else "webhook.enabled"
    tx.emit(Event(name=name, at=tx.now, account_id=account, entity=webhook, data={"reason": reason}))
    tx.network_changed(account)
    return True
