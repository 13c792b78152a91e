"""The installation's clock: set by whoever serves, kept in the database, followed by tools."""

import threading
from datetime import UTC, datetime, timedelta

import pytest

from qms.store.engines import connect
from server.clock import Sandbox
from server.timekeeping import clock_of
from tests.db.waiting import in_threads

FAST = Sandbox.parse("2030-01-01T00:00:00Z*60")
LATE = Sandbox.parse("2040-01-01T00:00:00Z")


@pytest.fixture
def engine(store_url):
    engine = connect(store_url, pool_size=4)
    yield engine
    engine.dispose()


def business(clock):
    return clock.business(clock.machine())


def test_without_a_sandbox_it_is_the_system_s(engine):
    clock = clock_of(None, engine)

    assert clock.sandbox is None
    assert abs(business(clock) - datetime.now(UTC)) < timedelta(seconds=5)


def test_a_sandbox_starts_at_its_instant_and_goes_on_with_the_same_setting(engine):
    first, again = clock_of(FAST, engine), clock_of(FAST, engine)
    at = first.machine()

    assert first.sandbox == again.sandbox == FAST.text
    assert first.business(at) == again.business(at)


def test_another_setting_starts_anew_and_none_ends_it(engine):
    clock_of(FAST, engine)
    late = clock_of(LATE, engine)
    none = clock_of(None, engine)

    assert late.sandbox == LATE.text
    assert none.sandbox is None
    assert clock_of(None, engine, tool=True).sandbox is None


def test_a_tool_without_a_setting_goes_by_the_clock_that_is_set_and_leaves_it(engine):
    clock = clock_of(FAST, engine)

    tool = clock_of(None, engine, tool=True)

    at = clock.machine()
    assert tool.business(at) == clock.business(at)
    assert clock_of(FAST, engine).business(at) == clock.business(at)


def test_processes_that_start_at_once_have_one_clock(engine):
    together = threading.Barrier(4)

    def start(n):
        together.wait()
        return clock_of(FAST, engine)

    clocks = in_threads(start, 4)
    at = clocks[0].machine()

    assert len({clock.business(at) for clock in clocks}) == 1
