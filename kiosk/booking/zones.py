"""Time zones as people know them: by a city and its distance from UTC."""

from datetime import datetime
from functools import cache
from importlib import resources

from babel import Locale, dates

from qms.domain.zones import zone
from qms.web.pages import Language


def zone_name(language: Language, name: str, at: datetime) -> str:
    """A zone in words, at an instant: `Santiago (UTC−3)`."""
    city, distance = city_of(language, name), offset(name, at)
    return city if city == distance else f"{city} ({distance})"


def offset(name: str, at: datetime) -> str:
    """How far a zone is from UTC at an instant: `UTC−3`, `UTC+5:30`."""
    shift = at.astimezone(zone(name)).utcoffset()
    minutes = round(shift.total_seconds() / 60) if shift is not None else 0
    hours, rest = divmod(abs(minutes), 60)
    if not minutes:
        return "UTC"
    return f"UTC{'−' if minutes < 0 else '+'}{hours}{f':{rest:02d}' if rest else ''}"


def city_of(language: Language, name: str) -> str:
    """The city that a zone is known by, in a language."""
    return "UTC" if name in ("UTC", "Etc/UTC") else _city(language.locale, name)


@cache
def choices(language: Language) -> tuple[tuple[str, str], ...]:
    """All zones that somebody may live in, with their cities, in the order of these."""
    found = [(name, _city(language.locale, name)) for name in inhabited()]
    return (*sorted(found, key=lambda one: one[1].casefold()), ("UTC", "UTC"))


@cache
def inhabited() -> tuple[str, ...]:
    """The zones that the database lists by country."""
    table = (resources.files("tzdata") / "zoneinfo" / "zone.tab").read_text("utf-8")
    return tuple(line.split("\t")[2].strip() for line in table.splitlines() if line and not line.startswith("#"))


def _city(locale: Locale, name: str) -> str:
    return str(dates.get_timezone_location(zone(name), locale=locale, return_city=True))
