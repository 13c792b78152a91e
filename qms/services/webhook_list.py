"""Webhooks as people see them: with how long they have been failing."""

from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa

from qms.domain.network import Webhook
from qms.store.schema.network import webhook as webhooks
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """A webhook, and since when nothing has arrived there."""

    webhook: Webhook
    failing_since: datetime | None
    failures: int


def standing(tx: Tx, *, account: str) -> list[Standing]:
    """An account's webhooks, in the order of its network file."""
    w = webhooks.c
    rows = tx.execute(sa.select(w.id, w.failing_since, w.failures).where(w.account_id == account))
    failing = {row.id: row for row in rows}
    return [
        Standing(webhook=one, failing_since=failing[one.id].failing_since, failures=failing[one.id].failures)
        for one in tx.network(account).webhooks.values()
        if one.id in failing
    ]
