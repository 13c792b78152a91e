"""The page on nights when the clocks change: what is offered then, worked out by the engine itself."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

from qms.domain.slots import Agenda, Calendar, Rules, Window, free_starts
from qms.domain.span import Span
from qms.domain.weekly import NO_SPANS, WeeklyHours
from qms.domain.zones import constant_offsets, wall_time, zone

HEAD = """\
# When the clocks change

What can be booked in the nights of 2026 and 2027 in which the clocks of four zones change: every start that is offered,
as the clock on the wall shows it and in UTC. An appointment takes 30 minutes, and a start stands every 30 minutes from
the start of the posted hours. Everything else (bookings, lead time, closures) is left aside. Check a row by hand: a
start is there iff the wall shows posted hours on the grid, and goes on to do so for half an hour. An hour that the
clocks skip is not there; one that they show twice is there twice, and UTC tells the one from the other. Why, is told
in [What is offered can be booked](../why/009-offered-starts.md).

Lord Howe Island turns its clocks by half an hour, and Santiago's night has two times 23:00, on the evening before."""

ZONES = (
    ("America/Santiago", "sat", Span.parse("22:00-26:00")),
    ("Europe/Berlin", "sun", Span.parse("00:00-04:00")),
    ("America/New_York", "sun", Span.parse("00:00-04:00")),
    ("Australia/Lord_Howe", "sun", Span.parse("00:00-04:00")),
)
"""Zone, day of the week, and the hours that are posted for it."""

RULES = Rules(duration_minutes=30, step_minutes=30)
_DAYS = {"sat": 5, "sun": 6}
_YEARS = (datetime(2026, 1, 1, tzinfo=UTC), datetime(2028, 1, 1, tzinfo=UTC))
_HOUR = timedelta(hours=1)


def changes(name: str) -> list[tuple[datetime, timedelta, timedelta]]:
    """The instants of two years at which a zone's offset changes, with the offsets before and after."""
    pieces = list(constant_offsets(zone(name), *_YEARS))
    return [(after[0], before[2], after[2]) for before, after in pairwise(pieces)]


def starts(name: str, weekday: str, span: Span, at: datetime) -> list[datetime]:
    """What is offered around an instant."""
    week = tuple((span,) if n == _DAYS[weekday] else NO_SPANS for n in range(7))
    calendar = Calendar(hours=(WeeklyHours(week=week),), where=zone(name))
    window = Window.covering(at - 24 * _HOUR, at + 24 * _HOUR)
    return window.instants(free_starts(Agenda(calendar=calendar), RULES, window, (window.start, window.end)))


def page() -> str:
    """The whole page."""
    parts = [HEAD]
    for name, weekday, span in ZONES:
        parts.append(f'## {name}\n\nPosted hours: `{weekday} = ["{span}"]`.')
        parts += [_night(name, weekday, span, *change) for change in changes(name)]
    return "\n\n".join(parts) + "\n"


def _night(name: str, weekday: str, span: Span, at: datetime, before: timedelta, after: timedelta) -> str:
    where = zone(name)
    offered = starts(name, weekday, span, at)
    wall_before, wall_after = ((at + offset).replace(tzinfo=None) for offset in (before, after))
    day = _day(wall_before, before > after)
    said = f"{wall_before:%H:%M} ({_offset(before)}) is {wall_after:%H:%M} ({_offset(after)})"
    walls = [wall_time(start, where) for start in offered]
    local = " | ".join(f"{wall:%H:%M}" for wall in walls)
    utc = " | ".join(f"{start:%H:%M}" for start in offered)
    heading = f"**{day:%A}, {day.day} {day:%B %Y}**: {said}, so {_told(before, after, wall_before, wall_after)}."
    return f"{heading} {len(offered)} starts.\n\n| local | {local} |\n|---|{'---|' * len(offered)}\n| UTC | {utc} |"


def _told(before: timedelta, after: timedelta, wall_before: datetime, wall_after: datetime) -> str:
    if after > before:
        return f"there is no {wall_before:%H:%M} to {wall_after:%H:%M}"
    return f"{wall_after:%H:%M} to {wall_before:%H:%M} comes twice"


def _day(wall: datetime, back: bool) -> date:
    """The date on which it happens: what would be midnight, is still the evening where the clocks go back."""
    return (wall - timedelta(minutes=1)).date() if back else wall.date()


def _offset(offset: timedelta) -> str:
    sign, minutes = ("−" if offset < timedelta() else "+"), abs(offset) // timedelta(minutes=1)
    return f"UTC{sign}{minutes // 60}" + (f":{minutes % 60:02}" if minutes % 60 else "")
