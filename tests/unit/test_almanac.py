"""The almanac: holidays by name, and closures each time they come round."""

from datetime import date, datetime

import pytest

from qms.domain.almanac import Holidays
from qms.domain.weekly import Closure
from qms.services.almanac import coming_round, holidays

CHILE = Holidays(country="CL")


def wall(year: int, month: int, day: int, hour: int = 0) -> datetime:
    return datetime(year, month, day, hour)  # noqa: DTZ001 - what a clock on the wall shows


def named(rule: Holidays, year: int, *languages: str) -> dict[date, str]:
    return {closure.start.date(): closure.reason for closure in holidays(rule, languages, year)}


def test_holidays_are_whole_days_by_their_names():
    found = named(CHILE, 2027, "es")

    assert found[date(2027, 1, 1)] == "Año Nuevo"
    assert found[date(2027, 3, 26)] == "Viernes Santo"  # it moves from year to year
    assert all(closure.covers_day(closure.start.date()) for closure in holidays(CHILE, (), 2027))


@pytest.mark.parametrize(
    ("languages", "name"), [(("en",), "Good Friday"), (("xx", "es-CL"), "Viernes Santo"), ((), "Viernes Santo")]
)
def test_names_are_in_the_first_language_known_else_in_the_countrys(languages, name):
    spoken = tuple(language.partition("-")[0] for language in languages)

    assert named(CHILE, 2027, *spoken)[date(2027, 3, 26)] == name


def test_a_subdivision_has_days_of_its_own_and_so_have_banks():
    arica, banks = Holidays(country="CL", subdivision="AP"), Holidays(country="CL", categories=("public", "bank"))

    assert named(arica, 2027).keys() - named(CHILE, 2027).keys() == {date(2027, 6, 7)}
    assert named(banks, 2027).keys() - named(CHILE, 2027).keys() == {date(2027, 12, 31)}


def test_every_year_has_its_own():
    assert all(date(year, 12, 25) in named(CHILE, year) for year in range(2020, 2060))


def test_a_country_that_is_known_no_more_has_none():
    assert holidays(Holidays(country="YU"), (), 2027) == ()


def test_what_comes_round_is_there_each_time_and_what_does_not_once():
    eve = Closure(start=wall(2026, 12, 24, 13), end=wall(2026, 12, 25), reason="Eve", rrule="FREQ=YEARLY")
    once = Closure.of_days(date(2026, 5, 5), date(2026, 5, 5))

    found = list(coming_round([eve, once], wall(2029, 1, 1), wall(2031, 1, 1)))

    assert [closure.start for closure in found] == [wall(2029, 12, 24, 13), wall(2030, 12, 24, 13), once.start]
    assert found[0] == Closure(start=wall(2029, 12, 24, 13), end=wall(2029, 12, 25), reason="Eve")


def test_a_stretch_over_new_year_counts_for_both_years():
    first, last = date(2026, 12, 24), date(2027, 1, 2)
    works = Closure.of_days(first, last)
    yearly = Closure(start=works.start, end=works.end, rrule="FREQ=YEARLY")

    found = list(coming_round([yearly], wall(2028, 1, 1), wall(2029, 1, 1)))

    assert [closure.start.date() for closure in found] == [date(2027, 12, 24), date(2028, 12, 24)]


def test_nothing_comes_round_before_its_first_time():
    monthly = Closure(start=wall(2026, 5, 4), end=wall(2026, 5, 5), rrule="FREQ=MONTHLY;BYDAY=1MO")

    assert list(coming_round([monthly], wall(2026, 1, 1), wall(2026, 5, 1))) == []
