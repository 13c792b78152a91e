"""Who may come in: API keys and clients, desk logins, and what the installation itself keeps."""

import sqlalchemy as sa
from sqlalchemy import Column, ForeignKey, Integer, String, Table, Text

from qms.store.columns import Instant, Json, Sealed, id_column
from qms.store.schema.metadata import metadata

api_key = Table(
    "api_key",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("roles", Json, nullable=False),
    Column("application_id", String(100)),
    id_column("agent_id"),
    Column("secret_hash", Text),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant),
    Column("revoked_at", Instant),
    Column("label", String(100), nullable=False, server_default=""),
    Column("prefix", String(8), unique=True),
    Column("addresses", Json, nullable=False, server_default="[]"),
    Column("branches", Json, nullable=False, server_default="[]"),
    id_column("replaced_by"),
    Column("last_used_at", Instant),
)

login = Table(
    "login",
    metadata,
    id_column(primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    id_column("agent_id", nullable=False, index=True),
    Column("kind", String(20), nullable=False),
    Column("token_hash", String(64), nullable=False, unique=True),
    Column("created_at", Instant, nullable=False),
    Column("expires_at", Instant, nullable=False),
    Column("ended_at", Instant),
)

second_factor = Table(
    "second_factor",
    metadata,
    id_column("agent_id", primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
    Column("secret", Sealed, nullable=False),
    Column("confirmed_at", Instant),
    Column("last_step", sa.BigInteger, nullable=False, server_default="0"),
)

recovery_code = Table(
    "recovery_code",
    metadata,
    id_column("agent_id", primary_key=True),
    Column("code_hash", String(64), primary_key=True),
    id_column("account_id", ForeignKey("account.id"), nullable=False),
)

failed_login = Table(
    "failed_login",
    metadata,
    Column("scope", String(400), primary_key=True),
    Column("count", Integer, nullable=False),
    Column("since", Instant, nullable=False),
)

installation = Table(
    "installation",
    metadata,
    Column("name", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
