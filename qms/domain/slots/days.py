"""Days as a viewer has them: from the first instant of a local date to the first instant of the next."""

from calendar import monthrange
from datetime import date, datetime, timedelta, tzinfo

from qms.domain.slots.window import Window
from qms.domain.zones import constant_offsets, instant_of, wall_time

_DAY = timedelta(days=1)


def first_instant(day: date, where: tzinfo) -> datetime:
    """The first instant of a local date, in UTC; of a date that the clocks skip, where it would have been."""
    midnight = datetime.combine(day, datetime.min.time())
    found = instant_of(midnight, where)
    if wall_time(found, where) == midnight:
        return found
    pieces = constant_offsets(where, found - _DAY, found + _DAY)
    return next(start for start, end, offset in pieces if (end + offset).replace(tzinfo=None) > midnight)


def day_window(day: date, where: tzinfo) -> Window:
    """A local date: 23, 24 or 25 hours as a rule, none at all where it is skipped."""
    return Window.covering(first_instant(day, where), first_instant(day + _DAY, where))


def month_window(day: date, where: tzinfo) -> Window:
    """The local month that a date is in."""
    first = day.replace(day=1)
    return Window.covering(first_instant(first, where), first_instant(_after(first), where))


def day_starts(bits: int, window: Window, day: date, where: tzinfo) -> list[datetime]:
    """The starts of a window that lie on a local date, in order."""
    wanted = day_window(day, where)
    return wanted.instants(window.cut(bits, wanted))


def month_days(bits: int, window: Window, day: date, where: tzinfo) -> list[date]:
    """The dates of a date's local month that have a start, in order."""
    first = day.replace(day=1)
    days = [first + n * _DAY for n in range((_after(first) - first).days)]
    return [one for one in days if window.cut(bits, day_window(one, where))]


def next_free(bits: int, window: Window, after: datetime) -> datetime | None:
    """The first start of a window that is not before an instant."""
    return window.first(bits & window.between(after, window.end))


def _after(first: date) -> date:
    return first + monthrange(first.year, first.month)[1] * _DAY
