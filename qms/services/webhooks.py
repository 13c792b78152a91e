"""Webhooks switched off and on again, by their own answers or by people; their secrets changed."""

import base64
import secrets
from datetime import timedelta

import sqlalchemy as sa

from qms.domain.audit import OPERATOR
from qms.domain.complaint import complaint
from qms.domain.errors import Invalid
from qms.domain.event import Event
from qms.domain.network import ROLES, Webhook
from qms.services import ahead, messages
from qms.store.schema.network import webhook as webhooks
from qms.store.schema.outbox import delivery
from qms.store.tx import Tx

FAILING_FOR = timedelta(days=5)
"""After so long with nothing but failures a webhook is disabled …"""

FAILURES = 20
"""… if that many attempts were made: an endpoint that is seldom told anything is given time."""

OVERLAP = timedelta(hours=24)
"""So long the secret before counts too, unless somebody says otherwise."""

LONGEST_OVERLAP = timedelta(days=7)

TOLD = ROLES[ROLES.index("manager") :]
"""Whoever has such a role and an e-mail address is written to when a webhook disables itself."""

ITSELF = "delivery"
"""Who disables a webhook whose receiver wants it so, or is not there."""

w = webhooks.c

_WELL = "UPDATE webhook SET failing_since = NULL, failures = 0 WHERE id = :id AND failures > 0"


def disable(tx: Tx, *, account: str, webhook: str, reason: str, by: str = OPERATOR) -> None:
    """Send a webhook nothing more; what waits for it is dead, and can be replayed once it is enabled again.

    Raises:
        NotFound: the account has no such webhook, by id or key.
    """
    found = tx.network(account).webhooks.find(webhook)
    if _turn(tx, account, found.id, before="active", after="disabled", reason=reason, by=by):
        give_up(tx, found.id, "endpoint_disabled")


def switch_off(tx: Tx, *, account: str, webhook: str, reason: str) -> None:
    """Disable a webhook, known by its own id, that nobody has asked to be; the administrators are written to."""
    found = tx.network(account).webhooks.get(webhook)
    if found is not None and found.state == "active":
        disable(tx, account=account, webhook=found.key, reason=reason, by=ITSELF)
        _write_to_administrators(tx, account, found, reason)


def enable(tx: Tx, *, account: str, webhook: str, by: str = OPERATOR) -> None:
    """Send a disabled webhook what happens from now on.

    Raises:
        NotFound: the account has no such webhook, by id or key.
    """
    found = tx.network(account).webhooks.find(webhook)
    _turn(tx, account, found.id, before="disabled", after="active", reason=None, by=by)


def rotate(tx: Tx, *, account: str, webhook: str, overlap: timedelta = OVERLAP, by: str = OPERATOR) -> str:
    """Give a webhook a new secret; for so long everything is signed with the one before, too. Returns the new one.

    Raises:
        NotFound: the account has no such webhook, by id or key. Invalid: an overlap that is negative or too long.
    """
    if not timedelta() <= overlap <= LONGEST_OVERLAP:
        raise Invalid("overlap", complaint("between nothing and seven days"))
    found = tx.network(account).webhooks.find(webhook)
    secret = new_secret()
    changed = {"secret": secret, **overlapping(tx, found.secret, overlap)}
    tx.execute(webhooks.update().where(w.id == found.id).values(tx.vault.seal_row(webhooks, found.id, changed)))
    seconds = int(overlap.total_seconds())
    tx.note(account, by, "webhook.secret_changed", found.id, {"overlap_seconds": seconds})
    tx.network_changed(account)
    return secret


def overlapping(tx: Tx, before: str, overlap: timedelta = OVERLAP) -> dict[str, object]:
    """What a webhook keeps of the secret before, when it is given another one."""
    return {"previous_secret": before if overlap else None, "previous_until": tx.now + overlap}


def new_secret() -> str:
    """A secret as Standard Webhooks wants it."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def note_attempt(tx: Tx, *, account: str, webhook: str, arrived: bool) -> None:
    """Count failures since something last arrived; after too many for too long the webhook is disabled."""
    if arrived:
        tx.raw(_WELL, {"id": webhook})
        return
    worse = {"failing_since": sa.func.coalesce(w.failing_since, sa.literal(tx.now, w.failing_since.type))}
    failing = webhooks.update().where(w.id == webhook).values(failures=w.failures + 1, **worse)
    row = tx.execute(failing.returning(w.failing_since, w.failures, w.retired_at)).first()
    if row is None or row.retired_at is not None:
        return
    if row.failures >= FAILURES and tx.now - row.failing_since >= FAILING_FOR:
        switch_off(tx, account=account, webhook=webhook, reason=f"nothing arrived for {FAILING_FOR.days} days")


def give_up(tx: Tx, webhook: str, error: str) -> None:
    """What waits for a webhook is dead; attempts under way still end by themselves."""
    c = delivery.c
    waiting = (c.webhook_id == webhook) & (c.state == "pending") & unclaimed(tx)
    tx.execute(delivery.update().where(waiting).values(state="dead", last_error=error, claim=None, claimed_until=None))


def unclaimed(tx: Tx) -> sa.ColumnElement[bool]:
    """That nobody is sending a delivery now, or whoever was has been silent for too long."""
    return ahead.unclaimed(tx, delivery.c.claimed_until)


def _turn(tx: Tx, account: str, webhook: str, *, before: str, after: str, reason: str | None, by: str) -> bool:
    """Change a webhook's state, and with it the account's version, so that every process sees it."""
    turned = webhooks.update().where(w.id == webhook, w.account_id == account, w.state == before)
    anew = {"state": after, "disabled_reason": reason, "failing_since": None, "failures": 0}
    if tx.execute(turned.values(anew)).rowcount != 1:
        return False
    name = "webhook.disabled" if after == "disabled" else "webhook.enabled"
    tx.note(account, by, name, webhook, {"reason": reason})
    tx.emit(Event(name=name, at=tx.now, account_id=account, entity=webhook, data={"reason": reason}))
    tx.network_changed(account)
    return True


def _write_to_administrators(tx: Tx, account: str, webhook: Webhook, reason: str) -> None:
    text = (
        f"Nothing is sent to the webhook “{webhook.key}” any more: {reason}.\n\n"
        f"Once its receiver works again: turnero webhooks enable {webhook.key}, then turnero webhooks replay.\n"
    )
    said = {"subject": f"The webhook “{webhook.key}” was disabled", "text": text, "html": None}
    for agent in tx.network(account).agents.values():
        if agent.role in TOLD and agent.email:
            messages.put(
                tx, account=account, kind="webhook_disabled", channel="EMAIL", recipient=agent.email, data=said
            )
