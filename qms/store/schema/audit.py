"""The audit log: rows that are only ever added, in one chain per account, and where each chain ends."""

import sqlalchemy as sa
from sqlalchemy import Column, Index, String, Table

from qms.store.columns import Instant, Json, id_column
from qms.store.schema import audit_ddl
from qms.store.schema.metadata import metadata

audit = Table(
    "audit",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", nullable=False),
    Column("seq", sa.BigInteger, nullable=False),
    Column("at", Instant, nullable=False),
    Column("actor", String(200), nullable=False),
    Column("action", String(60), nullable=False),
    Column("object", String(200), nullable=False),
    Column("data", Json, nullable=False),
    Column("before", String(64), nullable=False),
    Column("hash", String(64), nullable=False),
)
Index("uq_audit_seq", audit.c.account_id, audit.c.seq, unique=True)
audit_ddl.listen(audit)

audit_head = Table(
    "audit_head",
    metadata,
    id_column("account_id", primary_key=True),
    Column("seq", sa.BigInteger, nullable=False),
    Column("hash", String(64), nullable=False),
)
