"""The calendar's worker: what is due happens by itself, while it runs."""

import asyncio
from contextlib import asynccontextmanager, suppress

import pytest

from acd.calendar import CalendarKeeper
from qms.bus.memory import MemoryBus
from qms.store.aio import AsyncStore
from qms.store.schema.booking import appointment
from tests.db.waiting import PATIENCE


@asynccontextmanager
async def keeping(store):
    """A worker on a store, and the bus that its changes are told on."""
    bus = MemoryBus()
    task = asyncio.create_task(CalendarKeeper(AsyncStore(store, bus), rate=60).run())
    try:
        yield bus
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


@pytest.fixture
def other_store(open_store):
    """The worker's own process."""
    return open_store()


async def test_a_hold_runs_out_and_nobody_there_is_a_no_show(clinic, other_store, clock):
    booked = await asyncio.to_thread(clinic.book, "09:00")
    held = await asyncio.to_thread(clinic.hold, "10:00")
    clock.move(hours=21, minutes=10)

    async with keeping(other_store) as bus:
        with bus.listen(f"appointment:{booked.id}", f"appointment:{held.appointment.id}") as listener:
            heard: set[str] = set()
            while len(heard) < 2:
                topics = await listener.wait(PATIENCE)
                assert topics
                heard |= set(topics)

    assert clinic.now(booked).state == "no_show"
    assert clinic.now(held.appointment).state == "expired"


async def test_a_new_release_of_the_time_zones_is_noticed_at_the_start(clinic, other_store):
    booked = await asyncio.to_thread(clinic.book, "10:00")

    def another_release(tx):
        moved = {"tz_version": "2020.1", "wall_start": "2026-03-03T10:30:00"}
        tx.execute(appointment.update().values(moved))

    await asyncio.to_thread(clinic.store.write, another_release)
    async with keeping(other_store) as bus:
        with bus.listen(f"appointment:{booked.id}") as listener:
            assert await listener.wait(PATIENCE)

    assert clinic.now(booked).starts_at > booked.starts_at
