"""People who wait for a place on a day that is full."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata


def _index(name: str, *columns: Column[object], where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


waitlist_entry = Table(
    "waitlist_entry",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("service_id", nullable=False),
    id_column("agent_id"),
    Column("day", String(10), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("begins_at", Instant, nullable=False),
    Column("over_at", Instant, nullable=False),
    Column("contact", String(320), nullable=False),
    Column("person", Json, nullable=False),
    Column("locale", String(20)),
    Column("link", String(64), nullable=False, unique=True),
    Column("state", String(10), nullable=False),
    Column("seq", sa.BigInteger, nullable=False),
    id_column("appointment_id"),
    Column("hold_token", Text),
    Column("offered_start", Instant),
    Column("offered_until", Instant),
    Column("passed_up", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("ended_at", Instant),
    Column("ver", Integer, nullable=False, server_default="0"),
)
_w = waitlist_entry.c
_IN_LINE = "state IN ('waiting','offered')"
_index("uq_waitlist_entry_contact", _w.service_id, _w.day, _w.contact, where=_IN_LINE, unique=True)
_index("uq_waitlist_entry_offer", _w.appointment_id, where="state = 'offered'", unique=True)
_index("ix_waitlist_entry_line", _w.account_id, _w.service_id, _w.day, _w.created_at, _w.seq, where=_IN_LINE)
_index("ix_waitlist_entry_waiting", _w.account_id, _w.over_at, where="state = 'waiting'")
_index("ix_waitlist_entry_over", _w.over_at, where=_IN_LINE)
Index("ix_waitlist_entry_account", _w.account_id)
_index("ix_waitlist_entry_offered", _w.offered_until, where="state = 'offered'")
