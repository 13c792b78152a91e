"""The tables, one file per group; one schema for SQLite and PostgreSQL."""

from qms.store.schema import (
    access,
    booking,
    busy,
    callback,
    decision,
    forecast,
    network,
    outbox,
    reaching,
    reporting,
    waitlist,
    work,
    worker,
)
from qms.store.schema.metadata import metadata

__all__ = [
    "access",
    "booking",
    "busy",
    "callback",
    "decision",
    "forecast",
    "metadata",
    "network",
    "outbox",
    "reaching",
    "reporting",
    "waitlist",
    "work",
    "worker",
]
