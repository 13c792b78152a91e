"""Erlang's formulas say what has been published of them."""

import pytest

from acd.simulation.erlang import erlang_a, erlang_b, erlang_c
from acd.simulation.staffing import Wanted, needed_for
from tests.unit.simulation.published import TABLE

WANTED = Wanted(handling_seconds=190, patience_seconds=387, target_seconds=20, level=0.8)


@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]} servers, {row[1]:g}/h")
def test_the_steady_state_is_that_of_the_table(row):
    servers, per_hour, handling, patience, target, waiting, mean, leaving, in_time, occupancy = row

    steady = erlang_a(servers, per_hour / 3600, handling, patience, target)

    assert steady.wait_probability == pytest.approx(waiting, abs=1e-6)
    assert steady.mean_wait_seconds == pytest.approx(mean, abs=1e-4)
    assert steady.abandonment == pytest.approx(leaving, abs=1e-6)
    assert steady.service_level == pytest.approx(in_time, abs=1e-6)
    assert steady.occupancy == pytest.approx(occupancy, abs=5e-5)


def test_it_agrees_with_the_example_of_pyworkforce():
    # PyPI page of pyworkforce 0.1.0: 100 calls in half an hour, 3 minutes each, 20 seconds, 14 agents
    steady = erlang_c(14, 200 / 3600, 180, 20)

    assert steady.wait_probability == pytest.approx(0.1741319335950498, abs=1e-12)
    assert steady.service_level == pytest.approx(0.8883500191794669, abs=1e-12)


def test_it_agrees_with_the_readme_of_the_r_package_erlangc():
    assert erlang_c(14, 200 / 3600, 180, 20).mean_wait_seconds == pytest.approx(7.83593701177724, abs=1e-11)


@pytest.mark.parametrize(
    ("servers", "load", "blocked"),
    [(10, 20, 0.5379631686320729), (190, 200, 0.08869684386923561), (1, 5, 0.8333333333)],
)
def test_erlang_b_agrees_with_the_tests_of_queuingsystem(servers, load, blocked):
    # FelixKleineBoesing/queuingSystem
    assert erlang_b(servers, load) == pytest.approx(blocked, abs=1e-9)


def test_the_example_of_garnett_mandelbaum_and_reiman():
    # M&SOM 4 (2002): 48 calls a minute, one minute each, patience two minutes, 50 agents
    patient, impatient = erlang_c(50, 48 / 60, 60, 20), erlang_a(50, 48 / 60, 60, 120, 20)

    assert impatient.abandonment == pytest.approx(0.031, abs=5e-4)
    assert impatient.mean_wait_seconds == pytest.approx(3.7, abs=0.05)
    assert patient.mean_wait_seconds == pytest.approx(20.8, abs=0.05)


def test_those_who_leave_are_those_whose_patience_ends_while_waiting():
    steady = erlang_a(5, 60 / 3600, 300, 600, 120)

    assert steady.abandonment == pytest.approx(steady.mean_wait_seconds / 600)
    assert steady.occupancy == pytest.approx(60 / 3600 * 300 * (1 - steady.abandonment) / 5)


def test_endless_patience_is_erlang_c():
    almost = erlang_a(5, 48 / 3600, 300, 1e9, 120)

    assert almost.service_level == pytest.approx(erlang_c(5, 48 / 3600, 300, 120).service_level, abs=1e-4)


def test_a_queue_that_grows_for_ever_is_refused():
    with pytest.raises(ValueError, match="too much for 5"):
        erlang_c(5, 60 / 3600, 300, 120)


def test_a_bank_needs_as_many_as_has_been_worked_out():
    needed = [needed_for(per_hour / 3600 * WANTED.handling_seconds, WANTED) for per_hour in (86, 124, 101, 47)]

    assert needed == [7, 9, 8, 5]


def test_nobody_is_needed_where_nobody_comes():
    assert needed_for(0, WANTED) == 0
    assert erlang_a(3, 0, 190, 387, 20).service_level == 1
