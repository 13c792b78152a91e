"""Connections to PostgreSQL, straight or through a pooler that lends a server's connection for one transaction each.

So nothing is left in a session: what a transaction needs to be told is said with its BEGIN, in the same message.
"""

from collections.abc import Mapping
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.abc import RV, PQGen
from sqlalchemy.engine import URL

from qms.store import engines

SETTINGS: Mapping[str, Any] = {
    "connect_timeout": 5,
    "prepare_threshold": None,  # a pooler may hand the next transaction to another server
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,
}
"""How a connection is made, unless the URL says something else."""


class Patient(psycopg.Connection[Any]):
    """A connection that is given up when nobody answers: a server that stands still, a line that leads nowhere."""

    seconds: float | None = None

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the server, but not for ever.

        Raises:
            psycopg.OperationalError: no answer in time; the connection is closed.
        """
        try:
            return super().wait(gen, interval, timeout or self.seconds)
        except psycopg.errors._WaitTimeout as silence:
            self.close()
            raise psycopg.OperationalError("the server does not answer") from silence


def engine(url: URL, *, pool_size: int, reading: bool, patience: float | None) -> sa.Engine:
    """An engine; `patience` is how many seconds a statement may go without an answer."""
    given, named = url.get_dialect()().create_connect_args(url)

    def connected() -> Patient:
        connection = Patient.connect(*given, **{**SETTINGS, **named})
        connection.seconds = patience
        connection.autocommit = True  # transactions are begun by hand
        return connection

    made = sa.create_engine(
        url,
        creator=connected,
        pool_size=pool_size,
        max_overflow=2,
        pool_pre_ping=True,
        pool_timeout=engines.LOCK_SECONDS,
    )
    begin = _begin(reading)

    @sa.event.listens_for(made, "begin")
    def begun(connection: sa.Connection) -> None:
        with engines.cursor_of(connection) as cursor:
            cursor.execute(begin)

    return made


def _begin(reading: bool) -> bytes:
    """How a transaction begins: one that writes does not wait for ever, nor hold others up where its process stops."""
    if reading:
        return b"BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY"
    limits = {"lock_timeout": engines.LOCK_SECONDS, "idle_in_transaction_session_timeout": engines.IDLE_SECONDS}
    said = [f"SET LOCAL {name} = {round(seconds * 1000)}" for name, seconds in limits.items()]
    return "; ".join(["BEGIN ISOLATION LEVEL READ COMMITTED", *said]).encode()
