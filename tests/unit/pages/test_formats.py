"""Numbers and times in words, the same in templates as in scripts (tests/js/i18n.test.mjs)."""

from datetime import UTC, datetime, timedelta

import pytest

from qms.web.pages import formats
from qms.web.pages.languages import SHIPPED, first_shipped


def locale(tag):
    return first_shipped([tag]).locale


@pytest.mark.parametrize("language", SHIPPED, ids=lambda language: language.tag)
def test_digits_are_the_same_in_every_language(language):
    assert formats.number(language.locale, 42) == "42"
    assert "10" in formats.minutes(language.locale, 10)


def test_a_wait_is_a_range_and_one_figure_where_both_ends_are_the_same():
    assert formats.wait(locale("en"), 5, 9.6) == "5–10 min"
    assert formats.wait(locale("en"), 5.1, 4.9) == "5 min"


def test_a_duration_has_its_two_largest_units():
    spans: list[timedelta | float] = [timedelta(seconds=45), 754, timedelta(hours=1, minutes=5, seconds=9), 0]

    assert [formats.duration(locale("en"), span) for span in spans] == ["45 sec", "12 min", "1 hr 5 min", "0 sec"]


def test_arabic_spells_its_units_out():
    assert formats.minutes(locale("ar"), 5) == "5 دقائق"


def test_a_time_and_a_day_are_those_of_the_zone():
    instant = datetime(2026, 11, 21, 1, 5, tzinfo=UTC)

    assert formats.time(locale("es"), instant, "America/Santiago") == "22:05"
    assert formats.day(locale("es"), instant, "America/Santiago", "long") == "20 de noviembre de 2026"
