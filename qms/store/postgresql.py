"""Connections to PostgreSQL, straight or through a pooler that lends a server's connection for one transaction each.

So nothing is left in a session: what a transaction needs to be told is said with its BEGIN, in the same message. Only
where nobody stands between does the server keep statements that are asked again and again worded and planned.
"""

import os
import socket
from collections.abc import Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

import psycopg
import sqlalchemy as sa
from psycopg.abc import RV, PQGen
from sqlalchemy.engine import URL

from qms.store import limits
from qms.store.cursors import cursor_of
from qms.store.lookout import Lookout, Silence

SETTINGS: Mapping[str, Any] = {
    "connect_timeout": 5,
    "prepare_threshold": None,  # a pooler may hand the next transaction to another server
    "keepalives_idle": 5,
    "keepalives_interval": 2,
    "keepalives_count": 3,
    "tcp_user_timeout": 10_000,  # a busy server may take nothing for a while
}
"""How a connection is made, unless the URL says something else …"""

SHARP: Mapping[str, Any] = {"connect_timeout": 2}
"""… and one that has a limit to its patience."""

PLANNED_AFTER = 5
"""So often a connection asks a statement before the server keeps it …"""

MOST_PLANNED = 400
"""… and so many of them at most, of about 25 kB each."""

STRAIGHT = "straight"
"""What the URL's query says, `straight=no`, of a pooler that cannot be told from a server."""

PING_SECONDS = 1.5
"""How long the server may take to answer what takes no time."""


class Patient(psycopg.Connection[Any]):
    """A connection that is given up when nobody answers: a server that stands still, a line that leads nowhere."""

    seconds: float | None = None
    awaited: object | None = None

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """Wait for the server, but not for ever.

        Raises:
            Silence: no answer in time; the connection is closed.
        """
        self.awaited = gen
        try:
            return super().wait(gen, interval, timeout or self.seconds)
        except psycopg.errors._WaitTimeout as overdue:
            self.close()
            raise Silence("the server does not answer") from overdue
        finally:
            self.awaited = None

    def ping(self) -> None:
        """Ask what takes no time.

        Raises:
            psycopg.Error: it was not answered; Silence: nor was anything else.
        """
        usual, self.seconds = self.seconds, PING_SECONDS
        try:
            self.execute(";")
        finally:
            self.seconds = usual

    def cut(self) -> None:
        """End the connection under whoever waits for an answer on it, in another thread."""
        with suppress(OSError, psycopg.Error), socket.socket(fileno=os.dup(self.pgconn.socket)) as line:
            line.shutdown(socket.SHUT_RDWR)


def engine(url: URL, *, pool_size: int, reading: bool, patience: float | None, thinking: bool = False) -> sa.Engine:
    """An engine; `patience` is how many seconds a statement may take. With a limit, its lines are looked after."""
    connect, begin = _maker(url, patience), _begin(reading, thinking or reading or patience is None)
    lookout = None if patience is None else Lookout(connect)
    made = sa.create_engine(
        url,
        creator=connect if lookout is None else partial(_watched, connect, lookout),
        pool_size=pool_size,
        max_overflow=2,
        pool_timeout=limits.LOCK_SECONDS,
    )

    @sa.event.listens_for(made, "begin")
    def begun(connection: sa.Connection) -> None:
        with cursor_of(connection) as cursor:
            cursor.execute(begin)

    sa.event.listen(made, "checkout", partial(_lent, lookout))
    if lookout is not None:
        sa.event.listen(made, "engine_disposed", lambda _: lookout.end())
    return made


def _watched(connect: Callable[[], Patient], lookout: Lookout) -> Patient:
    if lookout.silent:
        raise Silence("the server does not answer anybody")
    connection = connect()
    lookout.watch(connection)
    return connection


def _lent(lookout: Lookout | None, connection: Patient, *_: object) -> None:
    """A connection is about to be used: a good one, or else another; the others in the pool may be gone like it.

    Raises:
        Silence: nobody was answered meanwhile; nor would another one be.
    """
    if lookout is not None and lookout.silent:
        raise sa.exc.InvalidatePoolError("the server does not answer anybody")
    answers = lookout.answers if lookout is not None else None
    try:
        connection.ping()
    except psycopg.Error as gone:
        if isinstance(gone, Silence) and lookout is not None and lookout.answers == answers:
            raise
        raise sa.exc.InvalidatePoolError from gone


def _maker(url: URL, patience: float | None) -> Callable[[], Patient]:
    given, named = url.get_dialect()().create_connect_args(url)
    pooled = named.pop(STRAIGHT, None) == "no"
    settings = {**SETTINGS, **({} if patience is None else SHARP), **named}

    def connected() -> Patient:
        connection = Patient.connect(*given, **settings)
        connection.seconds = patience
        connection.autocommit = True  # transactions are begun by hand
        if not pooled and _is_straight(connection):
            connection.prepare_threshold, connection.prepared_max = PLANNED_AFTER, MOST_PLANNED
        return connection

    return connected


def _is_straight(connection: Patient) -> bool:
    """Whether the process that answers is the one that let us in: a pooler makes up a number of its own."""
    (answering,) = connection.execute("SELECT pg_backend_pid()").fetchone() or (None,)
    return bool(answering == connection.info.backend_pid)


def _begin(reading: bool, thinking: bool) -> bytes:
    """How a transaction begins: it does not wait for ever, nor is it left open for ever where its process is gone."""
    begin, wait = "BEGIN ISOLATION LEVEL READ COMMITTED", {"lock_timeout": limits.LOCK_SECONDS}
    if reading:
        begin, wait = "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY", {}
    wait["idle_in_transaction_session_timeout"] = limits.THINKING_SECONDS if thinking else limits.IDLE_SECONDS
    said = [f"SET LOCAL {name} = {round(seconds * 1000)}" for name, seconds in wait.items()]
    return "; ".join([begin, *said]).encode()
