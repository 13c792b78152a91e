"""People who want to be called as soon as somebody is there."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table

from qms.store.columns import Instant, id_column
from qms.store.schema.metadata import metadata

callback = Table(
    "callback",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("branch_id", nullable=False),
    id_column("queue_id", nullable=False),
    Column("phone", String(40)),
    Column("name", String(200)),
    Column("language", String(20)),
    Column("asked_at", Instant, nullable=False),
    Column("state", String(10), nullable=False),
    id_column("ticket_id"),
    Column("ver", Integer, nullable=False, server_default="0"),
)
_WAITING = sa.text("state = 'waiting'")
_c = callback.c
Index("ix_callback_waiting", _c.queue_id, _c.asked_at, sqlite_where=_WAITING, postgresql_where=_WAITING)
Index("ix_callback_account", _c.account_id)
