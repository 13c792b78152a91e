"""Forecasts: what each queue has taught, and every wait that a person was told, with what became of it."""

import sqlalchemy as sa
from sqlalchemy import Column, Float, Index, Integer, Table

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata

forecast = Table(
    "forecast",
    metadata,
    id_column("queue_id", primary_key=True),
    id_column("branch_id", primary_key=True),
    id_column("account_id", nullable=False),
    Column("learnt", Integer, nullable=False),
    Column("model", Json, nullable=False),
    Column("learnt_at", Instant, nullable=False),
)
"""`branch_id` is empty for those who wait from afar."""

quote = Table(
    "quote",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", nullable=False),
    id_column("domain_id", nullable=False),
    id_column("queue_id", nullable=False),
    id_column("branch_id", nullable=False),
    id_column("ticket_id", nullable=False),
    Column("first", sa.Boolean, nullable=False),
    Column("at", Instant, nullable=False),
    Column("p50", Integer, nullable=False),
    Column("p90", Integer, nullable=False),
    Column("made", Json, nullable=False),
    Column("learnt", Integer, nullable=False),
    Column("settled_at", Instant),
    Column("waited_seconds", Float),
)
"""`made`: what the figures were made from (seconds, spread, features); `learnt`: how much the model had seen by then.
`waited_seconds`: from `at` until answered; none for somebody who left first."""

_q = quote.c
Index("ix_quote_ticket", _q.ticket_id, _q.at)
Index("ix_quote_account", _q.account_id, _q.settled_at)
Index(
    "ix_quote_open",
    _q.domain_id,
    _q.ticket_id,
    sqlite_where=sa.text("settled_at IS NULL"),
    postgresql_where=sa.text("settled_at IS NULL"),
)
