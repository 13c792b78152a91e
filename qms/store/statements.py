"""Statements: what a transaction runs on its connection, worded by SQLAlchemy or by hand."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import fields
from functools import lru_cache
from importlib import import_module
from itertools import chain
from typing import Any, TypeVar

import sqlalchemy as sa

from qms.domain.errors import Conflict
from qms.store import bare
from qms.store.cursors import cursor_of, take_time

V = TypeVar("V")
NOTHING: Mapping[str, Any] = {}

MOST_ROWS = 256
"""Rows per hand-written insertion at most. They are 256, 128, 64, …, and less than `WORTH_SHARING` at the end: so there
are few different statements per table, which the driver keeps prepared."""

WORTH_SHARING = 8
"""Of so many rows, what all have in common is given to SQLite once: three values in five of a rush's tickets, each of
which takes as long to hand over as to write."""

WORTH_COPYING = 4
"""So many rows are copied into PostgreSQL: a statement with a thousand parameters is worded anew each time."""


class Statements:
    """An open connection, on which values are read and written."""

    def __init__(self, connection: sa.Connection) -> None:
        self.connection = connection

    def take_time(self) -> None:
        """Let much be thought from here on between two statements: whoever does is not stopped."""
        take_time(self.connection)

    def execute(self, statement: sa.Executable, parameters: Any = None) -> sa.CursorResult[*tuple[Any, ...]]:
        """Run one statement."""
        return self.connection.execute(statement, parameters)

    def raw(self, statement: str, parameters: Mapping[str, Any]) -> Sequence[tuple[Any, ...]]:
        """Run one hand-written statement with `:name` parameters on the bare driver; its rows, or none."""
        with cursor_of(self.connection) as cursor:
            cursor.execute(_spelled(statement, self.connection.dialect.name), parameters)
            return cursor.fetchall() if cursor.description else ()

    def raw_of(
        self, statement: str, these: Sequence[str], more: Mapping[str, Any] = NOTHING
    ) -> Sequence[tuple[Any, ...]]:
        """Run one such statement about these, which stand where it says `{marks}`; no rows where there are none."""
        if not these:
            return ()
        # The last is asked for until there are 1, 2, 4, 8, …: so there are few statements to be planned and kept.
        these = [*these, *[these[-1]] * ((1 << (len(these) - 1).bit_length()) - len(these))]
        given = {f"this_{n}": one for n, one in enumerate(these)}
        marks = ", ".join(f":{name}" for name in given)
        return self.raw(statement.replace("{marks}", marks), {**more, **given})

    def raw_many(self, statement: str, rows: Sequence[Mapping[str, Any]]) -> None:
        """Run one hand-written statement for each of some parameters."""
        if rows:
            with cursor_of(self.connection) as cursor:
                cursor.executemany(_spelled(statement, self.connection.dialect.name), rows)

    def insert_many(self, table: str, columns: tuple[str, ...], rows: Sequence[Sequence[Any]]) -> None:
        """Add rows of bare values, many at a time: the driver lets go of the interpreter once for each time."""
        if rows:
            self._insert(table, columns, list(zip(*rows, strict=True)))

    def insert_planned(self, table: str, plan: bare.Plan, values: Sequence[Any]) -> None:
        """Add values of one kind as rows, those fields of theirs that a plan has."""
        if values:
            self._insert(table, plan.names, bare.columns(plan, values))

    def _insert(self, table: str, names: tuple[str, ...], columns: Sequence[Sequence[Any]]) -> None:
        count, sqlite = len(columns[0]), self.connection.dialect.name == "sqlite"
        with cursor_of(self.connection) as cursor:
            if count >= WORTH_COPYING and not sqlite:
                with cursor.copy(bare.copying(table, names)) as copy:
                    for row in zip(*columns, strict=True):
                        copy.write_row(row)
                return
            common, own = _split(names, columns, sqlite and count >= WORTH_SHARING)
            at = 0
            for size in _sizes(count):
                statement = bare.insertion(table, tuple(common), tuple(own), size, self._mark)
                some = zip(*(column[at : at + size] for column in own.values()), strict=True)
                cursor.execute(statement, [*common.values(), *chain.from_iterable(some)])
                at += size

    def all(self, kind: type[V], statement: sa.Executable, parameters: Any = None) -> list[V]:
        """The rows of a statement as values of one kind; its columns carry the fields' names."""
        return [kind(**row) for row in self.execute(statement, parameters).mappings()]

    def first(self, kind: type[V], statement: sa.Executable, parameters: Any = None) -> V | None:
        """The first row of a statement as a value, or None."""
        row = self.execute(statement, parameters).mappings().first()
        return None if row is None else kind(**row)

    def insert(self, table: sa.Table, *values: Any) -> None:
        """Add values of one kind as rows; their fields carry the columns' names."""
        if values:
            self.insert_planned(table.name, bare.plan_of(table, values[0].__class__), values)

    def add_unless_there(self, table: sa.Table, values: Mapping[str, Any]) -> bool:
        """Add a row unless a unique index forbids it, waiting for whoever is adding the same; whether it was added."""
        adding = _insertion_unless_there(self.connection.dialect.name)(table).values(values)
        return self.execute(adding.on_conflict_do_nothing().returning(*table.primary_key)).first() is not None

    def update(self, table: sa.Table, transitions: Sequence[tuple[Any, Any]]) -> None:
        """Write what changed of rows, from one value to another each, provided that nobody else has written them since.

        Raises:
            Conflict: somebody has.
        """
        alike: dict[tuple[str, ...], list[list[Any]]] = {}
        for before, after in transitions:
            new = {name: value for name, value in row_of(after).items() if value != getattr(before, name)}
            if new:
                alike.setdefault(tuple(new), []).append([*new.values(), before.id, before.ver])
        for names, rows in alike.items():
            statement, converted = bare.change(table, names, self._mark)
            self._write(table, statement, [bare.bared(row, converted) for row in rows])

    def _write(self, table: sa.Table, statement: str, rows: Sequence[list[Any]]) -> None:
        with cursor_of(self.connection) as cursor:
            if len(rows) == 1:
                cursor.execute(statement, rows[0])
            else:
                cursor.executemany(statement, rows)
            if cursor.rowcount != len(rows):
                raise Conflict(table.name, "changed meanwhile")

    @property
    def _mark(self) -> str:
        """How the driver spells a parameter that has no name."""
        return "?" if self.connection.dialect.name == "sqlite" else "%s"


def _sizes(count: int) -> Iterator[int]:
    """How many of so many rows go into each statement."""
    while count:
        size = min(MOST_ROWS, count if count < WORTH_SHARING else 1 << (count.bit_length() - 1))
        yield size
        count -= size


def _split(
    names: Sequence[str], columns: Sequence[Sequence[Any]], sharing: bool
) -> tuple[dict[str, Any], dict[str, Sequence[Any]]]:
    """What all rows have in common, by column, and the columns in which they differ, of which there is one at least.

    1, 1.0 and True are one value: a column of numbers makes the same of them, and no column is for several kinds.
    """
    own = dict(zip(names, columns, strict=True))
    common = {n: column[0] for n, column in own.items() if sharing and column.count(column[0]) == len(column)}
    if len(common) == len(own):
        return {}, own
    return common, {n: column for n, column in own.items() if n not in common}


def row_of(value: Any) -> dict[str, Any]:
    """A value's fields by name, as its row."""
    return {name: getattr(value, name) for name in _names(value.__class__)}


@lru_cache
def _names(kind: type[Any]) -> tuple[str, ...]:
    return tuple(f.name for f in fields(kind))


def _insertion_unless_there(dialect: str) -> Any:
    """The dialect's own `insert`, of which only one is loaded."""
    return import_module(f"sqlalchemy.dialects.{dialect}").insert


@lru_cache(maxsize=512)
def _spelled(statement: str, dialect: str) -> str:
    if dialect == "sqlite":
        return statement
    return re.sub(r"(?<![:\w]):([a-z_]\w*)", r"%(\1)s", statement.replace("%", "%%"))
