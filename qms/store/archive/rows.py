"""Rows out of a table and into it, as bare values that are the same on both databases; one row in memory at a time."""

import hashlib
from base64 import b64decode
from collections.abc import Callable, Iterable, Iterator
from typing import Any

import msgspec
import sqlalchemy as sa

from qms.store.archive.manifest import Shape, bare_type
from qms.store.cursors import cursor_of

POSTGRESQL = {"text": "text", "integer": "int8", "boolean": "bool", "real": "float8", "bytes": "bytea"}

encode = msgspec.json.Encoder().encode
decode = msgspec.json.Decoder(list[Any]).decode

Change = tuple[int, Callable[[Any], Any]]


class Tally:
    """Counts and hashes the lines that go through it."""

    def __init__(self) -> None:
        self.rows = 0
        self._hash = hashlib.sha256()

    def of(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """The same lines."""
        for line in lines:
            self.rows += 1
            self._hash.update(line)
            yield line

    def exhaust(self, lines: Iterable[bytes]) -> None:
        """Take in all lines, for what they come to."""
        for _ in self.of(lines):
            pass

    @property
    def sha256(self) -> str:
        """The SHA-256 of what has gone through."""
        return self._hash.hexdigest()


def lines_of(connection: sa.Connection, shape: Shape) -> Iterator[bytes]:
    """The rows of a table in the order of its key, each as a line of JSON."""
    with cursor_of(connection) as cursor:
        if connection.dialect.name == "sqlite":
            yield from _lines(cursor.execute(_select(connection, shape)), _changes(shape, "boolean", bool))
            return
        with cursor.copy(f"COPY ({_select(connection, shape)}) TO STDOUT") as copy:
            copy.set_types([POSTGRESQL[column.kind] for column in shape.columns])
            yield from _lines(copy.rows(), [])


def lines_where(connection: sa.Connection, table: sa.Table, where: sa.ColumnElement[bool]) -> Iterator[bytes]:
    """Some rows of a table in the order of its key, each as a line of JSON."""
    columns = [sa.type_coerce(column, bare_type(column)).label(column.name) for column in table.columns]
    key = [sa.collate(one, "C") if _is_text(connection, one) else one for one in table.primary_key]
    yield from _lines(connection.execute(sa.select(*columns).where(where).order_by(*key)), [])


def fill(connection: sa.Connection, shape: Shape, lines: Iterable[bytes]) -> None:
    """Put rows that were lines into a table.

    Raises:
        sqlalchemy.exc.DBAPIError: the table cannot hold them.
    """
    rows = _rows(lines, _changes(shape, "bytes", b64decode))
    table, columns = _names(connection, shape)
    with cursor_of(connection) as cursor:
        if connection.dialect.name == "sqlite":
            places = ", ".join("?" * len(shape.columns))
            cursor.executemany(f"INSERT INTO {table} ({columns}) VALUES ({places})", rows)  # noqa: S608 - quoted names
            return
        with cursor.copy(f"COPY {table} ({columns}) FROM STDIN") as copy:
            for row in rows:
                copy.write_row(row)


def _is_text(connection: sa.Connection, column: sa.Column[Any]) -> bool:
    """Whether a column is ordered by a language, where the database has been told of one."""
    return connection.dialect.name == "postgresql" and isinstance(column.type, sa.String)


def _lines(rows: Iterable[Any], changes: list[Change]) -> Iterator[bytes]:
    for row in rows:
        yield encode(_changed(list(row), changes)) + b"\n"


def _rows(lines: Iterable[bytes], changes: list[Change]) -> Iterator[list[Any]]:
    for line in lines:
        yield _changed(decode(line), changes)


def _changed(row: list[Any], changes: list[Change]) -> list[Any]:
    for at, change in changes:
        if row[at] is not None:
            row[at] = change(row[at])
    return row


def _changes(shape: Shape, kind: str, change: Callable[[Any], Any]) -> list[Change]:
    return [(at, change) for at, column in enumerate(shape.columns) if column.kind == kind]


def _names(connection: sa.Connection, shape: Shape) -> tuple[str, str]:
    quote = connection.dialect.identifier_preparer.quote_identifier
    return quote(shape.name), ", ".join(quote(column.name) for column in shape.columns)


def _select(connection: sa.Connection, shape: Shape) -> str:
    """Texts are ordered by their bytes, whatever a PostgreSQL database has been told of languages."""
    table, columns = _names(connection, shape)
    quote = connection.dialect.identifier_preparer.quote_identifier
    kinds = {column.name: column.kind for column in shape.columns}
    bytewise = "" if connection.dialect.name == "sqlite" else ' COLLATE "C"'
    order = ", ".join(quote(name) + (bytewise if kinds[name] == "text" else "") for name in shape.key)
    return f"SELECT {columns} FROM {table} ORDER BY {order}"  # noqa: S608 - quoted names
