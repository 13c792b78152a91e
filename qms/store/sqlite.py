"""Connections to SQLite: with a write-ahead log and full synchrony, and transactions begun by hand."""

import sqlite3
import time
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL
from sqlalchemy.pool import QueuePool

from qms.store.cursors import cursor_of
from qms.store.limits import BUSY_SECONDS, THINKING_SECONDS

SETTINGS: dict[str, Any] = {"check_same_thread": False, "cached_statements": 512}
"""What a connection is opened with."""


def engine(url: URL, *, pool_size: int, reading: bool, patient: bool) -> sa.Engine:
    """An engine on a file; each of its connections writes ahead, and synchronises fully.

    `patient`: it waits longer for others than whoever has people waiting.
    """
    seconds = THINKING_SECONDS if patient else BUSY_SECONDS
    if url.database in (None, "", ":memory:"):
        raise ValueError("a database in memory would be another one for every connection; name a file")
    made = sa.create_engine(
        url,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=2,
        pool_timeout=seconds,
        connect_args={**SETTINGS, "timeout": seconds},
    )

    @sa.event.listens_for(made, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun by hand: the driver's own BEGIN is deferred
        _write_ahead(connection, seconds)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-32000", "secure_delete=FAST"):
            connection.execute(f"PRAGMA {pragma}")
        if reading:
            connection.execute("PRAGMA query_only=ON")

    @sa.event.listens_for(made, "begin")
    def begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("write", False)
        with cursor_of(connection) as cursor:
            cursor.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return made


def _write_ahead(connection: sqlite3.Connection, seconds: int) -> None:
    """Switch to the write-ahead log. SQLite does not wait for others who are switching, or using, a database."""
    tries = seconds * 20
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            tries -= 1
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or tries < 0:
                raise
            time.sleep(0.05)
