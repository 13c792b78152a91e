"""The tables, one file per group; one schema for SQLite and PostgreSQL."""

from qms.store.schema import (
    access,
    audit,
    booking,
    busy,
    callback,
    decision,
    device,
    forecast,
    network,
    outbox,
    personal,
    reaching,
    reporting,
    supervision,
    waitlist,
    work,
    worker,
)
from qms.store.schema.metadata import metadata

__all__ = [
    "access",
    "audit",
    "booking",
    "busy",
    "callback",
    "decision",
    "device",
    "forecast",
    "metadata",
    "network",
    "outbox",
    "personal",
    "reaching",
    "reporting",
    "supervision",
    "waitlist",
    "work",
    "worker",
]
