"""Connections that fail when told to: at some statement, at the commit, and from then on for good if a process dies."""

import sqlite3
from dataclasses import dataclass
from functools import partial
from typing import Any, Literal

import sqlalchemy as sa

from qms.store.sqlite import SETTINGS

How = Literal["statement", "commit", "answer", "hiccup"]
"""A process dies at a statement, at its commit, or between commit and answer; or only one statement fails."""


@dataclass(slots=True)
class Fault:
    """What is to go wrong in the next transaction; `left`: how many statements go well before."""

    how: How | None = None
    left: int = 0
    struck: bool = False

    def plan(self, how: How, left: int = 0) -> None:
        """Let the next transaction fail."""
        self.how, self.left, self.struck = how, left, False

    def clear(self) -> None:
        """Let nothing fail."""
        self.how, self.struck = None, False

    @property
    def deadly(self) -> bool:
        """Whether the process has died of it."""
        return self.struck and self.how != "hiccup"

    def at_statement(self) -> None:
        """A statement is about to run."""
        if self.deadly and self.how != "answer":
            raise _failure()
        if self.how in ("statement", "hiccup") and not self.struck:
            self.left -= 1
            if self.left < 0:
                self.struck = True
                raise _failure()

    def at_commit(self) -> None:
        """A transaction is about to be committed."""
        if self.how in ("statement", "commit"):
            self.struck = True
            raise _failure()


def _failure() -> sqlite3.OperationalError:
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR
    return error


def expose(engine: sa.Engine, fault: Fault) -> None:
    """Let an engine's connections fail as planned; to be called before it opens the first."""

    class Cursor(sqlite3.Cursor):
        def execute(self, *args: Any) -> sqlite3.Cursor:  # type: ignore[override]
            fault.at_statement()
            return super().execute(*args)

        def executemany(self, *args: Any) -> sqlite3.Cursor:  # type: ignore[override]
            fault.at_statement()
            return super().executemany(*args)

    class Connection(sqlite3.Connection):
        def cursor(self, factory: Any = Cursor) -> Any:
            return super().cursor(factory)

        def commit(self) -> None:
            if self.in_transaction:
                fault.at_commit()
            super().commit()

    given, named = engine.dialect.create_connect_args(engine.url)
    opened: Any = partial(sqlite3.connect, *given, **{**named, **SETTINGS, "factory": Connection})
    # Not by an event of the dialect: where engines share one, each of them would get the first one's faults.
    engine.pool._creator = lambda: opened()
