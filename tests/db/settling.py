"""What a network file makes of an empty database, kept: to copy it is ten times as fast as to make it."""

import sqlite3
import tempfile
from collections.abc import Callable, Hashable, Iterator
from contextlib import closing, contextmanager
from copy import deepcopy
from pathlib import Path
from typing import Any, TypeVar

import psycopg
import sqlalchemy as sa

from qms.store.schema import metadata
from qms.store.schema import network as tables
from qms.store.store import Store
from qms.store.tx import Tx

T = TypeVar("T")
Copy = Callable[[Store], None]
"""Puts what was kept into the database of another store."""

_KEPT: dict[Hashable, tuple[Any, Copy]] = {}
_OBJECTS = {
    "sqlite": "SELECT COUNT(*) FROM sqlite_master",
    "postgresql": "SELECT COUNT(*) FROM pg_class WHERE relnamespace = 'public'::regnamespace",
}


def settled(store: Store, what: Hashable, settle: Callable[[], T]) -> T:
    """Do what `settle` does to the database of a store, and answer as it does.

    Only what is done to an empty database is kept, by `what` it is and the hour at which it is done.
    """
    kind = store.engine.dialect.name
    hour = store.read(_hour_of_nothing) if store.engine.url.database else None
    if hour is None:
        return settle()
    if (kind, what, hour) not in _KEPT:
        answer = settle()
        _KEPT[kind, what, hour] = deepcopy(answer), _KEEPERS[kind](store)
        return answer
    found, copy = _KEPT[kind, what, hour]
    copy(store)
    again: T = deepcopy(found)
    return again


def _hour_of_nothing(tx: Tx) -> object | None:
    """The transaction's instant and how many tables and indexes there are, if there is no account yet."""
    if tx.execute(sa.select(tables.account.c.id).limit(1)).first() is not None:
        return None
    return tx.now, tx.execute(sa.text(_OBJECTS[tx.connection.dialect.name])).scalar_one()


def _file_of(store: Store) -> Copy:
    path = Path(str(store.engine.url.database))
    kept = Path(tempfile.mkdtemp(dir=path.parent.parent)) / "settled.db"
    _copy(path, kept)
    return lambda other: _copy(kept, str(other.engine.url.database))


def _copy(source: str | Path, target: str | Path) -> None:
    ends = sqlite3.connect(source), sqlite3.connect(target)
    try:
        ends[0].backup(ends[1])
    finally:
        for end in ends:
            end.close()


def _rows_of(store: Store) -> Copy:
    with _connected(store) as connection:
        found = {table.name: _out(connection, table.name) for table in metadata.sorted_tables}
    empty = min(map(len, found.values()))  # a header, and no row
    rows = {name: said for name, said in found.items() if len(said) > empty}

    def copy(other: Store) -> None:
        with _connected(other) as connection:
            emptied = "; ".join(f'DELETE FROM "{name}"' for name in rows)
            connection.execute(f"SET LOCAL session_replication_role = replica; {emptied}".encode())
            for name, said in rows.items():
                with connection.cursor().copy(f'COPY "{name}" FROM STDIN (FORMAT binary)'.encode()) as stream:
                    stream.write(said)

    return copy


def _out(connection: psycopg.Connection, table: str) -> bytes:
    with connection.cursor().copy(f'COPY "{table}" TO STDOUT (FORMAT binary)'.encode()) as stream:
        return b"".join(map(bytes, stream))


@contextmanager
def _connected(store: Store) -> Iterator[psycopg.Connection]:
    """A transaction on one of the store's own connections, which has to learn the tables anyhow."""
    with closing(store.engine.raw_connection()) as lent:
        connection: Any = lent.driver_connection
        with connection.transaction():
            yield connection


_KEEPERS: dict[str, Callable[[Store], Copy]] = {"sqlite": _file_of, "postgresql": _rows_of}
