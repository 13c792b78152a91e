"""A mirror of the database, kept outside of it: triggers write every version of every row down, plain SQL reads them.

So each statement's effect is seen, also where a transaction changes a row several times; what is rolled back never is.
"""

import json
import sqlite3
from collections.abc import Mapping
from pathlib import Path
from typing import Any, NamedTuple

KINDS = (
    "ticket",
    "offer",
    "session",
    "journal",
    "delivery",
    "call",
    "number_counter",
    "appointment",
    "claim",
    "callback",
    "idempotency",
    "quote",
    "decision",
    "routing_domain",
)
"""The tables that are watched."""

Row = Mapping[str, Any]


class Version(NamedTuple):
    """A row as a statement left it: `before` is None for a new one, `after` for one that is gone."""

    kind: str
    id: str
    before: Row | None
    after: Row | None

    @property
    def was(self) -> str | None:
        """The state before, where there was one."""
        return self.before.get("state") if self.before else None


def watch(file: Path) -> None:
    """Make the database write its history down."""
    with sqlite3.connect(file) as connection:
        connection.execute("CREATE TABLE history (n INTEGER PRIMARY KEY, kind TEXT, id TEXT, row TEXT)")
        for kind in KINDS:
            for statement in _triggers(connection, kind):
                connection.execute(statement)
    connection.close()


def _triggers(connection: sqlite3.Connection, kind: str) -> list[str]:
    columns = connection.execute(f"PRAGMA table_info({kind})").fetchall()
    names = [column[1] for column in columns]
    keys = [column[1] for column in columns if column[5]]

    def id_of(side: str) -> str:
        return " || '/' || ".join(f"{side}.{key}" for key in keys)

    pairs = ", ".join(f"'{name}', NEW.\"{name}\"" for name in names)
    row = f"json_object({pairs})"
    add = f"INSERT INTO history (kind, id, row) VALUES ('{kind}',"
    return [
        f"CREATE TRIGGER history_{kind}_insert AFTER INSERT ON {kind} BEGIN {add} {id_of('NEW')}, {row}); END",
        f"CREATE TRIGGER history_{kind}_update AFTER UPDATE ON {kind} BEGIN {add} {id_of('NEW')}, {row}); END",
        f"CREATE TRIGGER history_{kind}_delete AFTER DELETE ON {kind} BEGIN {add} {id_of('OLD')}, NULL); END",
    ]


class Mirror:
    """Every row of the watched tables as it stands, by kind and id; `lines` is what was shown last."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None, check_same_thread=False)
        self._read = 0
        self.rows: dict[str, dict[str, Row]] = {kind: {} for kind in KINDS}
        self.lines: list[str] = []
        self._pending: list[tuple[int, str, str, str | None]] = []

    def close(self) -> None:
        """Let go of the database."""
        self._connection.close()

    def peek(self) -> list[tuple[str, dict[str, Any] | None]]:
        """What has been committed since the last look, as kinds and rows; the mirror does not show it yet."""
        rows = "SELECT n, kind, id, row FROM history WHERE n > ? ORDER BY n"
        self.lines = []
        self._pending = self._connection.execute(rows, (self._read,)).fetchall()
        return [(kind, None if text is None else json.loads(text)) for _, kind, _, text in self._pending]

    def show(self, row: dict[str, Any] | None) -> Version:
        """Show the next of what was seen."""
        n, kind, id, text = self._pending[len(self.lines)]
        self._read = n
        self.lines.append(f"{kind} {id} {text}")
        rows = self.rows[kind]
        before = rows.pop(id, None)
        if row is not None:
            rows[id] = row
        return Version(kind, id, before, row)

    def differing(self) -> list[str]:
        """Where the mirror is not what the tables say: nothing, or the triggers missed something."""
        found = []
        for kind, rows in self.rows.items():
            self._connection.row_factory = sqlite3.Row
            keys = [column[1] for column in self._connection.execute(f"PRAGMA table_info({kind})") if column[5]]
            there = {
                "/".join(str(row[key]) for key in keys): dict(row)
                for row in self._connection.execute(f"SELECT * FROM {kind}")
            }
            self._connection.row_factory = None
            found += [f"{kind} {id} is otherwise" for id in rows.keys() | there.keys() if rows.get(id) != there.get(id)]
        return found
