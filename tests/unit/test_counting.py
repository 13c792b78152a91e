"""Counting together: what one process lets in counts at the others."""

import asyncio

import pytest

from qms.bus.memory import MemoryBus
from qms.domain.errors import TooManyAttempts
from qms.web.counting import TOPIC, Counting
from qms.web.rate_limit import SlidingWindow


async def test_a_limit_is_one_for_all_processes():
    bus, loop = MemoryBus(), asyncio.get_running_loop()
    counting = [Counting(), Counting()]
    here, there = (one.join("videsk", SlidingWindow(3)) for one in counting)
    running = [asyncio.create_task(one.run(bus)) for one in counting]
    with bus.listen(TOPIC + "*") as listener:
        await asyncio.sleep(0)  # they begin to listen
        for _ in range(3):
            here.check(("192.0.2.1", "key"), loop.time())
        await listener.wait(5)
        for _ in range(5):
            await asyncio.sleep(0)  # the others hear it too

        with pytest.raises(TooManyAttempts):
            there.check(("192.0.2.1", "key"), loop.time())
        there.check(("192.0.2.1", "other"), loop.time())
    for one in running:
        one.cancel()
    await asyncio.gather(*running, return_exceptions=True)

    with pytest.raises(TooManyAttempts):
        here.check(("192.0.2.1", "key"), loop.time())
