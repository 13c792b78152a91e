"""The forecast of a wait, against closed forms, published tables and a simulation."""

import heapq
import math
import random
import statistics

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acd.forecast import PRIOR_SECONDS, STEPS, mean_handle_seconds, wait_range
from acd.forecast.wait import erlang_quantile


def test_one_service_ahead_is_exponential():
    assert erlang_quantile(1, 0.5) == pytest.approx(math.log(2))
    assert erlang_quantile(1, 0.9) == pytest.approx(math.log(10))


@pytest.mark.parametrize(
    ("shape", "median", "ninth_decile"),
    [(2, 3.3567 / 2, 7.7794 / 2), (5, 9.3418 / 2, 15.9872 / 2), (15, 29.3360 / 2, 40.2560 / 2)],
)
def test_quantiles_are_half_of_chi_squared_with_twice_the_freedom(shape, median, ninth_decile):
    assert erlang_quantile(shape, 0.5) == pytest.approx(median, abs=1e-4)
    assert erlang_quantile(shape, 0.9) == pytest.approx(ninth_decile, abs=1e-4)


def test_quantiles_go_on_smoothly_where_the_approximation_takes_over():
    below, above = erlang_quantile(100, 0.9), erlang_quantile(101, 0.9)

    assert 0.9 < above - below < 1.1


def test_the_range_covers_what_a_simulated_branch_does():
    waits = [simulated_wait(random.Random(seed), ahead=7, servers=3, mean=240.0) for seed in range(4000)]

    minutes = 240.0 / 3 / 60
    assert statistics.median(waits) / 60 == pytest.approx(erlang_quantile(8, 0.5) * minutes, rel=0.03)
    assert statistics.quantiles(waits, n=10)[8] / 60 == pytest.approx(erlang_quantile(8, 0.9) * minutes, rel=0.03)


def simulated_wait(chance: random.Random, *, ahead: int, servers: int, mean: float) -> float:
    """All agents busy, `ahead` people in line: when is the next one served?"""
    free_at = [chance.expovariate(1 / mean) for _ in range(servers)]
    heapq.heapify(free_at)
    for _ in range(ahead):
        heapq.heappush(free_at, heapq.heappop(free_at) + chance.expovariate(1 / mean))
    return free_at[0]


def test_nobody_on_duty_means_no_forecast():
    assert wait_range(0, 0, 300) is None


def test_an_idle_agent_and_nobody_ahead_means_no_wait():
    assert wait_range(0, 1, 300, idle=1) == (0, 0)
    assert wait_range(1, 1, 300, idle=1) != (0, 0)


def test_minutes_are_rounded_up_to_what_people_say():
    assert wait_range(0, 1, 300) == (5, 15)  # 3.5 and 11.5 minutes


@given(st.integers(0, 5000), st.integers(1, 200), st.floats(1, 3600))
def test_a_range_is_of_steps_and_in_order(ahead, servers, mean):
    low, high = wait_range(ahead, servers, mean) or (0, 0)

    assert low in STEPS
    assert high in STEPS
    assert low <= high


@given(st.integers(0, 200), st.integers(1, 20), st.floats(30, 900))
def test_more_people_wait_longer_and_more_agents_shorten_it(ahead, servers, mean):
    here = wait_range(ahead, servers, mean) or ()

    assert (wait_range(ahead + 1, servers, mean) or ()) >= here
    assert (wait_range(ahead, servers + 1, mean) or ()) <= here


def test_the_mean_begins_at_the_prior_and_moves_to_what_is_seen():
    assert mean_handle_seconds([]) == PRIOR_SECONDS
    assert mean_handle_seconds([100.0] * 20) == 200
    assert mean_handle_seconds([100.0] * 2000) == pytest.approx(100, abs=3)


def test_a_service_that_nobody_finished_counts_as_an_hour():
    assert mean_handle_seconds([9e9]) == mean_handle_seconds([3600.0])
