"""The tables, one file per group; one schema for SQLite and PostgreSQL."""

from qms.store.schema import access, booking, network, outbox, reaching, work
from qms.store.schema.metadata import metadata

__all__ = ["access", "booking", "metadata", "network", "outbox", "reaching", "work"]
