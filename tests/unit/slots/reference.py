"""The slow, obvious engine: minute by minute, from the rules as they are written, sharing no code with the fast one.

Posted hours are given as minutes of weekdays and dates; nothing is merged, shifted or cached.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

MINUTE = timedelta(minutes=1)
Spans = Sequence[tuple[int, int]]
Blocked = tuple[datetime, datetime, str | None]


@dataclass(frozen=True, kw_only=True)
class Posted:
    """Hours as somebody writes them down; a date's own hours replace the weekday's hours and breaks."""

    zone: str
    week: dict[int, Spans] = field(default_factory=dict)
    breaks: dict[int, Spans] = field(default_factory=dict)
    dates: dict[date, Spans] = field(default_factory=dict)
    closed: frozenset[date] = frozenset()
    seen: dict[tuple[str, date], frozenset[int]] = field(default_factory=dict)

    def hours_of(self, day: date) -> frozenset[int]:
        """The posted minutes of a date, counted from its midnight."""
        if ("hours", day) not in self.seen:
            posted = self.dates[day] if day in self.dates else self.week.get(day.weekday(), ())
            self.seen["hours", day] = frozenset() if day in self.closed else marked(posted)
        return self.seen["hours", day]

    def breaks_of(self, day: date) -> frozenset[int]:
        """The minutes of a date's breaks."""
        if ("breaks", day) not in self.seen:
            self.seen["breaks", day] = marked(() if day in self.dates else self.breaks.get(day.weekday(), ()))
        return self.seen["breaks", day]


@dataclass(frozen=True, kw_only=True)
class Wanted:
    """What is booked: minutes, and how many may be together."""

    duration: int
    step: int
    before: int = 0
    after: int = 0
    capacity: int = 1
    group: str | None = None


def marked(spans: Spans) -> frozenset[int]:
    """The minutes of spans."""
    return frozenset(minute for start, end in spans for minute in range(start, end))


def is_open(posted: Posted, at: datetime) -> bool:
    """Whether the wall clock shows posted hours outside breaks on a date that is not closed."""
    if wall(posted, at).date() in posted.closed:
        return False
    return any(
        minute in posted.hours_of(day)
        and minute not in posted.breaks_of(day)
        and other not in posted.breaks_of(next_day)
        for day, minute, next_day, other in readings(posted, at)
    )


def is_candidate(posted: Posted, at: datetime, step: int) -> bool:
    """Whether the wall clock shows a whole number of steps since its posted interval began."""
    for day, minute, _, _ in readings(posted, at):
        hours = posted.hours_of(day)
        if minute in hours:
            begin = minute
            while begin - 1 in hours:
                begin -= 1
            if (minute - begin) % step == 0:
                return True
    return False


def readings(posted: Posted, at: datetime) -> Iterator[tuple[date, int, date, int]]:
    """A wall time as a minute of its date and as one past midnight of the date before; and the same the other way."""
    shown = wall(posted, at)
    today, minute = shown.date(), shown.hour * 60 + shown.minute
    yesterday = today - timedelta(days=1)
    yield today, minute, yesterday, minute + 1440
    yield yesterday, minute + 1440, today, minute


def wall(posted: Posted, at: datetime) -> datetime:
    """What the clock on the wall shows."""
    return at.astimezone(ZoneInfo(posted.zone)).replace(tzinfo=None)


def free_starts(posted: Posted, wanted: Wanted, blocked: Sequence[Blocked], start: datetime, end: datetime) -> list:
    """Every minute of [start, end) at which an appointment can start."""
    opening = {at: is_open(posted, at) for at in minutes(start, end + wanted.duration * MINUTE)}
    early, late = start - wanted.before * MINUTE, end + (wanted.duration + wanted.after) * MINUTE
    room = {at: can_take(wanted, blocked, at) for at in minutes(early, late)}
    return [
        at
        for at in minutes(start, end)
        if is_candidate(posted, at, wanted.step)
        and all(opening[at + n * MINUTE] for n in range(wanted.duration))
        and all(room[at + n * MINUTE] for n in range(-wanted.before, wanted.duration + wanted.after))
    ]


def can_take(wanted: Wanted, blocked: Sequence[Blocked], at: datetime) -> bool:
    """Whether one more fits into a minute: beside others of its own group only, and not beyond their capacity."""
    there = [group for begin, end, group in blocked if begin < at + MINUTE and end > at]
    return not there or (wanted.group is not None and set(there) == {wanted.group} and len(there) < wanted.capacity)


def minutes(start: datetime, end: datetime) -> Iterator[datetime]:
    """Every minute of [start, end), both on a full minute and in UTC."""
    while start < end:
        yield start
        start += MINUTE
