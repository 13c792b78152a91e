"""The almanac: public holidays of the world's countries, by the `holidays` library; and closures that come round.

Nothing is stored. What is asked about a year is worked out by the rules known today: so it stays right as years pass
without anybody applying a file, and a new release of the library corrects the years to come by itself.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any, Protocol

from dateutil.rrule import rrulestr

from qms.domain.almanac import Almanac, Holidays
from qms.domain.weekly import Closure


class _Country(Protocol):
    """What the library says of a country."""

    subdivisions: Collection[str]
    supported_languages: Collection[str]
    supported_categories: Collection[str]
    default_language: str | None


class World:
    """The countries whose holidays the library knows. Only those that are asked for are loaded."""

    def countries(self) -> Mapping[str, str]:
        """Their codes (ISO 3166-1) by what they are called."""
        return _countries()

    def subdivisions(self, country: str) -> Collection[str]:
        """The codes of a country's subdivisions."""
        return _country(country).subdivisions

    def languages(self, country: str) -> Collection[str]:
        """The languages in which a country's holidays are named."""
        known = _country(country)
        return known.supported_languages or [known.default_language or "en_US"]

    def categories(self, country: str) -> Collection[str]:
        """The kinds of days that are known of a country."""
        return _country(country).supported_categories


WORLD: Almanac = World()


def holidays(rule: Holidays, languages: Sequence[str], year: int) -> tuple[Closure, ...]:
    """The public holidays of a year as closures, each for its name: in the rule's language, or the first one known.

    None at all of a country that the library knows no more: whether it does is seen when a file is applied.
    """
    if rule.country not in _countries().values():
        return ()
    known = _country(rule.country)
    language = rule.language or _spoken(known.supported_languages, languages) or known.default_language
    return _holidays(rule, language, year)


def coming_round(closures: Iterable[Closure], first: datetime, last: datetime) -> Iterator[Closure]:
    """Closures as single ones: those that come round, each time that they meet the wall times [first, last)."""
    for closure in closures:
        if closure.rrule is None:
            yield closure
        else:
            length = closure.end - closure.start
            for start in _starts(closure.rrule, closure.start, first - length, last):
                yield Closure(start=start, end=start + length, reason=closure.reason)


@lru_cache(maxsize=1024)
def _starts(rule: str, begin: datetime, first: datetime, last: datetime) -> tuple[datetime, ...]:
    return tuple(start for start in rrulestr(rule, dtstart=begin).between(first, last, inc=True) if start < last)


@lru_cache(maxsize=1024)
def _holidays(rule: Holidays, language: str | None, year: int) -> tuple[Closure, ...]:
    import holidays  # loaded by those who use it: most installations have no holidays

    found: dict[date, str] = holidays.country_holidays(
        rule.country,
        subdiv=rule.subdivision,
        years=year,
        language=language,
        categories=[one for one in rule.categories if one in WORLD.categories(rule.country)],
    )
    return tuple(Closure.of_days(day, day, name) for day, name in sorted(found.items()) if day.year == year)


def _spoken(known: Collection[str], wanted: Sequence[str]) -> str | None:
    """The first language wanted that is known, whatever the country; None: the country's own."""
    for language in (one.replace("-", "_") for one in wanted):
        kin = [one for one in sorted(known) if one == language or one.partition("_")[0] == language]
        if kin:
            return kin[0]
    return None


@cache
def _countries() -> Mapping[str, str]:
    from holidays.registry import COUNTRIES

    called = {module.replace("_", " "): code for module, (_, code, *_) in COUNTRIES.items()}
    return called | {other.lower(): code for _, code, *others in COUNTRIES.values() for other in (code, *others)}


@cache
def _country(code: str) -> _Country:
    import holidays

    found: Any = getattr(holidays, code)
    country: _Country = found()
    return country
