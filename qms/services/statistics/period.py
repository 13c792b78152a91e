"""The days that a report is about, and the same number of days before them."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, tzinfo

from qms.domain.errors import Invalid
from qms.domain.zones import instant_of

MOST_DAYS = 366
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class Period:
    """The days from the first to the last, both included."""

    first: date
    last: date

    @classmethod
    def of(cls, first: date, last: date) -> "Period":
        """Those days.

        Raises:
            Invalid: the last is before the first, or they are more than a year.
        """
        if not 0 <= (last - first).days < MOST_DAYS:
            raise Invalid("to", f"a day from {first} on, {MOST_DAYS} days at most")
        if first.year < 1971 or last.year > 9000:
            raise Invalid("from", "a day since 1971")
        return cls(first=first, last=last)

    @property
    def days(self) -> int:
        """How many."""
        return (self.last - self.first).days + 1

    @property
    def before(self) -> "Period":
        """As many days, just before the first."""
        return Period(first=self.first - self.days * _DAY, last=self.first - _DAY)

    def __iter__(self) -> Iterator[date]:
        return (self.first + n * _DAY for n in range(self.days))

    def bounds(self, where: tzinfo) -> tuple[datetime, datetime]:
        """The first instant of the first day, and the first that is no longer in the last, by the clocks there."""
        start, end = (instant_of(datetime.combine(day, time.min), where) for day in (self.first, self.last + _DAY))
        return start, end
