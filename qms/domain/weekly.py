"""Hours as they are posted: by weekday, for single dates, with breaks; and closures. As values, and as JSON.

Posted hours belong to the date they start on, also past midnight. A date with its own hours replaces the weekday's
hours and breaks. Breaks never start the hours anew. A closed date takes all hours that start on it along.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from qms.domain.ranges import merged
from qms.domain.span import DAYS, Span

NO_SPANS: tuple[Span, ...] = ()
NO_WEEK: tuple[tuple[Span, ...], ...] = (NO_SPANS,) * 7

Dated = tuple[tuple[date, tuple[Span, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """Hours for each weekday (Monday first) and for single dates, valid from one date to another, both included.

    `timezone` None: the zone of the place they are posted at.
    """

    timezone: str | None = None
    week: tuple[tuple[Span, ...], ...] = NO_WEEK
    breaks: tuple[tuple[Span, ...], ...] = NO_WEEK
    dates: Dated = ()
    date_breaks: Dated = ()
    valid_from: date | None = None
    valid_to: date | None = None

    def posted(self, day: date) -> tuple[Span, ...]:
        """The hours that start on a date, merged, breaks not taken out: the grid of slots starts with them."""
        if not self._holds_on(day):
            return NO_SPANS
        own = _of(self.dates, day)
        return _merged(self.week[day.weekday()] if own is None else own)

    def pauses(self, day: date) -> tuple[Span, ...]:
        """The breaks of a date; a date with its own hours has only the breaks given for that date."""
        if not self._holds_on(day):
            return NO_SPANS
        weekly = self.breaks[day.weekday()] if _of(self.dates, day) is None else NO_SPANS
        return _merged(weekly + (_of(self.date_breaks, day) or NO_SPANS))

    def _holds_on(self, day: date) -> bool:
        return (self.valid_from or day) <= day <= (self.valid_to or day)

    def to_json(self) -> dict[str, Any]:
        """The hours in the words of the network file, each weekday by itself; what is not given is left out."""
        parts = {
            "timezone": self.timezone,
            **_week_to_json(self.week),
            "breaks": {**_week_to_json(self.breaks), **_dates_to_json(self.date_breaks)},
            "dates": _dates_to_json(self.dates),
            "valid_from": self.valid_from and self.valid_from.isoformat(),
            "valid_to": self.valid_to and self.valid_to.isoformat(),
        }
        return {name: part for name, part in parts.items() if part}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "WeeklyHours":
        """The hours that `to_json` wrote."""
        breaks: Mapping[str, Any] = value.get("breaks", {})
        dates = {key: spans for key, spans in breaks.items() if key not in DAYS}
        return cls(
            timezone=value.get("timezone"),
            week=_week_from_json(value),
            breaks=_week_from_json(breaks),
            dates=_dates_from_json(value.get("dates", {})),
            date_breaks=_dates_from_json(dates),
            valid_from=_date_from_json(value.get("valid_from")),
            valid_to=_date_from_json(value.get("valid_to")),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Closure:
    """Closed from one wall time to another, [start, end), for a reason; a closed date is midnight to midnight.

    `rrule`: it comes round by that rule (RFC 5545), and this is the first time; to be unrolled before it is asked.
    """

    start: datetime
    end: datetime
    reason: str = ""
    rrule: str | None = None

    @classmethod
    def of_days(cls, first: date, last: date, reason: str = "") -> "Closure":
        """Closed on whole dates, the last one included."""
        return cls(start=_midnight(first), end=_midnight(last + timedelta(days=1)), reason=reason)

    def covers_day(self, day: date) -> bool:
        """Whether the whole date is closed."""
        return self.start <= _midnight(day) and _midnight(day) + timedelta(days=1) <= self.end

    def to_json(self) -> dict[str, Any]:
        """The closure with its wall times as ISO 8601 without a zone."""
        start, end = (at.isoformat(timespec="minutes") for at in (self.start, self.end))
        rule = {"rrule": self.rrule} if self.rrule else {}
        return {"start": start, "end": end, "reason": self.reason, **rule}

    @classmethod
    def from_json(cls, value: Mapping[str, Any]) -> "Closure":
        """The closure that `to_json` wrote."""
        start, end = (datetime.fromisoformat(value[name]) for name in ("start", "end"))
        return cls(start=start, end=end, reason=value.get("reason", ""), rrule=value.get("rrule"))


def hours_from_json(value: Sequence[Mapping[str, Any]] | Mapping[str, Any] | None) -> tuple[WeeklyHours, ...]:
    """Hours out of a column: a list of them, a single one, or None for always open."""
    if value is None:
        return ()
    return tuple(WeeklyHours.from_json(one) for one in ([value] if isinstance(value, Mapping) else value))


def hours_to_json(hours: Sequence[WeeklyHours]) -> list[dict[str, Any]] | None:
    """Hours for a column; None for always open."""
    return [one.to_json() for one in hours] or None


def _of(dates: Dated, day: date) -> tuple[Span, ...] | None:
    return next((spans for other, spans in dates if other == day), None)


def _midnight(day: date) -> datetime:
    return datetime.combine(day, datetime.min.time())


def _merged(spans: Sequence[Span]) -> tuple[Span, ...]:
    if len(spans) < 2:
        return tuple(spans)
    return tuple(Span(start, end) for start, end in merged((span.start, span.end) for span in spans))


def _week_to_json(week: Sequence[Sequence[Span]]) -> dict[str, list[str]]:
    return {name: [str(span) for span in spans] for name, spans in zip(DAYS, week, strict=True) if spans}


def _week_from_json(value: Mapping[str, Any]) -> tuple[tuple[Span, ...], ...]:
    return tuple(tuple(Span.parse(text) for text in value.get(name, ())) for name in DAYS)


def _dates_to_json(dates: Dated) -> dict[str, list[str]]:
    return {day.isoformat(): [str(span) for span in spans] for day, spans in dates}


def _dates_from_json(value: Mapping[str, Sequence[str]]) -> Dated:
    return tuple((date.fromisoformat(day), tuple(map(Span.parse, spans))) for day, spans in value.items())


def _date_from_json(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)
