"""What is done with an open connection by hand: bare cursors, and more time to think."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any, Never

import sqlalchemy as sa

from qms.store import limits


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
            cursor.execute(f"SET LOCAL idle_in_transaction_session_timeout = {limits.THINKING_SECONDS * 1000}")


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
