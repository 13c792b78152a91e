"""Time zones by IANA name, always from the pinned `tzdata` package and never from the system's copy.

A system's database may be years old, and two servers with different copies would disagree about when a branch opens.
"""

import re
import zoneinfo
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import cache, lru_cache
from importlib import metadata, resources
from zoneinfo import ZoneInfo

zoneinfo.reset_tzpath(to=())
ZoneInfo.clear_cache()  # what was loaded before this line came from the system

_PROBE = timedelta(hours=12)  # no zone changes its offset twice within that time and back again
_SECOND = timedelta(seconds=1)
_OFFSET = re.compile(r"([+-])(\d{2})(?::?(\d{2}))?", re.ASCII)


@cache
def names() -> frozenset[str]:
    """The name of every zone there is."""
    return frozenset((resources.files("tzdata") / "zones").read_text("utf-8").split())


def is_zone(name: str) -> bool:
    """Whether there is a zone of this name, spelled exactly so."""
    return name in names()


@cache
def zone(name: str) -> ZoneInfo:
    """The zone of this name.

    Raises:
        KeyError: there is none.
    """
    if not is_zone(name):
        raise KeyError(name)
    return ZoneInfo(name)


@cache
def version() -> str:
    """The release of the time zone database that instants are worked out by."""
    return metadata.version("tzdata")


def read_zone(text: str) -> tzinfo:
    """A zone as callers write it: an IANA name, or an offset such as "Z", "+02:00" or "-0330".

    Raises:
        ValueError: it is neither.
    """
    if is_zone(text):
        return zone(text)
    if text in ("Z", "z"):
        return UTC
    match = _OFFSET.fullmatch(text)
    if match is None or int(match[2]) > 23 or int(match[3] or 0) > 59:
        raise ValueError('expected a time zone such as "America/Santiago" or "+02:00"')
    offset = timedelta(hours=int(match[2]), minutes=int(match[3] or 0))
    return timezone(-offset if match[1] == "-" else offset)


def wall_time(instant: datetime, where: tzinfo) -> datetime:
    """What a clock on the wall shows there at an instant: a datetime without a zone."""
    return instant.astimezone(where).replace(tzinfo=None, fold=0)


def utc_text(instant: datetime) -> str:
    """An instant as our own interfaces tell it: `2026-03-01T12:00:00.000000Z`."""
    return f"{instant.astimezone(UTC):%Y-%m-%dT%H:%M:%S.%fZ}"


def instant_of(wall: datetime, where: tzinfo) -> datetime:
    """The instant at which the wall clock there shows a time, in UTC.

    A time that the clocks skip is read with the offset before the gap; of two, the first is meant.
    Source: RFC 5545, section 3.3.5.
    """
    return wall.replace(tzinfo=where, fold=0).astimezone(UTC)


def constant_offsets(where: tzinfo, start: datetime, end: datetime) -> Iterator[tuple[datetime, datetime, timedelta]]:
    """Cut the instants [start, end) where the zone's offset changes: pieces with the offset that holds in each."""
    return iter(_pieces(where, start.astimezone(UTC), end.astimezone(UTC)))


@lru_cache(maxsize=1024)  # everybody in a zone asks about the same months
def _pieces(where: tzinfo, start: datetime, end: datetime) -> tuple[tuple[datetime, datetime, timedelta], ...]:
    found: list[tuple[datetime, datetime, timedelta]] = []
    piece, at = start, start
    while at < end:
        then = min(at + _PROBE, end)
        if _offset(then, where) != _offset(at, where):
            then = _change_between(at, then, where)
            if then < end:
                found.append((piece, then, _offset(at, where)))
                piece = then
        at = then
    if piece < end:
        found.append((piece, end, _offset(piece, where)))
    return tuple(found)


def _offset(instant: datetime, where: tzinfo) -> timedelta:
    return instant.astimezone(where).utcoffset() or timedelta()


def _change_between(before: datetime, after: datetime, where: tzinfo) -> datetime:
    """The first instant with another offset than `before`, where `after` has another; changes are at whole seconds."""
    old = _offset(before, where)
    low, high = before.replace(microsecond=0), -(-(after - _EPOCH) // _SECOND) * _SECOND + _EPOCH
    while high - low > _SECOND:
        middle = low + (high - low) // 2 // _SECOND * _SECOND
        low, high = (middle, high) if _offset(middle, where) == old else (low, middle)
    return high


_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
