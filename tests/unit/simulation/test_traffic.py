"""Files of visits, rosters and day files: what they may say, and how a mistake in them is told."""

import io
from random import Random

import pytest

from acd.simulation.day import FOR_EVER, HOUR, SECOND
from acd.simulation.dayfile import read_day
from acd.simulation.durations import Exponential
from acd.simulation.gaps import filled, habits, poisson
from acd.simulation.traffic import Malformed, read_roster, read_visits

HEADER = "day,arrive_s,queue,prio,service_s,patience_s,wait_s,outcome,agent\n"


def visits(*rows: str):
    return read_visits(io.StringIO(HEADER + "\n".join(rows)))


def test_a_visit_is_read():
    (one,) = visits("2026-03-02,3600,cash,vip,120,,30,served,ana")["2026-03-02"]

    assert (one.at, one.queue, one.kind, one.handling) == (HOUR, "cash", "vip", 120 * SECOND)
    assert (one.patience, one.wait, one.served, one.agent) == (None, 30 * SECOND, True, "ana")


def test_days_are_kept_apart_and_visits_put_in_order():
    found = visits("b,9,q,,,,,,", "a,5,q,,,,,,", "b,3,q,,,,,,")

    assert {day: [one.at // SECOND for one in some] for day, some in found.items()} == {"a": [5], "b": [3, 9]}


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("a,soon,q,,,,,,", "line 2, column arrive_s: expected a number of seconds"),
        ("a,,q,,,,,,", "line 2, column arrive_s: expected seconds of the day"),
        ("a,1,,,,,,,", "line 2, column queue: expected a name"),
        ("a,1,q,,-5,,,,", "line 2, column service_s: expected a number of seconds that is not negative"),
        ("a,1e9,q,,,,,,", "line 2, column arrive_s: expected at most a month, in seconds"),
        ("a,1,q,,inf,,,,", "line 2, column service_s: expected a number of seconds"),
        ("a,1,q,,,,,vanished,", "line 2, column outcome: expected served or abandoned"),
    ],
)
def test_a_mistake_is_told_with_its_line(row, told):
    with pytest.raises(Malformed, match=f"^{told}$"):
        visits(row)


def test_a_file_without_the_columns_is_refused():
    with pytest.raises(Malformed, match="line 1, column day"):
        read_visits(io.StringIO("a,b\n1,2\n"))


def test_shifts_of_one_agent_are_joined_where_they_touch():
    roster = "day,agent,on_s,off_s,queues\nd,ana,0,3600,cash=8|loans\nd,ana,3600,7200,cash=8\nd,ana,9000,9900,cash\n"

    (ana,) = read_roster(io.StringIO(roster))["d"]

    assert ana.shifts == ((0, 7200 * SECOND), (9000 * SECOND, 9900 * SECOND))
    assert ana.queues == {"cash": 1, "loans": 1}


@pytest.mark.parametrize("row", ["d,ana,5,3,cash", "d,ana,3,5,", "d,ana,3,5,cash=11", "d,,3,5,cash"])
def test_a_shift_that_cannot_be_is_refused(row):
    with pytest.raises(Malformed, match="line 2"):
        read_roster(io.StringIO(f"day,agent,on_s,off_s,queues\n{row}\n"))


def test_what_was_recorded_stays_and_what_was_not_is_drawn():
    days = visits("d,0,q,,100,,50,served,ana", "d,1,q,,,70,70,abandoned,", "d,2,q,,300,,0,served,ana")
    usual = habits(days["d"])

    first, second, third = filled(days["d"], usual, Random(1))

    assert (first.handling, third.handling) == (100 * SECOND, 300 * SECOND)
    assert second.patience == 70 * SECOND
    assert second.handling in (100 * SECOND, 300 * SECOND)
    assert first.patience > 50 * SECOND


def test_patience_is_the_time_waited_for_each_who_left():
    usual = habits(visits("d,0,q,,100,,50,served,a", "d,1,q,,,70,70,abandoned,", "d,2,r,,9,,5,served,a")["d"])

    assert usual.patience["q"] == Exponential(120)
    assert usual.patience["r"] is None


def test_nobody_who_was_never_seen_to_leave_does():
    days = visits("d,0,q,,100,,50,served,ana")

    assert filled(days["d"], habits(days["d"]), Random(1))[0].patience >= FOR_EVER


def test_as_many_come_as_are_expected():
    chance = Random(1)
    counts = [poisson(7.5, chance) for _ in range(4000)]

    mean = sum(counts) / len(counts)
    assert mean == pytest.approx(7.5, abs=0.15)
    assert sum((count - mean) ** 2 for count in counts) / len(counts) == pytest.approx(7.5, abs=0.6)


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("nonsense", "."),
        ('colour = "red"', "colour"),
        ("[queues.cash]\nspeed = 3", "queues.cash: expected one of"),
        ('[queues.cash]\nhandling = "soon"', "queues.cash: expected seconds"),
        ('[queues.cash.arrivals]\n"nine" = 3', "expected hours"),
        ('[[agents]]\nkey = "a"\nqueues = ["cash"]', "no queue 'cash'"),
        ('[booths]\nnorth = "two"', "booths.north"),
    ],
)
def test_a_mistake_in_a_day_file_is_told(text, told):
    with pytest.raises(ValueError, match=told):
        read_day(text, open)


def test_a_queue_of_several_branches_is_expected_in_each():
    plan = read_day(
        '[queues.cash]\nbranches = ["north", "south"]\narrivals = { "09:00-10:00" = 2.5 }\n[booths]\nnorth = 2', open
    )

    assert [(rate.branch, rate.stretches[0][2]) for rate in plan.rates] == [("north", 10), ("south", 10)]
    assert plan.booths == {"north": ("north/1", "north/2")}
