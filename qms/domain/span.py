"""Hours of a day as people post them: "09:00-18:00", "22:00-26:00", and the days they hold for: "mon-fri"."""

import re
from dataclasses import dataclass

from qms.domain.complaint import Wrong, complaint

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
DAY = 24 * 60
_SPAN = re.compile(r"(\d{1,2}):([0-5]\d)\s*[-–]\s*(\d{1,2}):([0-5]\d)", re.ASCII)


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Minutes [start, end) counted from a day's midnight on the wall clock; past 1440 they are on the next day."""

    start: int
    end: int

    @classmethod
    def parse(cls, text: str) -> "Span":
        """Read "09:00-18:00"; an end at or before its start, and what is past 24:00, is on the next day.

        Raises:
            Wrong: the text is no span, or goes past the end of the next day.
        """
        match = _SPAN.fullmatch(text.strip())
        if match is None:
            raise Wrong(complaint('expected hours such as "09:00-18:00"'))
        first, first_minute, last, last_minute = map(int, match.groups())
        start, end = first * 60 + first_minute, last * 60 + last_minute
        end += DAY if end <= start else 0
        if end > 2 * DAY:
            raise Wrong(complaint("expected hours that end with the next day (48:00) at the latest"))
        return cls(start, end)

    def __str__(self) -> str:
        return f"{self.start // 60:02}:{self.start % 60:02}-{self.end // 60:02}:{self.end % 60:02}"


def parse_days(text: str) -> tuple[int, ...]:
    """Read "sat", "mon-fri", "mon,wed" or "fri-mon,wed" as weekdays, Monday being 0.

    Raises:
        Wrong: a part is no day.
    """
    found: list[int] = []
    for part in text.casefold().split(","):
        first, dash, last = part.strip().partition("-")
        start = _day(first)
        length = (_day(last) - start) % 7 if dash else 0
        found += [(start + step) % 7 for step in range(length + 1)]
    return tuple(dict.fromkeys(found))


def _day(text: str) -> int:
    if (name := text.strip()) not in DAYS:
        raise Wrong(complaint("expected days such as mon, mon-fri or mon,wed, of %(days)s", days=", ".join(DAYS)))
    return DAYS.index(name)
