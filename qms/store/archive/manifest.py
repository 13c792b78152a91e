"""What an archive says of itself: its tables with their columns, in kinds that both databases know."""

from datetime import datetime
from typing import Any, Literal

import msgspec
import sqlalchemy as sa

FORMAT = 1
"""The archives that this program writes, and the newest that it reads."""

Kind = Literal["text", "integer", "boolean", "real", "bytes"]

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


class Manifest(msgspec.Struct, frozen=True, kw_only=True):
    """What `manifest.json` says. Tables come in an order in which they can be filled.

    `taken_at` is machine time, not later than the newest row. `secret` is a fingerprint of the installation's secret.
    """

    format: int
    version: str
    revision: str
    database: Literal["sqlite", "postgresql"]
    taken_at: datetime
    secret: str | None
    tables: tuple[Content, ...]

    @property
    def rows(self) -> int:
        """How many rows there are in all tables."""
        return sum(table.rows for table in self.tables)


def shape_of(table: sa.Table) -> Shape:
    """A table of ours, as an archive tells it."""
    columns = tuple(Field(name=str(column.name), kind=_kind(column.type)) for column in table.columns)
    return Shape(name=str(table.name), columns=columns, key=tuple(str(column.name) for column in table.primary_key))


def _kind(type_: sa.types.TypeEngine[Any]) -> Kind:
    bare = type_.impl_instance if isinstance(type_, sa.types.TypeDecorator) else type_
    return next(kind for known, kind in KINDS if isinstance(bare, known))
