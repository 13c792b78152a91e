"""Column types that read the same on both databases: instants as microseconds, JSON as text."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import msgspec
import sqlalchemy as sa
from sqlalchemy.types import TypeDecorator

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)

SEAL = "sealed:1:"
"""How a text begins that the vault has sealed."""


def micros(at: datetime) -> int:
    """Microseconds since 1970 of an aware instant."""
    return (at - _EPOCH) // _MICROSECOND


def instant(value: int) -> datetime:
    """The aware UTC instant of that many microseconds since 1970."""
    return _EPOCH + timedelta(microseconds=value)


def _plain(value: object) -> object:
    if isinstance(value, Mapping):
        return dict(value)
    raise TypeError(f"{type(value).__name__} has no JSON form")


_encode = msgspec.json.Encoder(enc_hook=_plain).encode


def compact(value: object) -> str:
    """Compact JSON text; mappings and tuples as they come."""
    return _encode(value).decode()


class Instant(TypeDecorator[datetime]):
    """An aware UTC datetime, stored as a 64-bit count of microseconds: sorted, exact and alike everywhere."""

    impl = sa.BigInteger
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> int | None:
        return None if value is None else micros(value)

    def process_result_value(self, value: int | None, dialect: sa.Dialect) -> datetime | None:
        return None if value is None else instant(value)


class Json(TypeDecorator[Any]):
    """A JSON value as text; SQL NULL is None."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: sa.Dialect) -> str | None:
        return None if value is None else compact(value)

    def process_result_value(self, value: str | None, dialect: sa.Dialect) -> Any:
        return None if value is None else msgspec.json.decode(value)


def sealed(value: str) -> str:
    """A text that the vault has sealed.

    Raises:
        ValueError: it is a plain one.
    """
    if not value.startswith(SEAL):
        raise ValueError("expected what the vault has sealed")
    return value


class Sealed(TypeDecorator[str]):
    """A secret as the vault has sealed it; a plain one is not taken by mistake."""

    impl = sa.Text
    cache_ok = True

    def process_bind_param(self, value: str | None, dialect: sa.Dialect) -> str | None:
        return None if value is None else sealed(value)


def id_column(name: str = "id", *args: Any, **kwargs: Any) -> sa.Column[str]:
    """A column for an id of 24 hex digits."""
    return sa.Column(name, sa.String(64), *args, **kwargs)
