"""A period as ISO 8601 writes it: a calendar part (months, days) and an elapsed part (seconds), never mixed up.

`P1D` is the same time on the next day by the clock on the wall, 23 or 25 hours later when the clocks change; `PT24H` is
24 hours.
"""

import re
from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta, tzinfo
from fractions import Fraction

from qms.domain.complaint import Wrong, complaint
from qms.domain.zones import instant_of, wall_time

_FORM = re.compile(
    r"P(?:(?P<years>\d{1,4})Y)?(?:(?P<months>\d{1,5})M)?(?:(?P<weeks>\d{1,5})W)?(?:(?P<days>\d{1,6})D)?"
    r"(?:(?P<time>T)(?:(?P<hours>\d{1,7}(?:[.,]\d{1,9})?)H)?(?:(?P<minutes>\d{1,8}(?:[.,]\d{1,9})?)M)?"
    r"(?:(?P<seconds>\d{1,10}(?:[.,]\d{1,9})?)S)?)?",
    re.IGNORECASE | re.ASCII,
)
_UNITS = ("years", "months", "weeks", "days", "hours", "minutes", "seconds")


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """A length of time; its calendar part needs a zone before it can be added to an instant."""

    months: int = 0
    days: int = 0
    seconds: int = 0

    @classmethod
    def parse(cls, text: str) -> "Period":
        """Read `P1D`, `PT24H`, `P1Y2M3W4DT5H6M7S`; small letters are taken too.

        Raises:
            Wrong: the text is no ISO 8601 duration, or does not come to whole seconds.
        """
        match = _FORM.fullmatch(text)
        given = {} if match is None else {unit: match[unit] for unit in _UNITS if match[unit] is not None}
        if match is None or not given or (match["time"] and not given.keys() & {"hours", "minutes", "seconds"}):
            raise Wrong(complaint("expected an ISO 8601 duration such as P1D, PT24H or PT30M"))
        number = {unit: Fraction(given.get(unit, "0").replace(",", ".")) for unit in _UNITS}
        seconds = number["hours"] * 3600 + number["minutes"] * 60 + number["seconds"]
        if seconds.denominator != 1:
            raise Wrong(complaint("expected an ISO 8601 duration of whole seconds"))
        return cls(
            months=int(number["years"] * 12 + number["months"]),
            days=int(number["weeks"] * 7 + number["days"]),
            seconds=int(seconds),
        )

    def __str__(self) -> str:
        """The shortest ISO 8601 form; a period of nothing is `PT0S`."""
        minutes, seconds = divmod(self.seconds, 60)
        hours, minutes = divmod(minutes, 60)
        years, months = divmod(self.months, 12)
        date = "".join(f"{n}{unit}" for n, unit in ((years, "Y"), (months, "M"), (self.days, "D")) if n)
        time = "".join(f"{n}{unit}" for n, unit in ((hours, "H"), (minutes, "M"), (seconds, "S")) if n)
        return f"P{date}{'T' + time if time else ''}" if date or time else "PT0S"

    def __bool__(self) -> bool:
        return bool(self.months or self.days or self.seconds)

    def after(self, instant: datetime, where: tzinfo) -> datetime:
        """The instant this long after another, its calendar part counted on the wall clock there; in UTC."""
        return self._moved(instant, where, 1)

    def before(self, instant: datetime, where: tzinfo) -> datetime:
        """The instant this long before another, its calendar part counted on the wall clock there; in UTC."""
        return self._moved(instant, where, -1)

    def _moved(self, instant: datetime, where: tzinfo, sign: int) -> datetime:
        if self.months or self.days:
            wall = _months_later(wall_time(instant, where), sign * self.months)
            instant = instant_of(wall + timedelta(days=sign * self.days), where)
        return instant.astimezone(UTC) + timedelta(seconds=sign * self.seconds)


def _months_later(wall: datetime, months: int) -> datetime:
    """The same day of another month, or its last day where it has no such day."""
    year, month = divmod(wall.year * 12 + wall.month - 1 + months, 12)
    return wall.replace(year=year, month=month + 1, day=min(wall.day, monthrange(year, month + 1)[1]))


def lenient(text: str, *, minutes: bool) -> Period:
    """A period as some callers write it: `minutes`: with `P5M` they mean five minutes, not five months.

    Raises:
        Wrong: it is no period.
    """
    match = re.fullmatch(r"P(\d{1,8})M", text, re.IGNORECASE | re.ASCII)
    return Period(seconds=60 * int(match[1])) if match and minutes else Period.parse(text)
