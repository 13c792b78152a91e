"""Customers and appointments: bookings, whose time they take, who takes part, and when to remind of them."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from qms.store.columns import Instant, Json, id_column
from qms.store.schema import claims_ddl
from qms.store.schema.metadata import metadata


def _index(name: str, *columns: Column[object], where: str, unique: bool = False) -> Index:
    return Index(name, *columns, unique=unique, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


customer = Table(
    "customer",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    Column("username", String(200)),
    Column("firstname", Text),
    Column("lastname", Text),
    Column("email", String(320)),
    Column("phone", String(40)),
    Column("data", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
)
Index("ix_customer_account", customer.c.account_id)

appointment = Table(
    "appointment",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    Column("application_id", String(100)),
    id_column("service_id"),
    id_column("queue_id"),
    id_column("branch_id"),
    id_column("agent_id"),
    Column("origin", String(20), nullable=False),
    Column("state", String(12), nullable=False),
    Column("title", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("wall_start", String(32), nullable=False),
    Column("wall_zone", String(64), nullable=False),
    Column("tz_version", String(20), nullable=False),
    Column("anchor", String(10), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("locale", String(20)),
    Column("hold_expires_at", Instant),
    Column("hold_hash", String(64)),
    Column("no_show_at", Instant),
    Column("code", String(20)),
    Column("token_generation", Integer, nullable=False, server_default="0"),
    Column("ver", Integer, nullable=False, server_default="0"),
    id_column("owner_id"),
    id_column("made_by"),
    id_column("customer_id"),
    id_column("ticket_id"),
    id_column("submission_id"),
    Column("end_reason", Text),
    Column("ended_at", Instant),
    Column("data", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
_a = appointment.c
_COMING = "state IN ('scheduled','confirmed')"
Index("ix_appointment_account_start", _a.account_id, _a.starts_at)
Index("ix_appointment_account_updated", _a.account_id, _a.updated_at)
Index("ix_appointment_agent_start", _a.agent_id, _a.starts_at, _a.state)
_index("uq_appointment_code", _a.account_id, _a.code, where="code IS NOT NULL", unique=True)
_index("ix_appointment_hold", _a.hold_expires_at, where="state = 'held'")
_index("ix_appointment_no_show", _a.no_show_at, where=f"no_show_at IS NOT NULL AND {_COMING}")

claim = Table(
    "claim",
    metadata,
    id_column("appointment_id", ForeignKey("appointment.id"), primary_key=True),
    id_column("agent_id", primary_key=True),
    id_column("group_id", nullable=False),
    Column("blocked_start", Instant, nullable=False),
    Column("blocked_end", Instant, nullable=False),
    Column("active", sa.Boolean, nullable=False),
    Column("overbooked", sa.Boolean, nullable=False),
    Column("expires_at", Instant),
    sa.CheckConstraint("blocked_end > blocked_start", name="range"),
)
_c = claim.c
_index("ix_claim_agent", _c.agent_id, _c.blocked_end, _c.blocked_start, where="active")
_index("ix_claim_expires", _c.expires_at, where="active AND expires_at IS NOT NULL")
claims_ddl.listen(claim)

agent_calendar = Table(
    "agent_calendar",
    metadata,
    id_column("agent_id", primary_key=True),
    Column("version", sa.BigInteger, nullable=False),
    Column("longest", sa.BigInteger, nullable=False),
)

participant = Table(
    "participant",
    metadata,
    id_column("appointment_id", ForeignKey("appointment.id"), primary_key=True),
    id_column("party_id", primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("joined_at", Instant),
)

reminder = Table(
    "reminder",
    metadata,
    id_column("appointment_id", ForeignKey("appointment.id"), primary_key=True),
    Column("generation", Integer, primary_key=True),
    Column("period", String(32), primary_key=True),
    id_column("account_id", nullable=False),
    Column("due_at", Instant, nullable=False),
    Column("fired_at", Instant),
)
_index("ix_reminder_due", reminder.c.due_at, where="fired_at IS NULL")
