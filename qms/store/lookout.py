"""A lookout: notices that lines to the database lead nowhere while somebody waits for answers on them.

How long an answer takes says nothing: a report may take long. So where one is overdue, a line of the lookout's own is
asked what takes no time. If there is silence on that too, those who waited before it was asked wait for nothing.
"""

import threading
import weakref
from collections.abc import Callable
from typing import Protocol

import psycopg

LOOK_SECONDS = 0.5
"""So often it is looked who waits: what is awaited at two looks one after the other is overdue."""


class Silence(psycopg.OperationalError):
    """The server did not answer in time."""


class Line(Protocol):
    """A connection."""

    @property
    def awaited(self) -> object | None:
        """What is waited for on it, another thing each time; None: nothing."""

    def cut(self) -> None:
        """End it under whoever waits."""

    def close(self) -> None:
        """End it where nobody waits."""

    def ping(self) -> None:
        """Ask what takes no time.

        Raises:
            psycopg.Error: it was not answered; Silence: nor was anything else.
        """


class Lookout:
    """Looks after lines, from the first one on until it is ended; `connect` makes its own."""

    def __init__(self, connect: Callable[[], Line]) -> None:
        self._connect = connect
        self._lines: weakref.WeakSet[Line] = weakref.WeakSet()
        self._own: Line | None = None
        self._awaited: dict[Line, object] = {}
        self._changing = threading.Lock()
        self._ended = threading.Event()
        self._thread: threading.Thread | None = None

    def watch(self, line: Line) -> None:
        """Look after a line."""
        with self._changing:
            self._lines.add(line)
            if self._thread is None:
                self._thread = threading.Thread(target=self._run, name="lookout", daemon=True)
                self._thread.start()

    def end(self) -> None:
        """Look no more."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def _run(self) -> None:
        while not self._ended.wait(LOOK_SECONDS):
            self._look()
        self._let_go()

    def _let_go(self) -> None:
        if self._own is not None:
            self._own.close()
        self._own = None

    def _look(self) -> None:
        if self._own is None:  # in good time: one that is made when it is needed says nothing about the others
            self._silent()
        with self._changing:
            lines = list(self._lines)
        before = self._awaited
        self._awaited = {line: awaited for line in lines if (awaited := line.awaited) is not None}
        overdue = [line for line, awaited in self._awaited.items() if before.get(line) is awaited]
        if overdue and self._silent():
            for line in overdue:
                if line.awaited is self._awaited[line]:
                    line.cut()

    def _silent(self) -> bool:
        """Whether the server is silent. One that refuses, or has hung up, is not: everybody hears that by himself."""
        try:
            self._own = self._own or self._connect()
            self._own.ping()
        except psycopg.Error as error:
            self._let_go()
            return isinstance(error, (Silence, psycopg.errors.ConnectionTimeout))
        return False
