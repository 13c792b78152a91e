"""Instants, names and ids as this dialect spells them."""

import re
from datetime import UTC, date, datetime, timedelta

from qms.domain.ids import is_id, to_uuid

_INSTANT = re.compile(
    r"\d{4}-\d{2}-\d{2}[Tt ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:[Zz]|[+-]\d{2}(?::?\d{2})?)?", re.ASCII
)
_DATE = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_UUID = re.compile(r"[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_LOST_PLUS = re.compile(r"(T[\d:.]+) (\d{2}:?\d{2})\Z", re.IGNORECASE | re.ASCII)
YEARS = range(1971, 9000)
DAY = timedelta(days=1)
MOMENT = timedelta(microseconds=1)


def instant_text(at: datetime) -> str:
    """An instant in UTC without fraction: `2026-02-20T10:00:00Z`."""
    return f"{at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}"


def instant_of(text: str) -> datetime | None:
    """An instant in ISO 8601, to the second; without an offset it is UTC. None where it is none."""
    text = _LOST_PLUS.sub(r"\1+\2", text)  # a plus sign that nobody has encoded in a query
    if not _INSTANT.fullmatch(text):
        return None
    try:
        at = datetime.fromisoformat(text.upper())
        at = (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return at.replace(microsecond=0) if at.year in YEARS else None


def range_of(text: str) -> tuple[datetime, datetime] | None:
    """The first and the last instant of a date, in UTC, or one instant twice; None where it is neither."""
    if not _DATE.fullmatch(text):
        at = instant_of(text)
        return None if at is None else (at, at)
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    if day.year not in YEARS:
        return None
    start = datetime(day.year, day.month, day.day, tzinfo=UTC)
    return start, start + DAY - MOMENT


def is_uuid(text: str) -> bool:
    """Whether it is spelled as a UUID, of whatever version."""
    return _UUID.fullmatch(text) is not None


def spelled(id: str) -> str:
    """One of our ids as a UUID; an id of any other kind as it is."""
    return to_uuid(id) if is_id(id) else id
