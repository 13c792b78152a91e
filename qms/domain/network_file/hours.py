"""Hours and closures as a network file writes them.

`hours = { mon-fri = ["09:00-18:00"], sat = ["09:00-13:00"] }`, with `breaks`, `dates` and `valid_from`/`valid_to` where
needed, or a list of such tables; `closures = [{ date = "2026-12-25", reason = "Christmas" }]`, which come round with
`rrule = "FREQ=YEARLY"` from the date given.
"""

from dataclasses import replace
from datetime import date, datetime, timedelta

from qms.domain.complaint import Wrong, complaint, guessed
from qms.domain.network_file import notations
from qms.domain.network_file.checks import text
from qms.domain.network_file.reading import Table
from qms.domain.network_file.recurrence import rrule
from qms.domain.span import DAYS, Span, parse_days
from qms.domain.weekly import NO_SPANS, Closure, Dated, WeeklyHours

Spans = tuple[Span, ...]
_LONGEST_RECURRING = timedelta(days=366)


def read_hours(parent: Table, key: str, timezone: str, *, own_zone: bool = False) -> tuple[WeeklyHours, ...]:
    """The hours below a key: one table or a list of them; `own_zone`: each may name a time zone of its own."""
    if not parent.has(key):
        return ()
    if isinstance(parent.values[key], list):
        return tuple(_weekly(table, timezone, own_zone) for table in parent.tables(key))
    table = parent.table(key)
    return (_weekly(table, timezone, own_zone),) if table else ()


def _weekly(table: Table, timezone: str, own_zone: bool) -> WeeklyHours:
    breaks, dates = table.table("breaks"), table.table("dates")
    first, last = (table.optional(name, notations.day) for name in ("valid_from", "valid_to"))
    if first and last and last < first:
        table.complain(complaint("expected a date not before valid_from"), "valid_to")
    hours = WeeklyHours(
        timezone=table.read("timezone", notations.timezone, timezone) if own_zone else timezone,
        breaks=_week(breaks) if breaks else (NO_SPANS,) * 7,
        date_breaks=_dates(breaks) if breaks else (),
        dates=_dates(dates) if dates else (),
        valid_from=first,
        valid_to=last,
        week=_week(table),  # the last to ask: every key that is left names days
    )
    for asked in (table, breaks):
        if asked:
            asked.done()
    if dates:
        _only_dates(dates)
    return hours


def _week(table: Table) -> tuple[Spans, ...]:
    """The spans under every key that names days, by weekday; a day named by two keys has the hours of both."""
    week: list[Spans] = [NO_SPANS] * 7
    named: dict[int, str] = {}
    for key in [key for key in table.values if not key[:1].isdigit() and key not in table.asked]:
        try:
            days = parse_days(key)
        except Wrong as wrong:
            said = complaint("unknown key; %(complaint)s", complaint=wrong.complaint)
            table.complain(guessed(said, key, (*DAYS, *table.asked)), key)
            table.has(key)
            continue
        spans = table.several(key, notations.span)
        for day in days:
            if day in named:
                said = complaint("%(day)s is in %(other)s too; the hours of both hold", day=DAYS[day], other=named[day])
                table.reading.warn((*table.path, key), said)
            named[day] = key
            week[day] += spans
    return tuple(week)


def _dates(table: Table) -> Dated:
    """The spans under every key that is a date, in the dates' order."""
    found: dict[date, Spans] = {}
    for key in [key for key in table.values if key[:1].isdigit()]:
        spans = table.several(key, notations.span)
        try:
            found[notations.day(key)] = spans
        except Wrong as wrong:
            table.complain(wrong.complaint, key)
    return tuple(sorted(found.items()))


def _only_dates(table: Table) -> None:
    for key in table.values:
        if not key[:1].isdigit():
            table.complain(complaint('expected a date such as "2026-12-25" as the key'), key)


def read_closures(parent: Table) -> tuple[Closure, ...]:
    """The closures of an account, a branch or an agent."""
    found = (_recurring(table) for table in parent.tables("closures"))
    return tuple(closure for closure in found if closure is not None)


def _recurring(table: Table) -> Closure | None:
    rule = table.optional("rrule", rrule)
    closure = _closure(table)
    if closure is None or rule is None:
        return closure
    if closure.end - closure.start > _LONGEST_RECURRING:
        table.complain(complaint("expected at most 366 days for a closure that comes round"), "rrule")
    return replace(closure, rrule=rule)


def _closure(table: Table) -> Closure | None:
    day = table.optional("date", notations.day)
    first, last = (table.optional(name, notations.day_or_wall) for name in ("from", "to"))
    reason = table.read("reason", text(200, empty=True), "")
    table.done()
    whole_day, stretch = table.has("date"), table.has("from") and table.has("to")
    if whole_day == stretch or (whole_day and (table.has("from") or table.has("to"))):
        table.complain(complaint("expected either date, or from and to"))
        return None
    if whole_day:
        return Closure.of_days(day, day, reason) if day else None
    if first is None or last is None:
        return None
    end = last if isinstance(last, datetime) else notations.midnight(last) + timedelta(days=1)
    closure = Closure(start=notations.midnight(first), end=end, reason=reason)
    if closure.end <= closure.start:
        table.complain(complaint("expected a time after from"), "to")
    return closure
