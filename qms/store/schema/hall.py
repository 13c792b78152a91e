"""Halls: branches that some screen shows together, and the one order in which their calls are announced there."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Table

from qms.store.columns import Json, id_column
from qms.store.schema.metadata import metadata

hall = Table(
    "hall",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    Column("seq", sa.BigInteger, nullable=False),  # of its newest call
    Column("heard", Json, nullable=False),  # branch → the seq of its newest call that has its place here
)

hall_call = Table(
    "hall_call",
    metadata,
    id_column("hall_id", ForeignKey("hall.id"), primary_key=True),
    Column("seq", sa.BigInteger, primary_key=True),
    id_column("branch_id", nullable=False),
    Column("call_seq", sa.BigInteger, nullable=False),
    id_column("ticket_id", nullable=False, index=True),
)
Index("uq_hall_call", hall_call.c.hall_id, hall_call.c.branch_id, hall_call.c.call_seq, unique=True)
