"""What must arrive: deliveries with their attempts; and answers kept for idempotency keys."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, Integer, String, Table, Text

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata

delivery = Table(
    "delivery",
    metadata,
    Column("id", String(40), primary_key=True),
    id_column("account_id", nullable=False),
    id_column("webhook_id", nullable=False),
    Column("event", String(60), nullable=False),
    Column("trace_id", String(40), nullable=False),
    id_column("entity", nullable=False),
    Column("at", Instant, nullable=False),
    Column("data", Json, nullable=False),
    Column("state", String(10), nullable=False),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", Instant, nullable=False),
    Column("claimed_until", Instant),
    Column("claim", String(40)),
    Column("delivered_at", Instant),
    Column("last_status", Integer),
    Column("last_error", String(200)),
    Column("traceparent", String(55)),
)
_PENDING = sa.text("state = 'pending'")
Index("ix_delivery_due", delivery.c.webhook_id, delivery.c.due_at, sqlite_where=_PENDING, postgresql_where=_PENDING)
Index(
    "ix_delivery_entity",
    delivery.c.webhook_id,
    delivery.c.entity,
    delivery.c.account_id,  # one column more than any other index has for that question: else SQLite takes either
    delivery.c.at,
    sqlite_where=_PENDING,
    postgresql_where=_PENDING,
)
Index("ix_delivery_webhook", delivery.c.webhook_id, delivery.c.state, delivery.c.at)

attempt = Table(
    "attempt",
    metadata,
    id_column(primary_key=True),
    Column("delivery_id", String(40), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("status", Integer),
    Column("error", String(200)),
    Column("duration_ms", Integer, nullable=False),
    Column("excerpt", Text),
)

idempotency = Table(
    "idempotency",
    metadata,
    Column("scope", String(200), primary_key=True),
    Column("key", String(255), primary_key=True),
    Column("fingerprint", String(64), nullable=False),
    Column("status", Integer),
    Column("headers", Json),
    Column("body", Text),
    Column("created_at", Instant, nullable=False),
)
Index("ix_idempotency_created", idempotency.c.created_at)
