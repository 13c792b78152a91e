"""Journal and outbox rows for what happened in a transaction, written just before its commit."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from qms.domain import ids
from qms.domain.event import Event
from qms.domain.network import Network, Webhook
from qms.store.columns import compact, micros
from qms.store.tx import Tx

_JOURNAL = ("id", "account_id", "entity", "seq", "name", "at", "data")
_DELIVERY = (
    *("id", "account_id", "webhook_id", "event", "trace_id", "entity"),
    *("at", "data", "state", "due_at", "traceparent"),
)


def record(tx: Tx) -> None:
    """Write the transaction's events: each to the journal, and one delivery per webhook that wants it."""
    if not tx.events:
        return
    tx.insert_many("journal", _JOURNAL, [_journal_row(tx, n, event) for n, event in enumerate(tx.events)])
    numbered = [(n, event) for n, event in enumerate(tx.events) if event.payload is not None]
    deliveries = [row for n, event in numbered for row in _deliveries(tx, n, event)]
    if deliveries:
        tx.insert_many("delivery", _DELIVERY, deliveries)
        tx.tell("outbox")


def subscribers(tx: Tx, account: str, event: str) -> Sequence[tuple[Webhook, str]]:
    """The active webhooks that want an event, each with its own dialect's name for it; once for each of several."""
    network = tx.network(account)
    kept: Sequence[tuple[Webhook, str]] | None = network.memo.get(("subscribers", event))
    if kept is None:
        kept = network.memo["subscribers", event] = tuple(_subscribers(tx, network, event))
    return kept


def put(tx: Tx, webhook: Webhook, name: str, data: Mapping[str, Any]) -> str:
    """A delivery to one webhook that is about itself; its id."""
    event = Event(name=name, at=tx.now, account_id=webhook.account_id, entity=webhook.id, payload=data)
    row = _delivery_row(0, 0, event, webhook, name, tx.traceparent)
    tx.insert_many("delivery", _DELIVERY, [row])
    tx.tell("outbox")
    return str(row[0])


def wanted(tx: Tx, account: str, event: str) -> bool:
    """Whether anybody subscribes, so that a payload is worth making."""
    return bool(subscribers(tx, account, event))


def _subscribers(tx: Tx, network: Network, event: str) -> Iterable[tuple[Webhook, str]]:
    for webhook in network.webhooks.values():
        naming = tx.event_names.get(webhook.dialect, {}).get(event)
        if naming is not None and webhook.state == "active":
            for name in (naming,) if isinstance(naming, str) else naming(webhook, network.account):
                if "*" in webhook.events or name in webhook.events:
                    yield webhook, name


def _journal_row(tx: Tx, n: int, event: Event) -> tuple[Any, ...]:
    at = micros(event.at)
    return (tx.new_id(), event.account_id, event.entity, at * 1024 + n, event.name, at, compact(event.data))


def _deliveries(tx: Tx, n: int, event: Event) -> Iterable[tuple[Any, ...]]:
    for place, (webhook, name) in enumerate(subscribers(tx, event.account_id, event.name)):
        yield _delivery_row(n, place, event, webhook, name, tx.traceparents[n])


def _delivery_row(
    n: int, place: int, event: Event, webhook: Webhook, name: str, traceparent: str | None
) -> tuple[Any, ...]:
    at = micros(event.at)
    id = f"msg_{at:014x}{n:04x}{place:02x}{ids.random_hex(6)}"  # sorts as it happened
    trace, data = ids.random_hex(16), compact(event.payload)
    return (id, event.account_id, webhook.id, name, trace, event.entity, at, data, "pending", at, traceparent)
