"""Rows for every table, whatever tables there are: the widest values that a column takes, or none."""

from datetime import UTC, datetime, timedelta
from itertools import cycle
from typing import Any

import sqlalchemy as sa

from qms.store.columns import SEAL, Instant, Json, Sealed
from qms.store.schema import metadata

TEXTS = ("plain", "", "ñandú 🦤 مرحبا", "quote \" ' \\ \\N \\t", "tab\tline\nreturn\r end", "{}", "NULL", "é", "é")
JSONS: tuple[Any, ...] = ({}, [], {"b": 1, "a": [True, None, 0.1, "\u2028\\"]}, "text", 12345678901234567, False)
FLOATS = (0.0, 0.1, -33.4489, 1e300, 5e-324, 7.0)
WIDEST = {sa.Boolean: (True, False), sa.Float: FLOATS, sa.LargeBinary: (bytes(range(256)), b"")}
ROWS = 3


def fill_every_table(engine: sa.Engine) -> None:
    """Some rows in each table; what refers to another table refers to a row that is there."""
    keys: dict[str, list[Any]] = {}
    with engine.begin() as connection:
        for table in metadata.sorted_tables:
            rows = [_row(table, n, keys) for n in range(ROWS)]
            for column in table.primary_key:
                keys[f"{table.name}.{column.name}"] = [row[column.name] for row in rows]
            connection.execute(table.insert(), rows)


def _row(table: sa.Table, n: int, keys: dict[str, list[Any]]) -> dict[str, Any]:
    return {str(column.name): _value(table, column, n, at, keys) for at, column in enumerate(table.columns)}


def _value(table: sa.Table, column: sa.Column[Any], n: int, at: int, keys: dict[str, list[Any]]) -> Any:
    for foreign in column.foreign_keys:
        return keys[foreign.target_fullname][n]
    kind = column.type
    if isinstance(kind, Instant):  # ranges end after they begin, in the order in which the columns stand
        return datetime(2026, 3, 2 + n, 15, tzinfo=UTC) + timedelta(microseconds=1 + at)
    if column.nullable and (n + at) % 3 == 0:
        return None
    if isinstance(kind, Json):
        return JSONS[(n + at) % len(JSONS)]
    for widest, values in WIDEST.items():
        if isinstance(kind, widest):
            return values[(n + at) % len(values)]
    if isinstance(kind, sa.BigInteger):
        return (-(2**63), 2**63 - 1, 0)[n] if not column.primary_key else n + 2**40
    if isinstance(kind, sa.Integer):
        return (-(2**31), 2**31 - 1, 0)[n] if not column.primary_key else n
    return _text(table, column, n, at)


def _text(table: sa.Table, column: sa.Column[Any], n: int, at: int) -> str:
    """Unlike every other, since it may have to be."""
    wild = next(text for text, turn in zip(cycle(TEXTS), range(99), strict=False) if turn == n + at)
    text = f"{n}{table.name}{at}{wild}"
    length = getattr(column.type, "length", None)
    if isinstance(column.type, Sealed):
        return SEAL + text
    return text if length is None else text[:length]
