"""Numbers, times and waits as people of each language write them, for templates.

Digits are always 0–9, in scripts (`i18n.js`) too: a ticket's number is read out, typed and compared with the screen,
and must look the same everywhere.
"""

from __future__ import annotations

from datetime import date as Date
from datetime import datetime, timedelta, tzinfo
from functools import partial
from typing import Any
from zoneinfo import ZoneInfo

from babel import Locale, dates, numbers, units

from qms.web.pages.languages import Language


def zone_of(zone: str | tzinfo) -> tzinfo:
    """Return a time zone by its name."""
    return ZoneInfo(zone) if isinstance(zone, str) else zone


def number(locale: Locale, value: float) -> str:
    """Write a number: `1,234`."""
    return numbers.format_decimal(value, locale=locale)


def time(locale: Locale, instant: datetime, zone: str | tzinfo) -> str:
    """Write the wall time of an instant: `14:05` or `2:05 PM`."""
    return dates.format_time(instant, "short", tzinfo=zone_of(zone), locale=locale)


def date(locale: Locale, day: Date, form: str = "full") -> str:
    """Write a day: `Friday, 20 November 2026` ("full"), shorter as "long", "medium" or "short"."""
    return dates.format_date(day, form, locale=locale)


def day(locale: Locale, instant: datetime, zone: str | tzinfo, form: str = "full") -> str:
    """Write the local day of an instant, as `date` does."""
    return date(locale, instant.astimezone(zone_of(zone)).date(), form)


def unit(locale: Locale, value: float, name: str) -> str:
    """Write a number of units as short as people still read it: Arabic's own short form is a single letter."""
    return units.format_unit(value, f"duration-{name}", "long" if locale.language == "ar" else "short", locale=locale)


def minutes(locale: Locale, value: float) -> str:
    """Write a number of minutes: `5 min`."""
    return unit(locale, round(value), "minute")


def duration(locale: Locale, span: timedelta | float) -> str:
    """Write how long something takes, in its two largest units: `1 hr 5 min`, `45 sec`."""
    seconds = round(span.total_seconds() if isinstance(span, timedelta) else span)
    parts: dict[str, float] = {"hour": seconds // 3600, "minute": seconds % 3600 // 60, "second": seconds % 60}
    if seconds >= 60:
        parts.pop("second")
    shown = {name: value for name, value in parts.items() if value} or {"second": 0}
    return " ".join(
        units.format_unit(value, f"duration-{unit}", "short", locale=locale) for unit, value in shown.items()
    )


def wait(locale: Locale, low: float, high: float) -> str:
    """Write a wait as the range it is: `5–10 min`; `5 min` where both ends are the same."""
    if round(low) == round(high):
        return minutes(locale, high)
    return f"{number(locale, round(low))}–{minutes(locale, high)}"


def filters(language: Language) -> dict[str, Any]:
    """Return the functions that templates of a language may use, as filters or calls."""
    locale = language.locale
    return {f.__name__: partial(f, locale) for f in (number, time, date, day, minutes, duration, wait)}
