"""Values as bare rows of the driver, and the statements that write them, each worded once.

SQLAlchemy takes several times as long over a statement about one row as the database does.
"""

from collections.abc import Callable, Sequence
from dataclasses import fields
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

import msgspec
import sqlalchemy as sa

from qms.store.columns import Instant, Json, Sealed, compact, instant, micros, sealed

Convert = Callable[[Any], Any]


class Plan(NamedTuple):
    """How values of one kind become rows: their columns, what reads these fields, and where one is to be converted."""

    names: tuple[str, ...]
    fields: Callable[[Any], tuple[Any, ...]]
    converted: tuple[tuple[int, Convert], ...]


def bare_of(type_: sa.types.TypeEngine[Any]) -> Convert | None:
    """What makes a value of a column into what the driver takes; None: nothing need be done."""
    if isinstance(type_, Instant):
        return micros
    if isinstance(type_, Json):
        return compact
    return sealed if isinstance(type_, Sealed) else None


def value_of(type_: sa.types.TypeEngine[Any]) -> Convert | None:
    """What makes what the driver gives into a value of a column; None: nothing need be done."""
    if isinstance(type_, Instant):
        return instant
    if isinstance(type_, Json):
        return msgspec.json.decode
    return bool if isinstance(type_, sa.Boolean) else None


def columns(plan: Plan, values: Sequence[Any]) -> list[Sequence[Any]]:
    """The fields of values as the database has them, by column; what several have in common is converted once."""
    found: list[Sequence[Any]] = list(zip(*map(plan.fields, values), strict=True))
    for at, bare in plan.converted:
        found[at] = _converted(found[at], bare)
    return found


def _converted(column: Sequence[Any], bare: Convert) -> list[Any]:
    made, last, of_last = [], None, None
    for value in column:
        if value is not last:  # the very same: 1 and True are equal, and two things in JSON
            last, of_last = value, None if value is None else bare(value)
        made.append(of_last)
    return made


def row(table: sa.Table, value: Any) -> list[Any]:
    """A value's fields as the database has them, in the order of its plan."""
    plan = plan_of(table, value.__class__)
    return bared(list(plan.fields(value)), plan.converted)


def bared(row: list[Any], converted: Sequence[tuple[int, Convert]]) -> list[Any]:
    """A row as the driver takes it, of one as it is."""
    for at, bare in converted:
        if row[at] is not None:
            row[at] = bare(row[at])
    return row


@lru_cache
def plan_of(table: sa.Table, kind: type[Any]) -> Plan:
    """How all fields of a kind of value become a row."""
    return planned(table, tuple(field.name for field in fields(kind)))


def planned(table: sa.Table, names: tuple[str, ...]) -> Plan:
    """How these fields, of which there are several, become a row."""
    return Plan(names, attrgetter(*names), conversions(table, names))


def conversions(table: sa.Table, names: Sequence[str]) -> tuple[tuple[int, Convert], ...]:
    """Where among some columns one stands that is to be converted for the driver, and how."""
    found = ((at, bare_of(table.c[name].type)) for at, name in enumerate(names))
    return tuple((at, bare) for at, bare in found if bare is not None)


@lru_cache(maxsize=512)
def insertion(table: str, common: tuple[str, ...], own: tuple[str, ...], size: int, mark: str) -> str:
    """So many rows of bare values, added: first come the values that all rows have in common, then each row's own."""
    shared, row = ", ".join([mark] * len(common)), f"({', '.join([mark] * len(own))})"
    values = f"VALUES {', '.join([row] * size)}"
    if common:
        values = f"SELECT {shared}, own.* FROM ({values}) AS own"  # noqa: S608 - marks only
    return f"INSERT INTO {table} ({', '.join(common + own)}) {values}"


@lru_cache
def copying(table: str, columns: tuple[str, ...]) -> str:
    """Rows of bare values, as many as come, for PostgreSQL."""
    return f"COPY {table} ({', '.join(columns)}) FROM STDIN"


@lru_cache(maxsize=512)
def change(table: sa.Table, columns: tuple[str, ...], mark: str) -> tuple[str, tuple[tuple[int, Convert], ...]]:
    """Some columns of a row changed, if its `id` and its `ver` are these; and what is to be converted for that."""
    new = ", ".join(f'"{name}" = {mark}' for name in columns)
    return f"UPDATE {table.name} SET {new} WHERE id = {mark} AND ver = {mark}", conversions(table, columns)  # noqa: S608 - our own names
