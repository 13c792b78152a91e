"""What only reports need: indexes for their statements, and the rehearsals that people asked for."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata
from qms.store.schema.work import journal, session

MOVED = "name IN ('ticket.transferred','ticket.recalled')"
"""What reports count of tickets; the index holds these rows only, so that the others cost nothing."""

Index("ix_session_started", session.c.account_id, session.c.started_at)
Index(
    "ix_journal_moved",
    journal.c.entity,
    sqlite_where=sa.text(MOVED),
    postgresql_where=sa.text(MOVED),
)

rehearsal = Table(
    "rehearsal",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("agent_id", nullable=False),
    Column("kind", String(10), nullable=False),
    Column("asked", Json, nullable=False),
    Column("state", String(10), nullable=False),
    Column("passed", Integer, nullable=False),
    Column("days", Integer, nullable=False),
    Column("made_at", Instant, nullable=False),
    Column("seen_at", Instant, nullable=False),
    Column("found", Json),
    Column("reason", String(500)),
)
"""A simulation or a staffing that somebody asked for at a page. `passed` of `days` simulated days are over; `seen_at`
(machine time) is when its process last said so; `found` is the result, `reason` why there is none."""
Index("ix_rehearsal_account", rehearsal.c.account_id, rehearsal.c.kind, rehearsal.c.made_at)
