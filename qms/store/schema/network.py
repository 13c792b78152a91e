"""What is configured: accounts, routing domains, branches, queues, agents, devices. Retired rows stay for history."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Index, Integer, String, Table, Text

from qms.store.columns import Instant, Json, Sealed, id_column
from qms.store.schema.metadata import metadata


def _configured(name: str, *columns: sa.schema.SchemaItem) -> Table:
    """A table of configured things: an id, a key that is unique among those in use, and when it was retired.

    `given_id` is the id that the network file gives, where another account's file gives the same one.
    """
    return Table(
        name,
        metadata,
        id_column(primary_key=True),
        id_column("account_id", ForeignKey("account.id"), nullable=False),
        Column("key", String(200), nullable=False),
        id_column("given_id"),
        Column("rank", Integer, nullable=False, server_default="0"),
        *columns,
        Column("retired_at", Instant),
        Index(
            f"uq_{name}_key",
            "account_id",
            "key",
            unique=True,
            sqlite_where=sa.text("retired_at IS NULL"),
            postgresql_where=sa.text("retired_at IS NULL"),
        ),
    )


account = Table(
    "account",
    metadata,
    id_column(primary_key=True),
    Column("slug", String(100), nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("options", Json, nullable=False),
    Column("option_secrets", Sealed),
    Column("closures", Json, nullable=False),
    Column("holidays", Json),
    Column("brand", Json),
    Column("translations", Json, nullable=False, server_default="{}"),
    Column("absences", Json, nullable=False, server_default="[]"),
    Column("receipt_footer", Text, nullable=False, server_default=""),
    Column("languages", Json, nullable=False),
    Column("room_url", Text),
    Column("version", Integer, nullable=False, server_default="1"),
    Column("source", Text),
    Column("messages", Sealed),
    Column("meeting_url", Text),
    Column("sign_in", Sealed),
    Column("email_verified", String(320)),
    Column("email_verified_at", Instant),
)

routing_domain = Table(
    "routing_domain",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("epoch", sa.BigInteger, nullable=False, server_default="0"),
    Column("stamp", Instant, nullable=False, server_default="0"),
    id_column("worker_id"),
    Column("fence", sa.BigInteger, nullable=False, server_default="0"),
)

application = Table(
    "application",
    metadata,
    Column("id", String(100), primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    Column("key", String(200), nullable=False),
    Column("rank", Integer, nullable=False, server_default="0"),
    id_column("queue_id"),
    Column("retired_at", Instant),
)

branch = _configured(
    "branch",
    id_column("domain_id", ForeignKey("routing_domain.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("label", Text, nullable=False),
    Column("address", Text, nullable=False),
    Column("latitude", sa.Float, nullable=False),
    Column("longitude", sa.Float, nullable=False),
    Column("timezone", String(64), nullable=False),
    Column("hours", Json),
    Column("closures", Json, nullable=False),
    Column("holidays", Json),
    Column("brand", Json),
    Column("call_seq", sa.BigInteger, nullable=False, server_default="0"),
    Column("drained_on", String(10)),
)

poc = Table(
    "poc",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("branch_id", ForeignKey("branch.id"), nullable=False),
    id_column("given_id"),
    Column("key", String(200), nullable=False),
    Column("rank", Integer, nullable=False, server_default="0"),
    Column("label", Text, nullable=False),
    Column("kind", String(10), nullable=False),
    Column("token", String(64), nullable=False, unique=True),
    Column("retired_at", Instant),
    Index(
        "uq_poc_key",
        "branch_id",
        "key",
        unique=True,
        sqlite_where=sa.text("retired_at IS NULL"),
        postgresql_where=sa.text("retired_at IS NULL"),
    ),
)

queue = _configured(
    "queue",
    id_column("domain_id", ForeignKey("routing_domain.id"), nullable=False, index=True),
    Column("name", Text, nullable=False),
    Column("prefix", String(20), nullable=False),
    Column("mode", String(10), nullable=False),
    Column("call", String(10), nullable=False),
    Column("ring_seconds", Integer, nullable=False),
    Column("wrap_up_seconds", Integer, nullable=False),
    Column("decline_cooldown_seconds", Integer, nullable=False),
    Column("unstaffed", String(10), nullable=False),
    Column("target_minutes", sa.Float, nullable=False),
    Column("max_wait_minutes", sa.Float, nullable=False),
    id_column("form_id"),
    id_column("contact_form_id"),
    Column("credit_seconds", Json, nullable=False),
    Column("branch_ids", Json, nullable=False),
    Column("settings", Json, nullable=False),
)

agent = _configured(
    "agent",
    id_column("domain_id", ForeignKey("routing_domain.id"), nullable=False, index=True),
    Column("firstname", Text, nullable=False),
    Column("lastname", Text, nullable=False),
    Column("email", String(320)),
    Column("role", String(20), nullable=False),
    Column("supervises", Json, nullable=False, server_default="[]"),
    Column("password_hash", Text),
    Column("password_once", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("schedule", Json),
    Column("closures", Json, nullable=False),
    Column("calendars", Json, nullable=False, server_default="[]"),
    Column("queues", Json, nullable=False),
    Column("capacity", Integer),
)
Index("ix_agent_email", agent.c.account_id, agent.c.email)

form = _configured(
    "form",
    Column("name", Text, nullable=False),
    Column("description", Text, nullable=False),
    Column("fields", Json, nullable=False),
)

service = _configured(
    "service",
    Column("title", Text, nullable=False),
    Column("description", Text, nullable=False),
    id_column("queue_id", nullable=False),
    id_column("branch_id"),
    id_column("form_id"),
    Column("automatic", sa.Boolean, nullable=False),
    Column("agent_ids", Json, nullable=False),
    Column("rules", Json, nullable=False),
)

webhook = _configured(
    "webhook",
    Column("url", Text, nullable=False),
    Column("events", Json, nullable=False),
    Column("dialect", String(20), nullable=False),
    Column("secret", Sealed, nullable=False),
    Column("headers", Sealed, nullable=False),
    Column("state", String(20), nullable=False, server_default="active"),
    Column("disabled_reason", Text),
    Column("max_concurrency", Integer, nullable=False, server_default="4"),
    Column("ordered", sa.Boolean, nullable=False, server_default=sa.false()),
    Column("custom", Json),
    Column("secrets", Sealed),
    Column("previous_secret", Sealed),
    Column("previous_until", Instant),
    Column("failing_since", Instant),
    Column("failures", Integer, nullable=False, server_default="0"),
)

screen = _configured(
    "screen",
    id_column("branch_id", ForeignKey("branch.id"), nullable=False),
    Column("token", String(200), nullable=False, unique=True),
    Column("languages", Json, nullable=False),
    Column("settings", Json, nullable=False),
    Column("painted_seq", sa.BigInteger),
    Column("audio", String(10)),
    Column("seen_at", Instant),
)

kiosk = _configured(
    "kiosk",
    id_column("branch_id", ForeignKey("branch.id"), nullable=False),
    Column("token", String(200), nullable=False, unique=True),
    Column("queue_ids", Json, nullable=False),
    Column("languages", Json, nullable=False),
    Column("settings", Json, nullable=False),
    Column("seen_at", Instant),
)
