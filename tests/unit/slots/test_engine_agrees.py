"""The fast engine gives what the slow, obvious one gives, on the nights when clocks change and on any other."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from qms.domain.slots import Agenda, Load, Window, any_free, free_starts, grid_bits, open_bits
from qms.domain.zones import zone
from tests.unit.slots import reference
from tests.unit.slots.strategies import (
    ZONES,
    bookings,
    calendar,
    claims,
    rules,
    schedules,
    services,
    windows,
)

ALWAYS = (datetime(2000, 1, 1, tzinfo=UTC), datetime(2100, 1, 1, tzinfo=UTC))


def drawn(data: st.DataObject, name: str) -> Any:
    """A window, a schedule, a service and bookings of a zone."""
    start, end = data.draw(windows(name))
    posted = data.draw(schedules(name, start))
    return start, end, posted, data.draw(services()), data.draw(bookings(start, end))


@pytest.mark.parametrize("name", ZONES)
@settings(max_examples=8)
@given(data=st.data())
def test_offers_what_the_rules_say_minute_by_minute(name, data):
    start, end, posted, wanted, blocked = drawn(data, name)
    window = Window.covering(start, end)

    bits = free_starts(
        Agenda(calendar=calendar(posted), claims=claims(blocked)), rules(wanted), window, ALWAYS, wanted.group
    )

    assert window.instants(bits) == reference.free_starts(posted, wanted, blocked, start, end)


@pytest.mark.parametrize("name", ZONES)
@settings(max_examples=12)
@given(data=st.data())
def test_is_open_and_on_the_grid_when_the_wall_clock_says_so(name, data):
    start, end, posted, wanted, _ = drawn(data, name)
    window, fast = Window.covering(start, end), calendar(posted)

    opened, grid = open_bits(fast, window), grid_bits(fast, wanted.step, window)

    minutes = list(reference.minutes(start, end))
    assert window.instants(opened) == [at for at in minutes if reference.is_open(posted, at)]
    candidates = [at for at in minutes if reference.is_candidate(posted, at, wanted.step)]
    assert window.instants(grid) == candidates


@pytest.mark.parametrize("name", ["America/Havana", "Asia/Beirut", "Australia/Lord_Howe"])
@settings(max_examples=10)
@given(data=st.data())
def test_any_agent_is_whoever_is_free_and_never_two_together(name, data):
    start, end = data.draw(windows(name))
    wanted = data.draw(services())
    agents = [(data.draw(schedules(name, start)), data.draw(bookings(start, end))) for _ in range(2)]
    window = Window.covering(start, end)

    agendas = [Agenda(calendar=calendar(posted), claims=claims(blocked)) for posted, blocked in agents]
    bits = any_free(agendas, rules(wanted), window, ALWAYS, wanted.group)

    each = [reference.free_starts(posted, wanted, blocked, start, end) for posted, blocked in agents]
    assert window.instants(bits) == sorted({at for starts in each for at in starts})


@settings(max_examples=40)
@given(data=st.data())
def test_a_part_of_a_window_is_answered_as_the_whole_is(data):
    start, end, posted, wanted, blocked = drawn(data, data.draw(st.sampled_from(ZONES)))
    whole, part = Window.covering(start, end), Window.covering(start + (end - start) / 3, end - (end - start) / 3)
    agenda = Agenda(calendar=calendar(posted), claims=claims(blocked))

    of_whole = free_starts(agenda, rules(wanted), whole, ALWAYS, wanted.group)
    of_part = free_starts(agenda, rules(wanted), part, ALWAYS, wanted.group)

    assert whole.cut(of_whole, part) == of_part


@settings(max_examples=40)
@given(data=st.data(), capacity=st.integers(1, 4))
def test_busy_is_where_no_more_fit(data, capacity):
    start = datetime(2026, 5, 4, 8, tzinfo=UTC)
    blocked = data.draw(bookings(start, start + timedelta(hours=6)))
    window = Window.covering(start, start + timedelta(hours=6))

    bits = Load.of(claims(blocked), window).busy("group", capacity)

    wanted = reference.Wanted(duration=1, step=1, capacity=capacity, group="group")
    minutes = list(reference.minutes(window.start, window.end))
    assert window.instants(bits) == [at for at in minutes if not reference.can_take(wanted, blocked, at)]


def test_the_zones_of_these_tests_are_the_pinned_ones():
    assert {zone(name).key for name in ZONES} == set(ZONES)
