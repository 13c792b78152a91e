"""What people see: rounded, in order, and steady."""

import itertools

from hypothesis import given
from hypothesis import strategies as st

from acd.forecast import STEPS, Forecast, Shown, shown

minutes = st.floats(0, 200)
ranges = st.one_of(
    st.none(), st.tuples(st.sampled_from((0, *STEPS)), st.sampled_from((0, *STEPS))).map(sorted).map(tuple)
)


def of(likely: float, safe: float) -> Forecast:
    return Forecast(
        likely_seconds=likely * 60, safe_seconds=max(likely, safe) * 60, middle_minutes=0.0, spread_minutes=1.0, x=()
    )


@given(minutes, minutes, ranges)
def test_what_is_shown_is_of_steps_and_in_order(likely, safe, before):
    low, high = shown(of(likely, safe), before)

    assert {low, high} <= {0, *STEPS}
    assert low <= high


@given(minutes, minutes, ranges)
def test_the_same_forecast_again_changes_nothing(likely, safe, before):
    once = shown(of(likely, safe), before)

    assert shown(of(likely, safe), once) == once


@given(st.floats(0.5, 100), st.lists(st.floats(0, 1), min_size=2, max_size=40))
def test_a_forecast_that_hovers_changes_the_figure_at_most_twice(level, noise):
    """Within a tenth above a level or a minute, whichever is less: down at once, up only when it is clear."""
    seen: list[Shown | None] = [None]
    for one in noise:
        value = level + one * min(level / 10, 1)
        seen.append(shown(of(value, value), seen[-1]))

    changes = sum(a != b for a, b in itertools.pairwise(seen[1:]))
    assert changes <= 2


def test_worse_only_when_it_is_clearly_worse():
    assert shown(of(5.5, 10.9), (5, 10)) == (5, 10)
    assert shown(of(6.1, 12.1), (5, 10)) == (7, 15)


def test_above_ten_minutes_two_more_are_clear():
    assert shown(of(31.9, 31.9), (30, 30)) == (30, 30)
    assert shown(of(32.1, 32.1), (30, 30)) == (45, 45)


def test_better_is_shown_at_once():
    assert shown(of(4.9, 6.9), (7, 15)) == (5, 7)


def test_nothing_to_wait_for_is_nought():
    assert shown(of(0, 0)) == (0, 0)
