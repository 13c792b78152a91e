"""What has been written to archives of days, and who is still to be taken out of them."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from qms.store.columns import Instant, Sealed, id_column
from qms.store.schema.metadata import metadata
from qms.store.schema.network import account

archived_day = Table(
    "archived_day",
    metadata,
    id_column("account_id", ForeignKey(account.c.id), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("part", Integer, primary_key=True),
    Column("file", String(200), nullable=False),
    Column("rows", sa.BigInteger, nullable=False),
    Column("archived_at", Instant, nullable=False),
    Column("dropped_at", Instant),
)
"""An archive that was read again and found whole; from `dropped_at` its rows are nowhere else."""

_KEPT = sa.text("dropped_at IS NULL")
Index(
    "ix_archived_day_kept",
    archived_day.c.account_id,
    archived_day.c.day,
    sqlite_where=_KEPT,
    postgresql_where=_KEPT,
)

erasure = Table(
    "erasure",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey(account.c.id), nullable=False, index=True),
    Column("person", Sealed),
    Column("asked_at", Instant, nullable=False),
    Column("done_at", Instant),
)
"""Somebody who was erased where there are archives; `person` says who, sealed, until he is out of them too."""
