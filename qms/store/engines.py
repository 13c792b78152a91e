"""Connections: SQLite with WAL and full synchrony, PostgreSQL through psycopg 3."""

import sqlite3
from typing import Any

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import NullPool, QueuePool

BUSY_SECONDS = 10
"""How long a SQLite connection waits for another process's transaction."""

LOCK_SECONDS = 10
"""How long a PostgreSQL transaction waits for a lock before it gives up."""


def driver_url(url: str) -> URL:
    """The URL with our choice of driver: `sqlite:///file`, `postgresql://…`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise ValueError(f"a database URL starts with sqlite:/// or postgresql://, not {parsed.drivername}:")


def connect(url: str, *, pool_size: int = 5) -> sa.Engine:
    """An engine whose transactions begin when told to, and whose readers never block a writer."""
    parsed = driver_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, pool_size)
    return _postgresql(parsed, pool_size)


def _sqlite(url: URL, pool_size: int) -> sa.Engine:
    engine = sa.create_engine(
        url,
        poolclass=QueuePool if url.database not in (None, "", ":memory:") else NullPool,
        **({"pool_size": pool_size, "max_overflow": 2} if url.database not in (None, "", ":memory:") else {}),
        connect_args={"timeout": BUSY_SECONDS, "check_same_thread": False, "cached_statements": 512},
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun by hand: the driver's own BEGIN is deferred
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON", "cache_size=-32000"):
            connection.execute(f"PRAGMA {pragma}")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("write", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _postgresql(url: URL, pool_size: int) -> sa.Engine:
    return sa.create_engine(
        url,
        pool_size=pool_size,
        max_overflow=2,
        pool_pre_ping=True,
        pool_timeout=LOCK_SECONDS,
        isolation_level="READ COMMITTED",
        connect_args={
            "connect_timeout": 5,
            "prepare_threshold": None,  # a pooler between us and the server may hand the next transaction elsewhere
            "options": f"-c lock_timeout={LOCK_SECONDS}s -c idle_in_transaction_session_timeout=15s -c timezone=UTC",
        },
    )
