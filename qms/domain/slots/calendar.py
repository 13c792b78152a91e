"""When somebody works: posted hours less breaks and closures, and the grid of starts, as bits of minutes."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta, tzinfo
from functools import lru_cache

from qms.domain.hours import open_ranges
from qms.domain.slots.window import Window
from qms.domain.span import DAY, Span
from qms.domain.weekly import Closure, WeeklyHours
from qms.domain.zones import constant_offsets, zone

_ALL_DAY = (Span(0, DAY),)
_ONE_DAY = timedelta(days=1)
_MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """Posted hours (none: always open) less closures; `where` is the zone of hours that name none.

    `within`: calendars that must be open too, such as the branch's. They give no grid.
    """

    hours: tuple[WeeklyHours, ...]
    where: tzinfo
    closures: tuple[Closure, ...] = ()
    within: tuple["Calendar", ...] = ()


def open_bits(calendar: Calendar, window: Window) -> int:
    """The minutes of the window that are open."""
    ranges = open_ranges(calendar.hours, calendar.closures, calendar.where, window.start, window.end)
    bits = window.filled(ranges)
    for other in calendar.within:
        bits &= open_bits(other, window)
    return bits


def grid_bits(calendar: Calendar, step_minutes: int, window: Window) -> int:
    """The minutes at which an appointment may start by the wall clock: every step from the start of posted hours.

    Breaks do not start the grid anew; whether the place is open then is another question. Without hours it starts at
    every midnight.
    """
    bits = 0
    for hours in calendar.hours or (None,):
        where = calendar.where if hours is None or hours.timezone is None else zone(hours.timezone)
        for start, end, offset in constant_offsets(where, window.start, window.end):
            first, last = ((instant + offset).replace(tzinfo=None) for instant in (start, end))
            for opens, closes in _posted(hours, calendar.closures, first, last):
                bits |= _every(step_minutes, opens, closes) << window.index(start)
    return bits


def _posted(
    hours: WeeklyHours | None, closures: tuple[Closure, ...], first: datetime, last: datetime
) -> Iterator[tuple[int, int]]:
    """Posted hours that meet the wall times [first, last), in minutes from the first; clipped at the end only."""
    day = first.date() - _ONE_DAY
    length = (last - first) // _MINUTE
    while day <= last.date():
        midnight = (datetime.combine(day, datetime.min.time()) - first) // _MINUTE
        if not any(closure.covers_day(day) for closure in closures):
            for span in _ALL_DAY if hours is None else hours.posted(day):
                if midnight + span.end > 0:
                    yield midnight + span.start, min(midnight + span.end, length)
        day += _ONE_DAY


def _every(step: int, opens: int, closes: int) -> int:
    """Every step from `opens` on, before `closes`, as bits; what lies before bit 0 is left out."""
    start = opens if opens >= 0 else opens + -(opens // step) * step
    return _comb(step, -((start - closes) // step)) << start if start < closes else 0


@lru_cache(maxsize=1024)  # hours are alike from day to day
def _comb(step: int, teeth: int) -> int:
    return ((1 << step * teeth) - 1) // ((1 << step) - 1)
