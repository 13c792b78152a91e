"""Overtaking is bounded: in a queue and band nobody goes before who came earlier by more than the greatest credit."""

from datetime import timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from acd.engine import Waiting, assign, order_key
from tests.unit.acd.engine_worlds import NOW, a_ticket, an_agent, seconds

CREDITS = (0, 0, 0, 90, 300)


@st.composite
def arrivals(draw: st.DrawFn) -> list[Waiting]:
    """People who come one after the other, some with a credit."""
    came, found = NOW - seconds(7200), []
    for at in range(draw(st.integers(2, 25))):
        came += seconds(draw(st.integers(0, 240)))
        key = order_key(came, seconds(draw(st.sampled_from(CREDITS))))
        found.append(a_ticket(f"t{at}", seq=at, key=key, eligible_from=came, arrived_at=came))
    return found


def served_in_order(people: list[Waiting], every: timedelta) -> list[Waiting]:
    """The order in which one agent, who takes so long with each, serves them as they come."""
    order: list[Waiting] = []
    now, left = people[0].eligible_from, list(people)
    while left:
        here = [one for one in left if one.eligible_from <= now]
        if here:
            here.sort(key=lambda one: (one.band, one.key, one.seq))
            (taken,) = assign(here, [an_agent("ana")], {"north": ["p1"]}, now)
            one = next(one for one in left if one.id == taken.ticket)
            left.remove(one)
            order.append(one)
        now += every
    return order


@given(arrivals(), st.integers(30, 400))
@settings(max_examples=150, deadline=None)
def test_nobody_is_overtaken_by_who_came_later_by_more_than_the_greatest_credit(people, took):
    order = served_in_order(people, seconds(took))

    for place, one in enumerate(order):
        for other in order[:place]:
            assert other.eligible_from - one.eligible_from <= seconds(max(CREDITS))
