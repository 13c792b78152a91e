"""Connections: SQLite with WAL and full synchrony, PostgreSQL through psycopg 3."""

import sqlite3
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Never

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url
from sqlalchemy.pool import QueuePool

BUSY_SECONDS = 10
"""How long a SQLite connection waits for another process's transaction."""

SQLITE: dict[str, Any] = {"timeout": BUSY_SECONDS, "check_same_thread": False, "cached_statements": 512}
"""What a SQLite connection is opened with."""

IDLE_SECONDS = 1
"""How long a PostgreSQL transaction may stand still, as that of a stopped process does, before the server ends it …"""

THINKING_SECONDS = 60
"""… unless it has said that it thinks for long, or only reads: it holds nobody up …"""

LOCK_SECONDS = 8
"""… how long another one waits for its locks before it gives up …"""

ANSWER_SECONDS = 12
"""… and how long it waits for an answer, while the server answers others: each longer than the one before."""

READING_SECONDS = 20
"""What only reads may be a report over years: that long its first rows may take."""


def driver_url(url: str) -> URL:
    """The URL with our choice of driver: `sqlite:///file`, `postgresql://…`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise ValueError(f"a database URL starts with sqlite:/// or postgresql://, not {parsed.drivername}:")


def connect(
    url: str, *, pool_size: int = 5, reading: bool = False, patience: float | None = None, thinking: bool = False
) -> sa.Engine:
    """An engine whose transactions begin when told to, and whose readers never block a writer.

    `reading`: its transactions see one snapshot and cannot write. `patience`: a PostgreSQL statement may take so many
    seconds, and a line to the server that leads nowhere is given up much sooner; tools have no end of patience.
    `thinking`: its transactions may stand still for long, as those that read, and those of tools.
    """
    parsed = driver_url(url)
    if parsed.get_backend_name() == "sqlite":
        return _sqlite(parsed, pool_size, reading)
    from qms.store import postgresql  # its driver loads slowly, and most installations have no PostgreSQL

    return postgresql.engine(parsed, pool_size=pool_size, reading=reading, patience=patience, thinking=thinking)


class _Cursor:
    """A bare cursor to enter with `with`; written out, since every statement of a day goes through it."""

    __slots__ = ("_bare", "_connection", "_cursor")

    def __init__(self, connection: sa.Connection) -> None:
        self._connection = connection

    def __enter__(self) -> Any:
        self._bare = self._connection.connection
        self._cursor = self._bare.cursor()
        return self._cursor

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: object) -> None:
        try:
            if isinstance(error, self._connection.dialect.loaded_dbapi.Error):
                self._tell(error)
        finally:
            self._cursor.close()

    def _tell(self, error: Any) -> Never:
        dialect = self._connection.dialect
        lost = dialect.is_disconnect(error, self._bare, self._cursor)
        if lost:
            self._connection.invalidate(error)
        raise sa.exc.DBAPIError.instance(
            None, None, error, dialect.loaded_dbapi.Error, connection_invalidated=lost, dialect=dialect
        ) from error


def cursor_of(connection: sa.Connection) -> _Cursor:
    """A bare cursor of the driver; what goes wrong with it is told as SQLAlchemy tells it.

    Raises:
        sqlalchemy.exc.DBAPIError: whatever the driver raised.
    """
    return _Cursor(connection)


def take_time(connection: sa.Connection) -> None:
    """Let much be thought in a transaction between two statements from here on: whoever does is not stopped."""
    if connection.dialect.name == "postgresql":
        with cursor_of(connection) as cursor:
            cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = {THINKING_SECONDS * 1000}")


@contextmanager
def taking_time(connection: sa.Connection) -> Iterator[None]:
    """Let much be thought for a while; what follows takes no longer than what went before."""
    before = None
    if connection.dialect.name == "postgresql":
        with cursor_of(connection) as cursor:
            (before,) = cursor.execute("SHOW idle_in_transaction_session_timeout").fetchone()
        take_time(connection)
    yield
    if before is not None:
        with cursor_of(connection) as cursor:
            cursor.execute("SELECT set_config('idle_in_transaction_session_timeout', %s, true)", (before,))


def is_open(connection: sa.Connection) -> bool:
    """Whether the transaction on a connection is still there, so that a savepoint in it can be gone back to."""
    if connection.invalidated or connection.closed:
        return False
    bare: Any = connection.connection.dbapi_connection
    return bool(bare.in_transaction) if connection.dialect.name == "sqlite" else not bare.closed


def _sqlite(url: URL, pool_size: int, reading: bool) -> sa.Engine:
    if url.database in (None, "", ":memory:"):
        raise ValueError("a database in memory would be another one for every connection; name a file")
    engine = sa.create_engine(
        url,
        poolclass=QueuePool,
        pool_size=pool_size,
        max_overflow=2,
        pool_timeout=BUSY_SECONDS,
        connect_args=SQLITE,
    )

    @sa.event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, _: Any) -> None:
        connection.isolation_level = None  # transactions are begun by hand: the driver's own BEGIN is deferred
        _write_ahead(connection)
        for pragma in ("synchronous=FULL", "foreign_keys=ON", "cache_size=-32000", "secure_delete=FAST"):
            connection.execute(f"PRAGMA {pragma}")
        if reading:
            connection.execute("PRAGMA query_only=ON")

    @sa.event.listens_for(engine, "begin")
    def begin(connection: sa.Connection) -> None:
        immediate = connection.get_execution_options().get("write", False)
        with cursor_of(connection) as cursor:
            cursor.execute("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Switch to the write-ahead log. SQLite does not wait for others who are switching, or using, a database."""
    tries = BUSY_SECONDS * 20
    while True:
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            tries -= 1
            if error.sqlite_errorcode & 0xFF != sqlite3.SQLITE_BUSY or tries < 0:
                raise
            time.sleep(0.05)
