"""The decision log: what each pass of the distributor was given, and what it decided."""

from sqlalchemy import Column, Index, Table

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata

decision = Table(
    "decision",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", nullable=False),
    id_column("domain_id", nullable=False),
    Column("at", Instant, nullable=False),
    Column("record", Json, nullable=False),
)
Index("ix_decision_domain", decision.c.domain_id, decision.c.at)
