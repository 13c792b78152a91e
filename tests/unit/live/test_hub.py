"""A hub reads what nobody woke it for in rounds, and one thing that cannot be read takes nothing else along."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from contextvars import ContextVar
from typing import cast

import pytest
from structlog.testing import capture_logs

from qms.bus.memory import MemoryBus
from qms.domain.errors import Unavailable
from qms.web.live import Hub, Told, hub
from qms.web.live.audience import Watched
from qms.web.live.seat import Seat
from tests.clock import MONDAY_NOON


class Listener:
    """A seat that keeps what it is told."""

    def __init__(self) -> None:
        self.heard: list[bytes] = []
        self.told = asyncio.Event()

    def tell(self, frame: bytes) -> None:
        self.heard.append(frame)
        self.told.set()

    def end(self, code: int, reason: str = "") -> None:
        raise AssertionError("nothing ends here")


class Things:
    """Named things with a state each; `broken` cannot be read. `looks` are the names of each reading."""

    def __init__(self, names: Sequence[str]) -> None:
        self.state = dict.fromkeys(names, 0)
        self.broken = ""
        self.looks: list[Sequence[str]] = []

    async def load(self, names: Sequence[str]) -> Mapping[str, Told]:
        self.looks.append(names)
        if self.broken in names:
            raise ValueError("a bug")
        return {name: (1, {"state": self.state[name]}) for name in names}


@pytest.fixture
def things() -> Things:
    return Things(["a", "b", "c"])


async def told_without_a_word(things: Things, changed: str, listeners: Mapping[str, Listener]) -> None:
    """Everybody watches, each thing under a topic of its own; one changes, and the bus says nothing."""
    followed = Hub(things.load, MemoryBus(), lambda: MONDAY_NOON, spacing_seconds=0)
    with ExitStack() as there:
        for name, listener in listeners.items():
            there.enter_context(followed.watching(f"branch:{name}", name, cast(Seat, listener)))
        async with asyncio.timeout(10):
            for name, listener in listeners.items():
                if name != things.broken:
                    await listener.told.wait()
                    listener.told.clear()
            things.state[changed] = 1
            await listeners[changed].told.wait()
    await followed.close()


async def test_a_change_of_which_nobody_heard_is_told_after_a_round_that_reads_all_together(things, monkeypatch):
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.01)
    listeners = {name: Listener() for name in things.state}

    await told_without_a_word(things, "b", listeners)

    assert b'"state":1' in listeners["b"].heard[-1]
    assert ["a", "b", "c"] in things.looks


async def test_what_cannot_be_read_takes_nothing_else_along(things, monkeypatch):
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.01)
    things.broken = "a"
    listeners = {name: Listener() for name in things.state}

    await told_without_a_word(things, "c", listeners)

    assert b'"state":1' in listeners["c"].heard[-1]
    assert listeners["a"].heard == []


async def test_an_outage_is_written_down_once_and_over_when_something_is_read(things, monkeypatch):
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.01)
    monkeypatch.setattr(hub, "AWAY_SECONDS", 0)
    outages, seat = 5, Listener()

    async def load(names):
        if len(things.looks) < outages:
            things.looks.append(names)
            raise Unavailable("no answer")
        return await things.load(names)

    followed = Hub(load, MemoryBus(), lambda: MONDAY_NOON, spacing_seconds=0)
    with capture_logs() as logs, followed.watching("branch:a", "a", cast(Seat, seat)):
        async with asyncio.timeout(10):
            await seat.told.wait()
    await followed.close()

    assert [line["event"] for line in logs] == ["live_outage"]
    assert len(things.looks) > outages


async def test_what_is_read_is_read_for_no_request_that_began_to_watch(things, monkeypatch):
    monkeypatch.setattr(hub, "TICK_SECONDS", 0.01)
    request, seat, asking = ContextVar("request", default="none"), Listener(), []
    request.set("the first")

    async def load(names):
        asking.append(request.get())
        return await things.load(names)

    followed = Hub(load, MemoryBus(), lambda: MONDAY_NOON, spacing_seconds=0)
    with followed.watching("branch:a", "a", cast(Seat, seat)):
        async with asyncio.timeout(10):
            for state in (1, 2):
                await seat.told.wait()
                seat.told.clear()
                things.state["a"] = state
    await followed.close()

    assert len(asking) >= 2
    assert set(asking) == {"none"}


@pytest.mark.parametrize(("reading_seconds", "apart_seconds"), [(0, 0.005), (0.03, 0.05)])
async def test_a_burst_of_changes_is_read_now_and_then(reading_seconds, apart_seconds):
    readings, bus, seats = 0, MemoryBus(), [cast(Seat, Listener()) for _ in range(50)]

    async def load(names):
        nonlocal readings
        readings += 1
        await asyncio.sleep(reading_seconds)
        return {name: (readings, {"state": readings}) for name in names}

    followed, begun = Hub(load, bus, lambda: MONDAY_NOON, spacing_seconds=0.02), time.perf_counter()
    with ExitStack() as there:
        for seat in seats:
            there.enter_context(followed.watching("branch:a", "a", seat))
        for _ in range(250):
            bus.publish({"branch:a"})
            await asyncio.sleep(0.001)
    took = time.perf_counter() - begun
    await followed.close()

    assert 2 <= readings <= 2 + took / apart_seconds


async def test_what_was_looked_for_earlier_and_comes_later_is_told_nobody():
    thing, seat = Watched(), cast(Seat, Listener())
    thing.join(seat)

    told = [thing.due((n, {"state": n}), [seat], 20.0, read_at=at) for n, at in ((2, 11.0), (1, 10.0))]

    assert told == [[seat], ()]
    assert thing.state == (2, {"state": 2})


async def test_whoever_is_to_hear_often_is_told_again_in_the_next_round_and_others_after_three_seconds():
    often, seldom = Watched(0.5), Watched()
    told = dict[Watched, list[float]]({often: [], seldom: []})
    for thing, moments in told.items():
        seat = cast(Seat, Listener())
        thing.join(seat)
        thing.due((1, {}), [seat], 0.0, read_at=0.0)
        thing.tell([seat], b"")
        for at in (0.25, 1.0, 2.0, 3.0, 4.0):
            moments += [at] if thing.due((1, {}), [seat], at, read_at=at) else []

    assert told == {often: [1.0, 2.0, 3.0, 4.0], seldom: [3.0]}
