"""Reaching people who are not here: codes that prove a contact, messages to them, and rooms to wait in."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata

one_time_code = Table(
    "one_time_code",
    metadata,
    id_column(primary_key=True),
    id_column("account_id"),
    Column("purpose", String(20), nullable=False),
    Column("contact", String(320), nullable=False),
    Column("code_hash", String(64), nullable=False),
    Column("wrong_guesses", Integer, nullable=False, server_default="0"),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("used_at", Instant),
)
_o = one_time_code.c
Index("ix_one_time_code_contact", _o.contact, _o.created_at)
Index("ix_one_time_code_account", _o.account_id, _o.purpose, _o.created_at)

message = Table(
    "message",
    metadata,
    id_column(primary_key=True),
    id_column("account_id"),
    Column("kind", String(20), nullable=False),
    Column("channel", String(20), nullable=False),
    Column("recipient", String(320), nullable=False),
    Column("locale", String(20)),
    Column("data", Json, nullable=False),
    id_column("appointment_id"),
    Column("version", Integer),
    Column("occasion", String(40), nullable=False, server_default=""),
    Column("state", String(12), nullable=False, server_default="pending"),
    Column("rank", Integer, nullable=False, server_default="1"),
    Column("attempts", Integer, nullable=False, server_default="0"),
    Column("due_at", Instant, nullable=False),
    Column("until", Instant),
    id_column("claim"),
    Column("claimed_until", Instant),
    Column("last_error", String(200)),
    Column("created_at", Instant, nullable=False),
    Column("sent_at", Instant),
)
_m = message.c
_PENDING = sa.text("state = 'pending'")
Index("ix_message_due", _m.rank, _m.due_at, sqlite_where=_PENDING, postgresql_where=_PENDING)
Index("ix_message_account", _m.account_id, _m.created_at)
Index(
    "uq_message_once",
    *(_m.appointment_id, _m.version, _m.kind, _m.occasion, _m.channel, _m.recipient),
    unique=True,
    sqlite_where=sa.text("appointment_id IS NOT NULL"),
    postgresql_where=sa.text("appointment_id IS NOT NULL"),
)

waiting_room = Table(
    "waiting_room",
    metadata,
    id_column("appointment_id", ForeignKey("appointment.id"), primary_key=True),
    Column("code", String(40), nullable=False, unique=True),
    Column("url", Text, nullable=False),
    Column("opened_at", Instant),
    Column("expires_at", Instant, nullable=False),
)
