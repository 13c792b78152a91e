"""Whether claims are in the way says at once what counting them minute by minute says."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from qms.domain.slots import Load, Window, in_the_way
from qms.domain.slots.window import EPOCH

WINDOW = Window.covering(EPOCH + timedelta(minutes=100), EPOCH + timedelta(minutes=130))
FIRST, END = 100, 130


@st.composite
def claims_touching(draw) -> tuple[int, int, str | None]:
    """A claim that takes at least one minute of the window."""
    first = draw(st.integers(FIRST - 20, END - 1))
    end = draw(st.integers(max(first, FIRST) + 1, END + 20))
    return first, end, draw(st.sampled_from([None, "own", "other"]))


@given(claims=st.lists(claims_touching(), max_size=5), group=st.sampled_from([None, "own"]), capacity=st.integers(1, 3))
def test_claims_in_a_window_are_in_the_way_iff_some_minute_of_it_is_busy(claims, group, capacity):
    room = capacity if group else 1

    found = in_the_way(claims, WINDOW, group, room)

    assert found == bool(Load.of(claims, WINDOW).busy(group, room))


@given(claims=st.lists(claims_touching(), min_size=1, max_size=6))
def test_a_load_with_one_claim_more_is_the_load_of_all(claims):
    *others, last = claims

    found = Load.of(others, WINDOW).plus(last, WINDOW)

    assert found == Load.of(claims, WINDOW)
