"""Devices that people look after: what they are told to do, what they say of themselves, and how one is paired."""

from sqlalchemy import Column, ForeignKey, Integer, LargeBinary, String, Table

from qms.store.columns import Instant, Json, id_column
from qms.store.schema.metadata import metadata

device = Table(
    "device",
    metadata,
    id_column(primary_key=True),  # of the screen or the kiosk
    id_column("account_id", ForeignKey("account.id"), nullable=False, index=True),
    Column("orders", Json, nullable=False),
    Column("report", Json, nullable=False),
    Column("seen_at", Instant),
)

pairing = Table(
    "pairing",
    metadata,
    Column("code", String(12), primary_key=True),
    Column("secret_hash", String(64), nullable=False, unique=True),
    Column("kind", String(10)),
    id_column("device_id"),
    Column("expires_at", Instant, nullable=False, index=True),
)

BRAND_SHELF = "brand"
"""Where the files lie that an account's brand is made of."""

DOTS_SHELF = "brand/dots"
"""Where its drawings lie as pictures in dots, under the same names."""

medium = Table(
    "medium",
    metadata,
    id_column("account_id", ForeignKey("account.id"), nullable=False, primary_key=True),
    Column("shelf", String(40), nullable=False, primary_key=True),
    Column("name", String(200), nullable=False, primary_key=True),
    Column("content_type", String(40), nullable=False),
    Column("size", Integer, nullable=False),
    Column("digest", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("content", LargeBinary, nullable=False),
)
