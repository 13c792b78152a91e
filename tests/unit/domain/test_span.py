"""Hours of a day and names of days, as people post them."""

import pytest

from qms.domain.span import Span, parse_days


@pytest.mark.parametrize(
    ("text", "span"),
    [
        ("09:00-18:00", Span(540, 1080)),
        ("9:00 - 18:00", Span(540, 1080)),
        ("22:00-26:00", Span(1320, 1560)),
        ("22:00-02:00", Span(1320, 1560)),
        ("00:00-24:00", Span(0, 1440)),
        ("00:00-00:00", Span(0, 1440)),
        ("09:00-09:00", Span(540, 1980)),
        ("25:00-25:15", Span(1500, 1515)),
        ("00:00-48:00", Span(0, 2880)),
    ],
)
def test_end_at_or_before_the_start_is_on_the_next_day(text, span):
    assert Span.parse(text) == span
    assert Span.parse(str(span)) == span


@pytest.mark.parametrize(
    "text", ["", "9-18", "09:00", "09:60-10:00", "22:00-48:01", "25:00-24:30", "09:00-18:00-19:00"]
)
def test_what_is_no_span_is_refused(text):
    with pytest.raises(ValueError, match="expected hours"):
        Span.parse(text)


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("mon", (0,)),
        ("mon-fri", (0, 1, 2, 3, 4)),
        ("mon,wed", (0, 2)),
        ("Sat - Mon", (5, 6, 0)),
        ("mon-wed,fri,tue", (0, 1, 2, 4)),
        ("sun-sun", (6,)),
    ],
)
def test_days_are_named_as_ranges_and_lists(text, days):
    assert parse_days(text) == days


@pytest.mark.parametrize("text", ["", "monday", "mon-", "-fri", "mon,,tue", "mon;tue", "1"])
def test_what_is_no_day_is_refused(text):
    with pytest.raises(ValueError, match="expected days such as mon"):
        parse_days(text)
