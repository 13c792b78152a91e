"""What is open when: by the clock on the wall, through gaps and overlaps, past midnight, on days that differ."""

from datetime import UTC, date, datetime, timedelta, tzinfo
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.domain.hours import Change, Closure, WeeklyHours, closes_at, is_open, next_change, open_ranges, opens_at
from qms.domain.span import DAYS, Span
from qms.domain.weekly import hours_from_json, hours_to_json
from qms.domain.zones import zone

BERLIN, SANTIAGO, LORD_HOWE = zone("Europe/Berlin"), zone("America/Santiago"), zone("Australia/Lord_Howe")
CAIRO, APIA = zone("Africa/Cairo"), zone("Pacific/Apia")


def weekly(*spans: str, days: str = "mon tue wed thu fri sat sun", **other: Any) -> WeeklyHours:
    """The same hours on several days."""
    return WeeklyHours.from_json({**dict.fromkeys(days.split(), spans), **other})


def closed(first: str, last: str | None = None) -> Closure:
    return Closure.of_days(date.fromisoformat(first), date.fromisoformat(last or first), "holiday")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text)


def length(hours: WeeklyHours, where: tzinfo, day: str, *closures: Closure) -> timedelta:
    """How long a place is open from noon before a date to noon after it."""
    noon = at(f"{day}T12:00").replace(tzinfo=where)
    ranges = open_ranges([hours], closures, where, noon - timedelta(days=1), noon + timedelta(days=1))
    return sum((end - start for start, end in ranges), timedelta())


def test_place_without_hours_is_always_open():
    assert is_open((), (), BERLIN, at("2026-01-01T03:00+01:00"))
    assert next_change((), (), BERLIN, at("2026-01-01T03:00+01:00")) is None


def test_place_with_hours_on_no_day_never_opens():
    assert not is_open([WeeklyHours()], (), BERLIN, at("2026-01-01T12:00+01:00"))
    assert next_change([WeeklyHours()], (), BERLIN, at("2026-01-01T12:00+01:00")) is None


@pytest.mark.parametrize(
    ("instant", "open_then"),
    [
        ("2026-11-18T08:59:59.999999+01:00", False),
        ("2026-11-18T09:00+01:00", True),
        ("2026-11-18T17:59:59.999999+01:00", True),
        ("2026-11-18T18:00+01:00", False),
        ("2026-11-18T08:30+00:00", True),
        ("2026-11-21T10:00+01:00", False),
    ],
)
def test_hours_are_half_open_and_in_the_zone_of_the_place(instant, open_then):
    hours = weekly("09:00-18:00", days="mon tue wed thu fri")

    assert is_open([hours], (), BERLIN, at(instant)) is open_then


def test_hours_with_a_zone_of_their_own_keep_it():
    hours = weekly("09:00-18:00", timezone="America/Santiago")

    assert not is_open([hours], (), BERLIN, at("2026-07-01T09:00+02:00"))
    assert is_open([hours], (), BERLIN, at("2026-07-01T09:00-04:00"))


def test_hours_may_pass_midnight():
    hours = weekly("22:00-26:00", days="fri")

    assert is_open([hours], (), BERLIN, at("2026-11-21T01:59+01:00"))
    assert not is_open([hours], (), BERLIN, at("2026-11-21T02:00+01:00"))
    assert not is_open([hours], (), BERLIN, at("2026-11-20T01:00+01:00"))
    assert closes_at([hours], (), BERLIN, at("2026-11-20T23:00+01:00")) == at("2026-11-21T02:00+01:00")


def test_hours_that_touch_or_overlap_are_one_stretch():
    hours = weekly("09:00-12:00", "11:00-13:00", "13:00-14:00")

    assert hours.posted(date.fromisoformat("2026-11-18")) == (Span(540, 840),)
    assert closes_at([hours], (), BERLIN, at("2026-11-18T09:30+01:00")) == at("2026-11-18T14:00+01:00")


def test_place_that_is_open_day_and_night_does_not_close():
    hours = weekly("00:00-24:00")

    assert closes_at([hours], (), BERLIN, at("2026-11-18T09:30+01:00")) is None
    assert is_open([hours], (), BERLIN, at("2026-03-29T03:00+02:00"))


def test_break_closes_and_does_not_start_the_hours_anew():
    hours = weekly("09:00-18:00", breaks={"wed": ["12:00-12:30"], "2026-11-19": ["15:00-15:30"]})

    assert not is_open([hours], (), BERLIN, at("2026-11-18T12:29+01:00"))
    assert is_open([hours], (), BERLIN, at("2026-11-18T12:30+01:00"))
    assert is_open([hours], (), BERLIN, at("2026-11-19T12:15+01:00"))
    assert not is_open([hours], (), BERLIN, at("2026-11-19T15:15+01:00"))
    assert hours.posted(date.fromisoformat("2026-11-18")) == (Span(540, 1080),)


def test_break_after_midnight_belongs_to_the_night_it_is_in():
    hours = weekly("22:00-26:00", days="fri", breaks={"fri": ["25:00-25:15"]})

    assert not is_open([hours], (), BERLIN, at("2026-11-21T01:10+01:00"))
    assert is_open([hours], (), BERLIN, at("2026-11-21T01:15+01:00"))


def test_date_with_its_own_hours_replaces_the_weekday_and_its_breaks():
    hours = weekly(
        "09:00-18:00", breaks={"thu": ["10:00-11:00"]}, dates={"2026-12-24": ["09:00-12:00"], "2026-12-25": []}
    )

    assert is_open([hours], (), BERLIN, at("2026-12-24T10:30+01:00"))
    assert not is_open([hours], (), BERLIN, at("2026-12-24T12:00+01:00"))
    assert not is_open([hours], (), BERLIN, at("2026-12-25T10:00+01:00"))
    assert is_open([hours], (), BERLIN, at("2026-12-26T10:00+01:00"))


def test_date_with_its_own_hours_leaves_the_night_before_alone():
    hours = weekly("22:00-26:00", dates={"2026-12-25": []})

    assert is_open([hours], (), BERLIN, at("2026-12-25T01:00+01:00"))
    assert not is_open([hours], (), BERLIN, at("2026-12-25T22:30+01:00"))
    assert not is_open([hours], (), BERLIN, at("2026-12-26T01:00+01:00"))


def test_closed_date_takes_its_night_along_and_ends_the_one_before():
    hours = weekly("22:00-26:00")
    christmas = closed("2026-12-25")

    assert is_open([hours], [christmas], BERLIN, at("2026-12-24T23:59+01:00"))
    assert not is_open([hours], [christmas], BERLIN, at("2026-12-25T01:00+01:00"))
    assert not is_open([hours], [christmas], BERLIN, at("2026-12-25T23:00+01:00"))
    assert not is_open([hours], [christmas], BERLIN, at("2026-12-26T01:00+01:00"))
    assert is_open([hours], [christmas], BERLIN, at("2026-12-26T22:00+01:00"))


def test_closure_of_some_hours_closes_those():
    meeting = Closure(start=at("2026-11-18T14:00"), end=at("2026-11-18T15:00"), reason="meeting")

    assert is_open((), [meeting], BERLIN, at("2026-11-18T13:59+01:00"))
    assert not is_open((), [meeting], BERLIN, at("2026-11-18T14:00+01:00"))
    assert next_change((), [meeting], BERLIN, at("2026-11-18T13:00+01:00")) == Change(
        at("2026-11-18T14:00+01:00"), False
    )
    assert opens_at((), [meeting], BERLIN, at("2026-11-18T14:10+01:00")) == at("2026-11-18T15:00+01:00")


def test_closure_is_read_in_the_zone_of_each_schedule():
    here, there = weekly("09:00-18:00", timezone="Europe/Berlin"), weekly("09:00-18:00", timezone="America/Santiago")
    day = closed("2026-11-18")

    assert not is_open([here], [day], BERLIN, at("2026-11-18T17:00+01:00"))
    assert not is_open([here, there], [day], BERLIN, at("2026-11-18T17:00+01:00"))
    assert is_open([there], [closed("2026-11-17")], BERLIN, at("2026-11-18T17:00+01:00"))


def test_schedules_hold_from_one_date_to_another_and_add_up():
    summer = weekly("09:00-12:00", valid_to="2026-06-30")
    winter = weekly("14:00-18:00", valid_from="2026-07-01")
    always = weekly("20:00-21:00")

    assert is_open([summer, winter], (), BERLIN, at("2026-06-30T10:00+02:00"))
    assert not is_open([summer, winter], (), BERLIN, at("2026-07-01T10:00+02:00"))
    assert is_open([summer, winter], (), BERLIN, at("2026-07-01T14:00+02:00"))
    assert is_open([winter, always], (), BERLIN, at("2026-06-30T20:30+02:00"))


def test_opening_far_away_is_found():
    next_year = weekly("09:00-12:00", valid_from="2027-02-01")

    assert opens_at([next_year], (), BERLIN, at("2026-03-01T10:00+01:00")) == at("2027-02-01T09:00+01:00")


def test_closing_at_the_edge_of_what_is_looked_at_first_is_found():
    always = weekly("00:00-24:00")
    start = at("2026-11-18T09:00+00:00")

    for days in (7, 8, 9, 40, 41, 399):
        day = (start + timedelta(days=days)).date()
        expected = datetime.combine(day, datetime.min.time(), BERLIN)
        assert closes_at([always], [Closure.of_days(day, day)], BERLIN, start) == expected


@pytest.mark.parametrize(
    ("where", "day", "spans", "hours_open"),
    [
        (BERLIN, "2026-03-29", ("01:00-04:00",), 2.0),  # 02:00 to 03:00 is skipped
        (BERLIN, "2026-10-25", ("01:00-04:00",), 4.0),  # and repeated
        (BERLIN, "2026-10-25", ("02:00-02:30",), 1.0),  # an ambiguous half hour is open twice
        (BERLIN, "2026-03-29", ("02:00-03:00",), 0.0),  # hours inside the gap do not happen
        (SANTIAGO, "2026-09-06", ("00:00-02:00",), 1.0),  # there is no midnight
        (SANTIAGO, "2026-04-04", ("22:00-24:00",), 3.0),  # the hour before midnight comes twice
        (SANTIAGO, "2026-04-04", ("22:00-26:00",), 5.0),
        (SANTIAGO, "2026-09-05", ("22:00-26:00",), 3.0),
        (LORD_HOWE, "2026-10-04", ("01:00-03:00",), 1.5),  # clocks that jump by half an hour
        (LORD_HOWE, "2026-04-05", ("01:00-03:00",), 2.5),
        (CAIRO, "2026-04-24", ("00:00-02:00",), 1.0),
        (zone("America/Havana"), "2026-03-08", ("00:00-24:00",), 23.0),
        (zone("Asia/Beirut"), "2026-03-29", ("00:00-24:00",), 23.0),
    ],
)
def test_gaps_shorten_a_day_and_overlaps_lengthen_it(where, day, spans, hours_open):
    only_then = WeeklyHours(dates=((date.fromisoformat(day), tuple(map(Span.parse, spans))),))

    assert length(only_then, where, day) == timedelta(hours=hours_open)


def test_day_that_a_country_skipped_does_not_open():
    hours = weekly("09:00-17:00")

    ranges = open_ranges([hours], (), APIA, at("2011-12-29T00:00-10:00"), at("2012-01-01T00:00+14:00"))

    assert [start.astimezone(APIA).date().isoformat() for start, _ in ranges] == ["2011-12-29", "2011-12-31"]


def test_closing_in_a_repeated_hour_comes_twice():
    hours = weekly("00:00-02:30")
    first, second = at("2026-10-25T02:30+02:00"), at("2026-10-25T02:30+01:00")

    assert closes_at([hours], (), BERLIN, at("2026-10-25T01:00+02:00")) == first
    assert opens_at([hours], (), BERLIN, first) == at("2026-10-25T02:00+01:00")
    assert closes_at([hours], (), BERLIN, at("2026-10-25T02:00+01:00")) == second


def test_opening_inside_a_gap_comes_right_after_it():
    hours = weekly("00:30-09:00")

    assert opens_at([hours], (), SANTIAGO, at("2026-09-05T20:00-04:00")) == at("2026-09-06T01:00-03:00")


def test_hours_for_a_column_keep_everything():
    hours = weekly(
        "22:00-26:00",
        days="fri",
        timezone="Europe/Berlin",
        breaks={"fri": ["23:00-23:15"], "2026-11-20": ["24:00-24:15"]},
        dates={"2026-12-24": ["09:00-12:00"], "2026-12-25": []},
        valid_from="2026-01-01",
        valid_to="2026-12-31",
    )

    stored = hours_to_json([hours])

    assert stored is not None
    assert stored[0]["fri"] == ["22:00-26:00"]
    assert hours_from_json(stored) == (hours,)
    assert hours_from_json(stored[0]) == (hours,)
    assert hours_to_json(()) is None
    assert hours_from_json(None) == ()
    assert hours_from_json(hours_to_json([WeeklyHours()])) == (WeeklyHours(),)


def test_closure_for_a_column_keeps_everything():
    closure = Closure(start=at("2026-12-24T13:00"), end=at("2026-12-26T00:00"), reason="Christmas")

    assert closure.to_json() == {"start": "2026-12-24T13:00", "end": "2026-12-26T00:00", "reason": "Christmas"}
    assert Closure.from_json(closure.to_json()) == closure


SPANS = st.builds(
    lambda start, minutes: Span(start, min(start + minutes, 2880)), st.integers(0, 1439), st.integers(1, 1440)
).map(lambda span: Span(span.start // 30 * 30, -(-span.end // 30) * 30))
SOME = st.lists(SPANS, max_size=2).map(tuple)
WEEKS = st.lists(SOME, min_size=len(DAYS), max_size=len(DAYS)).map(tuple)
AROUND = {
    BERLIN: ("2026-03-27", "2026-10-23"),
    SANTIAGO: ("2026-04-03", "2026-09-04"),
    LORD_HOWE: ("2026-04-03", "2026-10-02"),
    CAIRO: ("2026-04-22", "2026-10-28"),
    APIA: ("2011-12-28", "2012-03-30"),
}


@st.composite
def places(draw: Any) -> tuple[list[WeeklyHours], list[Closure], tzinfo, datetime]:
    """Hours and closures around a night on which the clocks change, and the first instant to look at."""
    where = draw(st.sampled_from(list(AROUND)))
    first = date.fromisoformat(draw(st.sampled_from(AROUND[where])))
    days = st.integers(0, 5).map(lambda n: first + timedelta(days=n))
    dates = st.dictionaries(days, SOME, max_size=2).map(lambda found: tuple(sorted(found.items())))
    one = st.builds(WeeklyHours, week=WEEKS, breaks=WEEKS, dates=dates, date_breaks=dates)
    walls = st.builds(
        lambda day, n: datetime.combine(day, datetime.min.time()) + timedelta(minutes=30 * n), days, st.integers(0, 47)
    )
    partial = st.builds(
        lambda start, n: Closure(start=start, end=start + timedelta(minutes=30 * n)), walls, st.integers(1, 60)
    )
    closures = draw(st.lists(st.one_of(partial, days.map(lambda day: Closure.of_days(day, day))), max_size=2))
    return draw(st.lists(one, max_size=2)), closures, where, datetime.combine(first, datetime.min.time(), UTC)


@given(places())
def test_ranges_hold_exactly_the_instants_that_are_open(place):
    hours, closures, where, start = place
    end = start + timedelta(days=5)

    ranges = open_ranges(hours, closures, where, start, end)

    assert ranges == sorted(ranges)
    at_half_hours = [start + timedelta(minutes=15 * n) for n in range(5 * 96)]
    inside = {instant for instant in at_half_hours for first, last in ranges if first <= instant < last}
    assert inside == {instant for instant in at_half_hours if is_open(hours, closures, where, instant)}


@given(places(), st.integers(0, 5 * 96))
def test_next_change_is_where_the_answer_changes_and_not_later(place, quarters):
    hours, closures, where, start = place
    instant = start + timedelta(minutes=15 * quarters)

    change = next_change(hours, closures, where, instant)

    until = change.at if change is not None else instant + timedelta(days=10)
    before = [instant + timedelta(minutes=15 * n) for n in range((until - instant) // timedelta(minutes=15))]
    was_open = is_open(hours, closures, where, instant)
    assert all(is_open(hours, closures, where, moment) is was_open for moment in before[:1000])
    if change is not None:
        assert change.at > instant
        assert change.opens is not was_open
        assert is_open(hours, closures, where, change.at) is change.opens


@given(places())
def test_hours_survive_a_column(place):
    hours, closures, _, _ = place

    assert hours_from_json(hours_to_json(hours)) == tuple(hours)
    assert [Closure.from_json(closure.to_json()) for closure in closures] == closures
