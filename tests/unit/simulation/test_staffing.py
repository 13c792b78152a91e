"""Staffing: the forecast of a week, the load that agents feel, and how many are needed."""

from datetime import date, timedelta
from random import Random

import pytest

from acd.simulation.day import HOUR, SECOND, Agent
from acd.simulation.demand import PER_DAY, counted, week
from acd.simulation.erlang import erlang_a
from acd.simulation.gaps import poisson
from acd.simulation.staffing import Wanted, felt, needed_for, on_duty, roster_of, staffing
from acd.simulation.traffic import Recorded
from acd.simulation.week import staffed_week, week_csv, week_json
from acd.simulation.week_page import choices, week_page

MONDAY = date(2026, 1, 5)
BANK = Wanted(handling_seconds=190, patience_seconds=387, target_seconds=20)
PROFILE = [0.0] * 32 + [6.0] * 16 + [12.0] * 8 + [4.0] * 16 + [0.0] * 24
"""People per quarter, from eight to six, with a peak at noon."""


def some_weeks(count: int, chance: Random) -> dict[date, list[int]]:
    """Every day of so many weeks; busy days are busy all day long."""
    days = [MONDAY + timedelta(days=at) for at in range(7 * count)]
    levels = {day: 0.85 + 0.3 * chance.random() for day in days}
    return {day: [poisson(levels[day] * mean, chance) for mean in PROFILE] for day in days}


def test_arrivals_are_counted_by_the_quarter():
    counts = counted([0, HOUR // 4 - 1, HOUR, 30 * HOUR])

    assert (counts[0], counts[4], counts[95], sum(counts)) == (2, 1, 1, 4)


def test_the_forecast_is_near_what_is_usual_and_its_band_holds_eight_of_ten():
    chance = Random(2)
    forecast = week(some_weeks(8, chance))

    later = some_weeks(4, chance)
    inside = [
        quarter.low - 0.5 <= came <= quarter.high + 0.5
        for day, counts in later.items()
        for came, quarter in zip(counts, forecast[day.weekday()].quarters, strict=True)
        if quarter.mean > 1
    ]
    assert forecast[0].total == pytest.approx(sum(PROFILE), rel=0.12)
    assert 0.76 <= sum(inside) / len(inside) <= 0.92


def test_a_day_of_the_week_that_was_never_seen_is_not_forecast():
    assert week({MONDAY: [1] * PER_DAY}).keys() == {0}


def test_the_load_lags_behind_those_who_come():
    loads = felt([0, 10, 10, 0, 0], 900)

    assert loads[0] == 0
    assert 0 < loads[1] < loads[2] < 10
    assert loads[3] > loads[4] > 0


def test_short_services_feel_what_comes():
    assert felt([30.0] * 3, 30)[2] == pytest.approx(1.0, rel=1e-3)


def test_a_bank_needs_what_has_been_worked_out():
    assert [needed_for(per_hour * 190 / 3600, BANK) for per_hour in (86, 124, 101, 47, 0)] == [7, 9, 8, 5, 0]


def test_little_is_enough_where_little_is_wanted():
    modest = Wanted(handling_seconds=190, patience_seconds=387, target_seconds=20, level=0.01)

    needed = needed_for(20.0, modest)

    levels = [erlang_a(agents, 20.0 / 190, 190, 387, 20).service_level for agents in (needed - 1, needed)]
    assert levels[0] < 0.01 <= levels[1]


def test_each_quarter_is_told_with_two_more_and_two_fewer():
    intervals = staffing(week(some_weeks(3, Random(1)))[2], BANK)

    noon = next(one for one in intervals if one.at == 50)
    assert [agents - noon.needed for agents, _ in noon.choices] == [-2, -1, 0, 1, 2]
    levels = [steady.service_level for _, steady in noon.choices]
    assert levels == sorted(levels)
    assert levels[1] < 0.8 <= levels[2]
    assert noon.needed_low <= noon.needed <= noon.needed_high


def test_who_may_be_absent_is_rostered_too():
    day = week(some_weeks(3, Random(1)))[2]
    wanted = Wanted(handling_seconds=190, patience_seconds=387, target_seconds=20, shrinkage=0.25)

    assert all(one.rostered >= one.needed / 0.75 for one in staffing(day, wanted))


def test_the_roster_is_put_beside_what_is_needed():
    agents = [Agent(key=str(n), queues={"q": 1}, shifts=((8 * HOUR, 12 * HOUR),)) for n in range(3)]

    assert (on_duty(agents, 31), on_duty(agents, 32), on_duty(agents, 48)) == (0, 3, 0)
    intervals = staffing(week(some_weeks(3, Random(1)))[2], BANK, agents)
    assert next(one for one in intervals if one.at == 50).planned_level == 0


def test_the_roster_that_is_tried_has_as_many_as_are_needed():
    intervals = staffing(week(some_weeks(3, Random(1)))[2], BANK)

    agents = roster_of(intervals, ["q"])

    assert all(on_duty(agents, one.at) == one.needed for one in intervals)


def past(weeks: int) -> dict[date, list[Recorded]]:
    chance = Random(3)
    found = {}
    for day, counts in some_weeks(weeks, chance).items():
        at = [int((quarter + chance.random()) * HOUR / 4) for quarter, count in enumerate(counts) for _ in range(count)]
        found[day] = [
            Recorded(
                day=str(day),
                at=one,
                queue="q",
                handling=int(chance.expovariate(1 / 190) * SECOND),
                wait=int(chance.expovariate(1 / 20) * SECOND),
                served=chance.random() > 0.05,
            )
            for one in sorted(at)
        ]
    return found


def test_what_erlang_says_is_what_the_simulation_finds():
    (monday,) = staffed_week(
        past(3), {}, Wanted(handling_seconds=0, patience_seconds=0, target_seconds=20), weekdays=[0], count=8
    )

    exact = sum(dict(one.choices)[one.needed].service_level * one.expected for one in monday.intervals)
    expected = exact / sum(one.expected for one in monday.intervals)
    assert monday.tried[0]["offered_in_time"].p50 == pytest.approx(expected, abs=0.04)
    assert monday.tried[-1]["offered_in_time"].p50 < monday.tried[0]["offered_in_time"].p50
    assert monday.tried[1]["offered_in_time"].p50 > monday.tried[0]["offered_in_time"].p50


def test_a_week_is_told_the_same_way_twice():
    asked = Wanted(handling_seconds=0, patience_seconds=0, target_seconds=20)

    first, second = (staffed_week(past(2), {}, asked, weekdays=[1], count=1) for _ in range(2))

    assert week_json(first) == week_json(second)
    assert week_csv(first) == week_csv(second)
    assert week_page(first) == week_page(second)
    assert len(choices(first[0])[1]) == len(first[0].intervals)
