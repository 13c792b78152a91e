"""What is open when: opening hours, working hours and closures, asked about instants.

The one rule: an instant is open iff the clock on the wall, in the hours' own zone, shows a time inside posted hours.
So a night that skips an hour has an hour less, one that repeats an hour has it twice, and no time is ever an error.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import NamedTuple

from qms.domain.ranges import clipped, merged, without
from qms.domain.span import Span
from qms.domain.weekly import Closure, WeeklyHours
from qms.domain.zones import constant_offsets, wall_time, zone

__all__ = ["Change", "Closure", "WeeklyHours", "closes_at", "is_open", "next_change", "open_ranges", "opens_at"]

_DAY = timedelta(days=1)
_WINDOWS = tuple(timedelta(days=days) for days in (8, 32, 360))  # how far `next_change` looks, step by step


class Change(NamedTuple):
    """At that instant a place opens, or closes."""

    at: datetime
    opens: bool


def is_open(hours: Sequence[WeeklyHours], closures: Sequence[Closure], where: tzinfo, instant: datetime) -> bool:
    """Whether an instant is inside any of the hours and no closure; without hours it is always open.

    `where` is the zone of hours that name none, and of the closures where there are no hours.
    """
    if not hours:
        return not _closed(closures, wall_time(instant, where))
    return any(_covers(one, closures, wall_time(instant, _zone_of(one, where))) for one in hours)


def open_ranges(
    hours: Sequence[WeeklyHours], closures: Sequence[Closure], where: tzinfo, start: datetime, end: datetime
) -> list[tuple[datetime, datetime]]:
    """The open stretches of [start, end) in UTC, in order; exactly the instants for which `is_open` holds."""
    found: list[tuple[datetime, datetime]] = []
    for one in hours or (None,):
        for piece_start, piece_end, offset in constant_offsets(_zone_of(one, where), start, end):
            first, last = ((instant + offset).replace(tzinfo=None) for instant in (piece_start, piece_end))
            open_walls = _open_walls(one, closures, first, last)
            found += [((a - offset).replace(tzinfo=UTC), (b - offset).replace(tzinfo=UTC)) for a, b in open_walls]
    return merged(found)


def next_change(
    hours: Sequence[WeeklyHours], closures: Sequence[Closure], where: tzinfo, instant: datetime
) -> Change | None:
    """The first opening or closing after an instant; None where there is none within 400 days."""
    was_open = is_open(hours, closures, where, instant)
    start = instant.astimezone(UTC)
    for window in _WINDOWS:
        stretches = open_ranges(hours, closures, where, start, start + window)
        if not was_open and stretches:
            return Change(stretches[0][0], True)
        if was_open and stretches != [(start, start + window)]:
            closes_within = stretches and stretches[0][0] == start
            return Change(stretches[0][1] if closes_within else start, False)
        start += window
    return None


def closes_at(
    hours: Sequence[WeeklyHours], closures: Sequence[Closure], where: tzinfo, instant: datetime
) -> datetime | None:
    """When the stretch open at an instant ends; None if it is closed then, or does not close within 400 days."""
    change = next_change(hours, closures, where, instant)
    return change.at if change is not None and not change.opens else None


def opens_at(
    hours: Sequence[WeeklyHours], closures: Sequence[Closure], where: tzinfo, instant: datetime
) -> datetime | None:
    """When a place that is closed at an instant opens; None if it is open then, or does not open within 400 days."""
    change = next_change(hours, closures, where, instant)
    return change.at if change is not None and change.opens else None


def _covers(hours: WeeklyHours, closures: Sequence[Closure], wall: datetime) -> bool:
    """Whether a wall time is open; the day before counts too, because its hours may pass midnight."""
    if _closed(closures, wall):
        return False
    today, minute = wall.date(), wall.hour * 60 + wall.minute
    days = ((today, minute), (today - _DAY, minute + 24 * 60))
    if any(span.start <= at < span.end for day, at in days for span in hours.pauses(day)):
        return False
    return any(
        span.start <= at < span.end
        for day, at in days
        for span in hours.posted(day)
        if not any(closure.covers_day(day) for closure in closures)
    )


def _open_walls(
    hours: WeeklyHours | None, closures: Sequence[Closure], first: datetime, last: datetime
) -> list[tuple[datetime, datetime]]:
    """The open wall times of [first, last)."""
    shut = [(closure.start, closure.end) for closure in closures]
    if hours is None:
        return clipped(without([(first, last)], shut), first, last)
    days = list(_days(first.date() - _DAY, last.date()))
    posted = [
        _walls(day, span)
        for day in days
        if not any(closure.covers_day(day) for closure in closures)
        for span in hours.posted(day)
    ]
    pauses = [_walls(day, span) for day in days for span in hours.pauses(day)]
    return clipped(without(posted, shut + pauses), first, last)


def _zone_of(hours: WeeklyHours | None, where: tzinfo) -> tzinfo:
    return where if hours is None or hours.timezone is None else zone(hours.timezone)


def _closed(closures: Sequence[Closure], wall: datetime) -> bool:
    return any(closure.start <= wall < closure.end for closure in closures)


def _days(first: date, last: date) -> Iterator[date]:
    return (first + timedelta(days=n) for n in range((last - first).days + 1))


def _walls(day: date, span: Span) -> tuple[datetime, datetime]:
    midnight = datetime.combine(day, datetime.min.time())
    return midnight + timedelta(minutes=span.start), midnight + timedelta(minutes=span.end)
