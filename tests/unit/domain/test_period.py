"""Periods keep calendar time and elapsed time apart."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.domain.period import Period
from qms.domain.zones import zone

BERLIN = zone("Europe/Berlin")
SANTIAGO = zone("America/Santiago")


@pytest.mark.parametrize(
    ("text", "period"),
    [
        ("P1D", Period(days=1)),
        ("PT24H", Period(seconds=86_400)),
        ("P1M", Period(months=1)),
        ("PT1M", Period(seconds=60)),
        ("P1Y2M3W4DT5H6M7S", Period(months=14, days=25, seconds=18_367)),
        ("PT0S", Period()),
        ("PT5M0s", Period(seconds=300)),
        ("pt1h30m", Period(seconds=5400)),
        ("PT0.5H", Period(seconds=1800)),
        ("PT1,5M", Period(seconds=90)),
        ("PT90M", Period(seconds=5400)),
        ("P0D", Period()),
    ],
)
def test_iso_8601_duration_is_read(text, period):
    assert Period.parse(text) == period


@pytest.mark.parametrize(
    "text",
    [
        "",
        "P",
        "PT",
        "P1",
        "1D",
        "P1DT",
        "PT1D",
        "P1H",
        "-P1D",
        "P-1D",
        "P1.5D",
        "PT1.5S",
        "PT0.0001H",
        "P1D ",
        "P\uff11D",
        "P1S",
    ],
)
def test_what_is_no_duration_is_refused(text):
    with pytest.raises(ValueError, match="expected an ISO 8601 duration"):
        Period.parse(text)


@pytest.mark.parametrize(
    ("period", "text"),
    [
        (Period(), "PT0S"),
        (Period(days=1), "P1D"),
        (Period(seconds=86_400), "PT24H"),
        (Period(months=14, days=25, seconds=18_367), "P1Y2M25DT5H6M7S"),
    ],
)
def test_period_is_written_in_its_shortest_form(period, text):
    assert str(period) == text


@given(st.builds(Period, months=st.integers(0, 9000), days=st.integers(0, 9000), seconds=st.integers(0, 10**7)))
def test_what_is_written_is_read_again(period):
    assert Period.parse(str(period)) == period


def test_day_before_is_the_same_wall_time_when_the_clocks_change():
    monday_nine = datetime.fromisoformat("2026-03-30T09:00+02:00")
    sunday_one = datetime.fromisoformat("2026-03-29T01:00+01:00")

    assert Period(days=2).before(monday_nine, BERLIN) == datetime.fromisoformat("2026-03-28T09:00+01:00")
    assert Period(seconds=172_800).before(monday_nine, BERLIN) == datetime.fromisoformat("2026-03-28T08:00+01:00")
    assert Period(days=1).after(sunday_one, BERLIN) - sunday_one == timedelta(hours=23)


def test_skipped_wall_time_is_read_with_the_offset_before_the_gap():
    saturday_half_past_two = datetime.fromisoformat("2026-03-28T02:30+01:00")

    assert Period(days=1).after(saturday_half_past_two, BERLIN) == datetime.fromisoformat("2026-03-29T03:30+02:00")


def test_missing_midnight_is_no_error():
    midnight = datetime.fromisoformat("2026-09-05T00:00-04:00")

    assert Period(days=1).after(midnight, SANTIAGO) == datetime.fromisoformat("2026-09-06T01:00-03:00")


def test_elapsed_part_counts_through_a_repeated_hour():
    second_half_past_two = datetime.fromisoformat("2026-10-25T02:30+01:00")

    assert Period(seconds=60).after(second_half_past_two, BERLIN) == second_half_past_two + timedelta(minutes=1)


def test_month_ends_with_its_last_day():
    assert Period(months=1).after(datetime(2026, 1, 31, 12, tzinfo=UTC), UTC) == datetime(2026, 2, 28, 12, tzinfo=UTC)
    assert Period(months=13).before(datetime(2026, 1, 31, tzinfo=UTC), UTC) == datetime(2024, 12, 31, tzinfo=UTC)


def test_calendar_part_comes_before_the_elapsed_part():
    friday = datetime.fromisoformat("2026-03-27T12:00+01:00")

    moved = Period(days=2, seconds=3600).after(friday, BERLIN)

    assert moved == datetime.fromisoformat("2026-03-29T13:00+02:00")


def test_period_of_nothing_is_false():
    assert not Period()
    assert Period(seconds=1)
