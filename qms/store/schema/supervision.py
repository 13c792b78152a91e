"""What supervisors say in passing: notices in the lobby, and queues that an agent serves for the time being."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata

notice = Table(
    "notice",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("branch_id"),
    Column("text", sa.Text, nullable=False),
    id_column("agent_id", nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("until", Instant, nullable=False),
    Column("ver", Integer, nullable=False, server_default="0"),
)
Index("ix_notice_until", notice.c.account_id, notice.c.until)

assignment = Table(
    "assignment",
    metadata,
    id_column("agent_id", primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("queues", Json, nullable=False),
    Column("day", String(10), nullable=False),
)
