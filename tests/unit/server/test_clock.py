"""The clock: never goes back, follows a wall clock that is set without jumping, and runs a sandbox at its rate."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server import clock as module
from server.clock import Sandbox, SandboxClock, SystemClock

START = datetime(2026, 3, 1, 12, tzinfo=UTC)


class Machine:
    """A machine whose two clocks a test moves: the wall clock, which may be set, and the one that only counts on."""

    def __init__(self, monkeypatch):
        self.wall, self.elapsed = START, 1000.0
        monkeypatch.setattr(module, "_elapsed", lambda: self.elapsed)
        monkeypatch.setattr(module, "_wall", lambda: self.wall)

    def pass_(self, seconds):
        self.elapsed += seconds
        self.wall += timedelta(seconds=seconds)


@pytest.fixture
def machine(monkeypatch):
    return Machine(monkeypatch)


def test_it_starts_at_the_wall_clock_and_goes_with_it(machine):
    clock = SystemClock()
    machine.pass_(90)

    assert clock.machine() == START + timedelta(seconds=90)
    assert clock.business(clock.machine()) == clock.machine()
    assert (clock.rate, clock.sandbox) == (1.0, None)


def test_a_wall_clock_that_is_set_back_is_caught_up_with_slowly(machine):
    clock = SystemClock()
    machine.wall -= timedelta(seconds=5)

    at = [clock.machine()]
    for _ in range(4):
        machine.pass_(10)
        at.append(clock.machine())

    assert at[0] == START
    assert [(b - a).total_seconds() for a, b in pairwise(at)] == [9, 9, 9, 9]
    machine.pass_(100)
    assert clock.machine() == machine.wall


def test_a_wall_clock_that_is_set_forward_a_little_is_caught_up_with_slowly(machine):
    clock = SystemClock()
    machine.wall += timedelta(seconds=30)
    machine.pass_(10)

    assert clock.machine() == START + timedelta(seconds=11)


def test_a_wall_clock_that_is_set_forward_a_lot_is_believed(machine):
    clock = SystemClock()
    machine.wall += timedelta(hours=1)
    machine.pass_(10)

    assert clock.machine() == machine.wall


def test_a_machine_that_has_slept_goes_on_where_it_is(machine):
    clock = SystemClock()
    machine.pass_(8 * 3600)

    assert clock.machine() == machine.wall


@given(st.lists(st.tuples(st.floats(0, 100), st.floats(-4000, 4000)), max_size=30))
def test_it_never_goes_back_whatever_happens_to_the_wall_clock(moves):
    with pytest.MonkeyPatch.context() as monkeypatch:
        machine = Machine(monkeypatch)
        clock = SystemClock()
        seen = [clock.machine()]
        for passed, set_by in moves:
            machine.pass_(passed)
            machine.wall += timedelta(seconds=set_by)
            seen.append(clock.machine())

    assert seen == sorted(seen)


def test_the_real_one_counts_seconds():
    before = datetime.now(UTC)

    assert abs(SystemClock().machine() - before) < timedelta(seconds=5)


def test_a_sandbox_starts_at_its_instant_and_runs_at_its_rate(machine):
    clock = SandboxClock(Sandbox.parse("2030-01-01T00:00:00Z*60"), anchor=START)
    first = clock.business(clock.machine())
    machine.pass_(10)

    assert first == datetime(2030, 1, 1, tzinfo=UTC)
    assert clock.business(clock.machine()) == datetime(2030, 1, 1, 0, 10, tzinfo=UTC)
    assert clock.machine() == START + timedelta(seconds=10)
    assert (clock.rate, clock.sandbox) == (60, "2030-01-01T00:00:00Z*60")


def test_a_sandbox_goes_on_after_a_restart(machine):
    sandbox = Sandbox.parse("2030-01-01T00:00:00Z*60")
    machine.pass_(3600)

    assert SandboxClock(sandbox, anchor=START).business(machine.wall) == datetime(2030, 1, 3, 12, tzinfo=UTC)
