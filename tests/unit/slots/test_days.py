"""Days, months and the next free time, as viewers in other zones have them."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.domain.slots import (
    Agenda,
    Calendar,
    Claim,
    Rules,
    Window,
    day_starts,
    day_window,
    first_instant,
    free_starts,
    month_days,
    month_window,
    next_free,
)
from qms.domain.weekly import WeeklyHours
from qms.domain.zones import wall_time, zone
from tests.unit.slots.strategies import ZONES, changes

ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))
SANTIAGO, BERLIN = zone("America/Santiago"), zone("Europe/Berlin")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


def weekdays(*spans: str, where: str = "America/Santiago") -> Calendar:
    days = dict.fromkeys(("mon", "tue", "wed", "thu", "fri"), spans)
    return Calendar(hours=(WeeklyHours.from_json(days),), where=zone(where))


def starts(calendar: Calendar, rules: Rules, window: Window, *claims: Claim) -> int:
    return free_starts(Agenda(calendar=calendar, claims=claims), rules, window, ALWAYS)


@pytest.mark.parametrize(
    ("name", "day", "first", "hours"),
    [
        ("Europe/Berlin", "2026-03-29", "2026-03-28T23:00Z", 23),
        ("Europe/Berlin", "2026-10-25", "2026-10-24T22:00Z", 25),
        ("America/Santiago", "2026-09-06", "2026-09-06T04:00Z", 23),  # midnight is skipped: the day begins at 01:00
        ("America/Santiago", "2026-04-04", "2026-04-04T03:00Z", 25),  # 23:00 comes twice
        ("Asia/Beirut", "2026-03-29", "2026-03-28T22:00Z", 23),
        ("America/Havana", "2025-11-02", "2025-11-02T04:00Z", 25),  # midnight comes twice: the first one counts
        ("Australia/Lord_Howe", "2026-04-05", "2026-04-04T13:00Z", 24.5),
        ("Asia/Kathmandu", "2026-05-04", "2026-05-03T18:15Z", 24),
        ("Pacific/Apia", "2011-12-30", "2011-12-30T10:00Z", 0),  # there was no such day
        ("Africa/Monrovia", "1972-01-07", "1972-01-07T00:44:30Z", 23 + 15.5 / 60),
    ],
)
def test_a_day_runs_from_its_first_instant_to_the_next_days(name, day, first, hours):
    where, wanted = zone(name), date.fromisoformat(day)

    begins, ends = first_instant(wanted, where), first_instant(wanted + timedelta(days=1), where)

    assert begins == at(first)
    assert ends - begins == timedelta(hours=hours)


@given(name=st.sampled_from(ZONES), data=st.data())
def test_the_first_instant_of_a_date_is_the_first_that_shows_it(name, data):
    where = zone(name)
    day = data.draw(st.sampled_from(changes(name))).date() + timedelta(days=data.draw(st.integers(-1, 2)))

    found = first_instant(day, where)

    assert wall_time(found - timedelta(minutes=1), where).date() < day
    assert wall_time(found, where).date() >= day


def test_hours_of_a_day_are_the_viewers_also_past_midnight_in_utc():
    window = Window.covering(at("2026-03-01T00:00Z"), at("2026-03-10T00:00Z"))
    bits = starts(weekdays("08:00-10:00", "22:00-24:00"), Rules(duration_minutes=60, step_minutes=60), window)

    in_santiago = day_starts(bits, window, date(2026, 3, 2), SANTIAGO)
    in_berlin = day_starts(bits, window, date(2026, 3, 3), BERLIN)

    assert in_santiago == [at(f"2026-03-02T{hour}:00-03:00") for hour in ("08", "09", "22", "23")]
    assert in_berlin == [at(f"2026-03-0{day}-03:00") for day in ("2T22:00", "2T23:00", "3T08:00", "3T09:00")]


def test_days_of_a_month_are_those_with_a_start():
    window = month_window(date(2026, 3, 17), SANTIAGO)
    holiday = Claim.of(at("2026-03-02T00:00-03:00"), at("2026-03-06T23:00-03:00"))

    bits = starts(weekdays("09:00-10:00"), Rules(), window, holiday)

    assert [day.day for day in month_days(bits, window, date(2026, 3, 17), SANTIAGO)] == [
        9, 10, 11, 12, 13, 16, 17, 18, 19, 20, 23, 24, 25, 26, 27, 30, 31,
    ]  # fmt: skip


def test_the_edges_of_a_month_belong_to_the_viewer():
    calendar, rules = weekdays("22:00-23:00"), Rules(duration_minutes=60, step_minutes=60)
    window = Window.covering(at("2026-03-20T00:00Z"), at("2026-05-10T00:00Z"))

    bits = starts(calendar, rules, window)

    assert month_days(bits, window, date(2026, 4, 1), SANTIAGO)[0] == date(2026, 4, 1)
    assert month_days(bits, window, date(2026, 4, 1), BERLIN)[0] == date(2026, 4, 1)  # 31 March in Santiago
    assert day_starts(bits, window, date(2026, 4, 1), BERLIN) == [at("2026-03-31T22:00-03:00")]


def test_the_grid_belongs_to_the_schedule_whatever_zone_it_is_looked_at_from():
    window = day_window(date(2026, 5, 4), timezone(timedelta(hours=5, minutes=45)))

    bits = starts(weekdays("09:10-11:00"), Rules(duration_minutes=30, step_minutes=60), window)

    assert window.instants(bits) == [at("2026-05-04T09:10-04:00"), at("2026-05-04T10:10-04:00")]


def test_breaks_and_other_bookings_do_not_start_the_grid_anew():
    window = day_window(date(2026, 5, 4), SANTIAGO)
    hours = WeeklyHours.from_json({"mon": ["09:00-13:00"], "breaks": {"mon": ["10:10-10:20"]}})
    odd = Claim.of(at("2026-05-04T11:00-04:00"), at("2026-05-04T11:07-04:00"))

    bits = starts(Calendar(hours=(hours,), where=SANTIAGO), Rules(duration_minutes=30, step_minutes=30), window, odd)

    shown = [f"{wall_time(start, SANTIAGO):%H:%M}" for start in window.instants(bits)]
    assert shown == ["09:00", "09:30", "10:30", "11:30", "12:00", "12:30"]


def test_buffers_reach_outside_the_hours_and_keep_clear_of_others():
    window = day_window(date(2026, 5, 4), SANTIAGO)
    rules = Rules(duration_minutes=30, step_minutes=30, before_minutes=15, after_minutes=15)
    claim = Claim.of(at("2026-05-04T10:00-04:00"), at("2026-05-04T10:30-04:00"))

    bits = starts(weekdays("09:00-12:00"), rules, window, claim)

    shown = [f"{wall_time(start, SANTIAGO):%H:%M}" for start in window.instants(bits)]
    assert shown == ["09:00", "11:00", "11:30"]


def test_what_must_be_open_too_gives_no_grid():
    window = day_window(date(2026, 5, 4), SANTIAGO)
    agent, branch = weekdays("08:30-11:00"), weekdays("09:00-10:45")
    both = Calendar(hours=agent.hours, where=SANTIAGO, within=(branch,))

    bits = starts(both, Rules(duration_minutes=30, step_minutes=45), window)

    shown = [f"{wall_time(start, SANTIAGO):%H:%M}" for start in window.instants(bits)]
    assert shown == ["09:15", "10:00"]


def test_without_hours_it_is_always_open_and_the_grid_starts_at_midnight():
    window = day_window(date(2026, 3, 29), BERLIN)

    bits = starts(Calendar(hours=(), where=BERLIN), Rules(duration_minutes=60, step_minutes=180), window)

    shown = [f"{wall_time(start, BERLIN):%H:%M}" for start in window.instants(bits)]
    assert shown == ["00:00", "03:00", "06:00", "09:00", "12:00", "15:00", "18:00", "21:00"]


def test_the_hour_that_comes_twice_is_offered_twice():
    window = Window.covering(at("2026-10-25T02:00+02:00"), at("2026-10-25T03:00+01:00"))

    bits = starts(weekdays(where="Europe/Berlin"), Rules(), window) | starts(
        Calendar(hours=(), where=BERLIN), Rules(duration_minutes=30, step_minutes=30), window
    )

    assert [f"{wall_time(start, BERLIN):%H:%M}" for start in window.instants(bits)] == ["02:00", "02:30"] * 2


def test_lead_time_and_horizon_are_the_first_and_last_start():
    window = day_window(date(2026, 5, 4), SANTIAGO)
    agenda = Agenda(calendar=weekdays("09:00-12:00"))
    allowed = (at("2026-05-04T09:30:00.000001-04:00"), at("2026-05-04T11:00-04:00"))

    bits = free_starts(agenda, Rules(), window, allowed)

    shown = [f"{wall_time(start, SANTIAGO):%H:%M}" for start in window.instants(bits)]
    assert shown == ["10:00", "10:30", "11:00"]


def test_the_next_free_start_is_not_before_the_instant_asked_for():
    window = Window.covering(at("2026-05-01T12:00Z"), at("2026-05-31T00:00Z"))
    bits = starts(weekdays("09:00-10:00"), Rules(), window)

    assert next_free(bits, window, at("2026-05-02T00:00Z")) == at("2026-05-04T09:00-04:00")
    assert next_free(bits, window, at("2026-05-04T09:30-04:00")) == at("2026-05-04T09:30-04:00")
    assert next_free(bits, window, at("2026-05-30T00:00Z")) is None
