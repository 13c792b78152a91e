"""The sliding window: so many in any second."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from qms.domain.errors import TooManyAttempts
from qms.web import rate_limit
from qms.web.rate_limit import SlidingWindow


def passes(window, caller, at):
    try:
        window.check(caller, at)
    except TooManyAttempts:
        return False
    return True


def test_the_window_slides():
    window = SlidingWindow(2)

    assert [passes(window, "a", at) for at in (0.0, 0.6, 0.9, 1.0, 1.5, 1.6)] == [True, True, False, True, False, True]


def test_it_says_when_to_come_again():
    window = SlidingWindow(1)
    window.check("a", 5.0)

    with pytest.raises(TooManyAttempts) as refused:
        window.check("a", 5.25)

    assert refused.value.retry_after_seconds == 0.75


def test_less_than_one_a_second_is_one_in_longer():
    window = SlidingWindow(0.5)

    assert [passes(window, "a", at) for at in (0, 1, 2)] == [True, False, True]


def test_0_is_no_limit():
    window = SlidingWindow(0)

    assert all(passes(window, "a", 0) for _ in range(100))


def test_silent_callers_are_forgotten(monkeypatch):
    monkeypatch.setattr(rate_limit, "CROWD", 10)
    window = SlidingWindow(1)

    for n in range(1000):
        window.check(n, n)

    assert len(window._rings) <= 21


@given(limit=st.integers(1, 5), gaps=st.lists(st.floats(0, 1.5), max_size=60))
def test_no_second_ever_has_more(limit, gaps):
    window, at, passed = SlidingWindow(limit), 0.0, []
    for gap in gaps:
        at += gap
        if passes(window, "a", at):
            passed.append(at)

    assert all(later - earlier >= 1 - 1e-9 for earlier, later in zip(passed, passed[limit:], strict=False))
