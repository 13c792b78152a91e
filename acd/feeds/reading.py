"""Reading a calendar for busy times. A program of its own: whatever the calendar is, nothing else suffers from it.

`python -m acd.feeds.reading ZONE FIRST LAST` (microseconds since 1970) reads a calendar and writes its busy times in
[FIRST, LAST) as JSON; it exits 2 where there is no calendar to read, 3 where there are too many times.

Source: RFC 5545; `TRANSP` and `STATUS` decide what takes time, and Outlook's own word for free.
"""

import json
import resource
import sys
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

import recurring_ical_events  # type: ignore[import-untyped]  # it has no types
from icalendar import Calendar
from icalendar.prop import vBroken

from qms.domain import zones  # before anybody asks for a zone: the pinned ones count
from qms.domain.ranges import clipped, merged
from qms.domain.slots import first_instant

CPU_SECONDS = 20
MEMORY_BYTES = 1 << 30
MOST_TIMES = 10_000
NO_CALENDAR, TOO_MANY = 2, 3

_DAY = timedelta(days=1)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_MICROSECOND = timedelta(microseconds=1)


class NoCalendar(ValueError):
    """What was fetched is none."""


def busy_times(text: bytes, where: tzinfo, first: datetime, last: datetime) -> list[tuple[datetime, datetime]]:
    """When somebody is busy in [first, last) by a calendar, in order; whole days and floating times are a zone's.

    Raises:
        NoCalendar: it is none.
    """
    if b"BEGIN:VCALENDAR" not in text[:4096].upper():
        raise NoCalendar
    try:
        calendars = Calendar.from_ical(text, multiple=True)
    except (ValueError, IndexError, KeyError) as error:
        raise NoCalendar from error
    if not calendars:
        raise NoCalendar
    found = [time for one in calendars for time in _of(one, where, first, last)]
    return clipped(merged(found), first, last)


def _of(calendar: Any, where: tzinfo, first: datetime, last: datetime) -> Iterator[tuple[datetime, datetime]]:
    calendar.subcomponents = [one for one in calendar.subcomponents if one.name != "VEVENT" or _is_sound(one)]
    events = recurring_ical_events.of(calendar, components=["VEVENT"], skip_bad_series=True)
    for event in events.between(first - _DAY, last + _DAY):
        if not _is_free(event):
            start, end = _instant(event.start, where), _instant(event.end, where)
            if start < end:
                yield start, end


def _is_sound(event: Any) -> bool:
    """Whether it says when it is: one event without sense shall not hide the others."""
    for name in [name for name, said in event.items() if isinstance(said, vBroken)]:
        del event[name]
    dates = [event.get(name) for name in ("DTSTART", "DTEND")]
    return dates[0] is not None and all(isinstance(getattr(at, "dt", None), date) for at in dates if at is not None)


def _is_free(event: Any) -> bool:
    said = {str(event.get(name, "")).upper() for name in ("TRANSP", "STATUS", "X-MICROSOFT-CDO-BUSYSTATUS")}
    return bool(said & {"TRANSPARENT", "CANCELLED", "FREE"})


def _instant(at: date | datetime, where: tzinfo) -> datetime:
    if not isinstance(at, datetime):
        return first_instant(at, where)
    return zones.instant_of(at, where) if at.tzinfo is None else at.astimezone(UTC)


def main(zone: str, first: str, last: str) -> int:
    """Read one calendar from standard input."""
    resource.setrlimit(resource.RLIMIT_CPU, (CPU_SECONDS, CPU_SECONDS + 1))
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    window = [_EPOCH + int(at) * _MICROSECOND for at in (first, last)]
    try:
        found = busy_times(sys.stdin.buffer.read(), zones.zone(zone), *window)
    except NoCalendar:
        return NO_CALENDAR
    if len(found) > MOST_TIMES:
        return TOO_MANY
    json.dump([[(at - _EPOCH) // _MICROSECOND for at in time] for time in found], sys.stdout)
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
