"""The history of networks: what each was after it was changed."""

from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata

network_revision = Table(
    "network_revision",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("at", Instant, nullable=False),
    Column("by", String(200), nullable=False),
    Column("changes", Json, nullable=False),
    Column("file", Text, nullable=False),
)
Index("uq_network_revision_number", network_revision.c.account_id, network_revision.c.number, unique=True)
