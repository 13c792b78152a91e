"""A lookout: notices that lines to the database lead nowhere while somebody waits for answers on them.

How long an answer takes says nothing: a report may take long. So a line of the lookout's own is asked again and again
what takes no time. If there is silence on that, those who waited before it was asked wait for nothing, and until the
server answers again nobody need try.
"""

import threading
import weakref
from collections.abc import Callable, Mapping
from typing import Protocol

import psycopg

LOOK_SECONDS = 0.5
"""So long after an answer the server is asked again; and so often another try is made to reach one that is silent."""


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
    """Looks after lines, from the first one on until it is ended; `connect` makes its own.

    `silent`: the server did not answer, and has not been reached since. `answers`: so often it has answered.
    """

    def __init__(self, connect: Callable[[], Line]) -> None:
        self.silent = False
        self.answers = 0
        self._connect = connect
        self._lines: weakref.WeakSet[Line] = weakref.WeakSet()
        self._own: Line | None = None
        self._awaited: Mapping[Line, object] = {}
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
        with self._changing:
            if self._own is not None:
                self._own.close()
            self._own = None

    def _look(self) -> None:
        before, self._awaited = self._awaited, self._awaiting()
        if self._own is None:  # a try that leads nowhere takes longer than a look
            threading.Thread(target=self._reach, name="lookout-reaching", daemon=True).start()
        else:
            before = self._awaited
            self._ask(self._own)
        if self.silent:
            for line, awaited in before.items():
                if line.awaited is awaited:
                    line.cut()

    def _awaiting(self) -> Mapping[Line, object]:
        with self._changing:
            lines = list(self._lines)
        return {line: awaited for line in lines if (awaited := line.awaited) is not None}

    def _ask(self, line: Line) -> None:
        try:
            line.ping()
            self.answers += 1
        except psycopg.Error as error:
            self.silent = _is_silence(error)
            self._let_go()

    def _reach(self) -> None:
        try:
            line = self._connect()
            line.ping()
        except psycopg.Error as error:
            with self._changing:
                if self._own is None:
                    self.silent = _is_silence(error)
            return
        with self._changing:
            if self._own is None and not self._ended.is_set():
                self._own, self.silent = line, False
            else:
                line.close()


def _is_silence(error: psycopg.Error) -> bool:
    """One that refuses, or has hung up, is not silent: everybody hears that by himself."""
    return isinstance(error, (Silence, psycopg.errors.ConnectionTimeout))
