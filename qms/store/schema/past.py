"""What is kept of service days that are long over, so that their tickets may go."""

from sqlalchemy import Column, ForeignKey, Index, String, Table

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata
from qms.store.schema.network import account
from qms.store.schema.work import submission

past_day = Table(
    "past_day",
    metadata,
    id_column("account_id", ForeignKey(account.c.id), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("closed_at", Instant, nullable=False),
)
"""Days whose figures are complete: reports read these, and the rows of the day no more."""

past_figures = Table(
    "past_figures",
    metadata,
    id_column("account_id", ForeignKey(account.c.id), primary_key=True),
    Column("day", String(10), primary_key=True),
    Column("kind", String(10), primary_key=True),
    id_column("branch_id", primary_key=True),
    id_column("queue_id", primary_key=True),
    id_column("agent_id", primary_key=True),
    Column("figures", Json, nullable=False),
)
"""`kind` is visits, quotes or outcomes (of a queue at a branch, empty for those who wait from afar), or work (of an
agent)."""

Index("ix_submission_created", submission.c.account_id, submission.c.created_at)
