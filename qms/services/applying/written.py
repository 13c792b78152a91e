"""Many rows of one table asked for and written at once, as a whole country needs it."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby
from typing import Any

import sqlalchemy as sa

from qms.store import bare
from qms.store.tx import Tx

AT_ONCE = 1000
"""Rows that one statement is about."""

Values = dict[str, Any]
"""Columns of a row, as they are kept."""


def holders(tx: Tx, column: "sa.Column[Any]", values: Sequence[Any]) -> Iterator[Mapping[Any, Any]]:
    """The rows of the column's table that have one of these values in it."""
    for at in range(0, len(values), AT_ONCE):
        yield from tx.execute(sa.select(column.table).where(column.in_(values[at : at + AT_ONCE]))).mappings()


def add(tx: Tx, table: sa.Table, rows: Sequence[Values]) -> None:
    """Add rows, which need not all have the same columns."""
    alike: dict[tuple[str, ...], list[list[Any]]] = {}
    for row in rows:
        alike.setdefault(tuple(row), []).append(list(row.values()))
    for names, some in alike.items():
        converted = bare.conversions(table, names)
        tx.insert_many(table.name, names, [bare.bared(row, converted) for row in some])


def change(tx: Tx, table: sa.Table, changes: Sequence[tuple[str, Values]]) -> None:
    """Write what has changed, one after the other: a key that one row gives up, the next may get."""
    statement = table.update().where(table.c.id == sa.bindparam("this"))
    for _, alike in groupby(changes, lambda change: tuple(change[1])):
        tx.execute(statement, [{**values, "this": id} for id, values in alike])


def spread(tx: Tx, column: "sa.Column[Any]", values: Mapping[str, str]) -> None:
    """Write one column of many rows, each its own value, by the rows' ids."""
    pairs = list(values.items())
    for at in range(0, len(pairs), AT_ONCE):
        some = dict(enumerate(pairs[at : at + AT_ONCE]))
        marks = ", ".join(f"(:id_{n}, :value_{n})" for n in some)
        given = {f"id_{n}": id for n, (id, _) in some.items()} | {f"value_{n}": value for n, (_, value) in some.items()}
        tx.raw(_SPREAD.format(table=column.table.name, column=column.name, marks=marks), given)


_SPREAD = """WITH wanted (id, value) AS (VALUES {marks})
UPDATE {table} SET {column} = wanted.value FROM wanted WHERE {table}.id = wanted.id"""
