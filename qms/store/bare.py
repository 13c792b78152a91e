"""Values as bare rows of the driver: for what is written so often that building statements would cost most of it."""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from qms.store.columns import Instant, Json, compact, micros
from qms.store.tx import Tx

Plan = tuple[tuple[str, ...], tuple[tuple[int, Callable[[Any], Any]], ...]]


def insert(tx: Tx, table: sa.Table, values: Sequence[Any]) -> None:
    """Add values of one kind as rows; their fields carry the columns' names."""
    if values:
        names, _ = plan_of(table, values[0].__class__)
        tx.insert_many(str(table.name), names, [row(table, value) for value in values])


def row(table: sa.Table, value: Any) -> list[Any]:
    """A value's fields as the database has them, in the order of its plan."""
    names, converted = plan_of(table, value.__class__)
    found = [getattr(value, name) for name in names]
    for at, bare in converted:
        if found[at] is not None:
            found[at] = bare(found[at])
    return found


@lru_cache
def plan_of(table: sa.Table, kind: type[Any]) -> Plan:
    """The columns that a kind of value fills, and where among them an instant or JSON stands."""
    names = tuple(field.name for field in fields(kind))
    types = [table.c[name].type for name in names]
    how: list[tuple[int, Callable[[Any], Any]]] = []
    for at, type_ in enumerate(types):
        if isinstance(type_, Instant | Json):
            how.append((at, micros if isinstance(type_, Instant) else compact))
    return names, tuple(how)
