"""Visitors who want to be told on a device of their own when it is their turn."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata

summons = Table(
    "summons",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    id_column("ticket_id", ForeignKey("ticket.id"), nullable=False, index=True),
    Column("channel", String(10), nullable=False),
    Column("address", Text, nullable=False),
    Column("keys", Json),
    Column("places", Integer, nullable=False, server_default="0"),
    Column("locale", String(20)),
    Column("asked_at", Instant, nullable=False),
    Column("near_told_at", Instant),
    Column("stopped_at", Instant),
)
_NEAR = sa.text("places > 0 AND near_told_at IS NULL AND stopped_at IS NULL")
Index("ix_summons_near", summons.c.places, sqlite_where=_NEAR, postgresql_where=_NEAR)
