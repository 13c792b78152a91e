"""Customers and appointments: bookings, whose time they take, and who takes part."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata

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

appointment = Table(
    "appointment",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    Column("application_id", String(100)),
    id_column("service_id"),
    id_column("queue_id"),
    id_column("branch_id"),
    Column("origin", String(20), nullable=False),
    Column("state", String(12), nullable=False),
    Column("title", Text, nullable=False),
    Column("starts_at", Instant, nullable=False),
    Column("ends_at", Instant, nullable=False),
    Column("wall_start", String(32), nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("tz_version", String(20), nullable=False),
    Column("anchor", String(10), nullable=False),
    Column("locale", String(20)),
    Column("hold_expires_at", Instant),
    Column("code", String(20)),
    Column("token_generation", Integer, nullable=False, server_default="0"),
    Column("version", Integer, nullable=False, server_default="0"),
    id_column("owner_id"),
    id_column("customer_id"),
    id_column("ticket_id"),
    id_column("submission_id"),
    Column("data", Json, nullable=False),
    Column("created_at", Instant, nullable=False),
    Column("updated_at", Instant, nullable=False),
)
Index("ix_appointment_account_start", appointment.c.account_id, appointment.c.starts_at)
Index("ix_appointment_code", appointment.c.account_id, appointment.c.code)

claim = Table(
    "claim",
    metadata,
    id_column("appointment_id", ForeignKey("appointment.id"), primary_key=True),
    id_column("agent_id", primary_key=True),
    Column("blocked_start", Instant, nullable=False),
    Column("blocked_end", Instant, nullable=False),
    Column("active", sa.Boolean, nullable=False),
    Column("overbooked", sa.Boolean, nullable=False, server_default=sa.text("false")),
    sa.CheckConstraint("blocked_end > blocked_start", name="range"),
)
Index("ix_claim_agent", claim.c.agent_id, claim.c.blocked_end, claim.c.blocked_start)

participant = Table(
    "participant",
    metadata,
    id_column("appointment_id", ForeignKey("appointment.id"), primary_key=True),
    id_column("party_id", primary_key=True),
    Column("kind", String(10), nullable=False),
    Column("joined_at", Instant),
)
