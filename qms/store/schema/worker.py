"""Who works in the background: each process that distributes, and when it was last heard of."""

from sqlalchemy import Column, String, Table

from qms.store.columns import Instant, id_column
from qms.store.schema.metadata import metadata

worker = Table(
    "worker",
    metadata,
    id_column(primary_key=True),
    Column("seat", String(300)),
    Column("seen_at", Instant, nullable=False),
)
