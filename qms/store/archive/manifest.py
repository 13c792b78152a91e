"""What an archive says of itself: its tables with their columns, in kinds that both databases know."""

from datetime import date, datetime
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

FORMAT = 1
"""The archives that this program writes, and the newest that it reads."""

Kind = Literal["text", "integer", "boolean", "real", "bytes"]

Database = Literal["sqlite", "postgresql"]

KINDS: tuple[tuple[type[sa.types.TypeEngine[Any]], Kind], ...] = (
    (sa.Boolean, "boolean"),
    (sa.Integer, "integer"),
    (sa.Float, "real"),
    (sa.LargeBinary, "bytes"),
    (sa.String, "text"),
)


class Field(msgspec.Struct, frozen=True, kw_only=True):
    """A column."""

    name: str
    kind: Kind


class Shape(msgspec.Struct, frozen=True, kw_only=True):
    """A table as both databases know it; `key` orders its rows."""

    name: str
    columns: tuple[Field, ...]
    key: tuple[str, ...]


class Content(Shape, frozen=True, kw_only=True):
    """A table with what is in it: how many rows, and the SHA-256 of its lines."""

    rows: int
    sha256: str


class Day(msgspec.Struct, frozen=True, kw_only=True):
    """A day of an account: its slug and its id, the date, and which part of what went of it this is, from 1."""

    account: str
    id: str
    date: date
    part: int


class Manifest(msgspec.Struct, frozen=True, kw_only=True, omit_defaults=True):
    """What `manifest.json` says. Tables come in an order in which they can be filled.

    `taken_at` is machine time, not later than the newest row. `secret` is a fingerprint of the installation's secret.
    `day` is told where the archive is of one day only.
    """

    format: int
    version: str
    revision: str
    database: Database
    taken_at: datetime
    secret: str | None
    tables: tuple[Content, ...]
    day: Day | None = None

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(table.rows for table in self.tables)


def shape_of(table: sa.Table) -> Shape:
    """A table of ours, as an archive tells it."""
    columns = tuple(Field(name=str(column.name), kind=_kind(column)) for column in table.columns)
    return Shape(name=str(table.name), columns=columns, key=tuple(str(column.name) for column in table.primary_key))


def database_of(connection: sa.Connection) -> Database:
    """Which kind of database it is."""
    return "sqlite" if connection.dialect.name == "sqlite" else "postgresql"


def bare_type(column: sa.Column[Any]) -> sa.types.TypeEngine[Any]:
    """The type as which a column is stored."""
    kind = column.type
    return kind.impl_instance if isinstance(kind, sa.types.TypeDecorator) else kind


def _kind(column: sa.Column[Any]) -> Kind:
    return next(kind for known, kind in KINDS if isinstance(bare_type(column), known))
