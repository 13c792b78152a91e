"""Cells as people of a language read them."""

from datetime import date
from typing import Any, Literal

from babel import Locale, dates, numbers

from desk.reports.tables import Cell, Table
from desk.reports.words import FIGURES, NOTHING_NOTED, Kind
from qms.web.pages import Language, translations

NOTHING = "–"


class Writer:
    """Writes tables in a language."""

    def __init__(self, language: Language) -> None:
        self.locale: Locale = language.locale
        self.say = translations(language).gettext

    def cell(self, table: Table, row: Any, at: int) -> str:
        """One cell of a row."""
        value = row[at]
        if (named := self.named(table, row, at)) is not None:
            return named
        written = self.value(value, table.kind(row, at))
        signed = table.name == "summary" and at == 3 and isinstance(value, int | float) and value > 0
        return f"+{written}" if signed else written

    def named(self, table: Table, row: Any, at: int) -> str | None:
        """What stands for a value that only people understand: a figure's name, a weekday, that nothing was noted."""
        if at == 0 and table.name == "summary":
            return self.say(FIGURES[row[at]].name)
        if at == 0 and table.name == "arrivals":
            return self.weekday(row[at])
        nothing_noted = table.columns[at].name == "outcome" and row[at] is None
        return self.say(NOTHING_NOTED) if nothing_noted else None

    def value(self, value: Cell, kind: Kind) -> str:
        """A value of a kind; a dash for what is not known."""
        if value is None:
            return NOTHING
        if kind == "share":
            return numbers.format_percent(value, "#,##0.0%", locale=self.locale)
        if kind == "seconds":
            return duration(value)
        if isinstance(value, date):
            return dates.format_skeleton("EEEMMMd", value, locale=self.locale)
        if isinstance(value, int | float):
            return numbers.format_decimal(round(value, 1), locale=self.locale)
        return str(value)

    def weekday(self, day: int, width: Literal["abbreviated", "wide"] = "abbreviated") -> str:
        """Its name, Monday being 0."""
        return str(dates.get_day_names(width, locale=self.locale)[day])

    def day(self, day: date) -> str:
        """Short enough for an axis."""
        return dates.format_skeleton("Md", day, locale=self.locale)


def duration(seconds: float) -> str:
    """Minutes and seconds, as on a stopwatch: `3:20`, `1:02:03`, `-0:05`."""
    whole = round(abs(seconds))
    sign = "-" if seconds < 0 and whole else ""
    minutes, rest = divmod(whole, 60)
    if minutes < 60:
        return f"{sign}{minutes}:{rest:02}"
    return f"{sign}{minutes // 60}:{minutes % 60:02}:{rest:02}"
