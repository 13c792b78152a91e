"""Calendars that agents keep elsewhere: the feeds, the last good copy of each, and the times at which they are busy."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from qms.store.columns import Instant, id_column
from qms.store.schema.metadata import metadata

feed = Table(
    "feed",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("agent_id", nullable=False),
    Column("url", Text, nullable=False),
    Column("etag", Text),
    Column("modified", Text),
    Column("copy", sa.LargeBinary),
    Column("unrolled", String(100)),
    Column("unrolled_until", Instant),
    Column("fetched_at", Instant),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("error", String(60)),
    Column("next_at", Instant, nullable=False),
)
Index("ix_feed_next", feed.c.next_at)

busy_time = Table(
    "busy_time",
    metadata,
    id_column("feed_id", ForeignKey("feed.id"), primary_key=True),
    Column("starts_at", Instant, primary_key=True),
    id_column("agent_id", nullable=False),
    Column("ends_at", Instant, nullable=False),
    sa.CheckConstraint("ends_at > starts_at", name="range"),
)
_b = busy_time.c
Index("ix_busy_time_agent", _b.agent_id, _b.ends_at, _b.starts_at)
