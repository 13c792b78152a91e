"""Ending what runs beside everything else: it has time to put things in order, and ends though it overheard it."""

import asyncio
import contextlib

from acd.delivery import worker as delivery
from acd.notification import worker as notification
from qms.bus.ending import end
from server import workers


async def test_what_puts_things_in_order_is_not_told_again_meanwhile():
    put = []

    async def work() -> None:
        try:
            await asyncio.Event().wait()
        finally:
            await asyncio.sleep(0.1)
            put.append("in order")

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    await end([task], again_seconds=20)

    assert put == ["in order"]


async def test_what_overhears_it_is_told_again():
    async def work() -> None:
        with contextlib.suppress(asyncio.CancelledError):
            await asyncio.Event().wait()
        await asyncio.Event().wait()

    task = asyncio.create_task(work())
    await asyncio.sleep(0)
    await end([task], again_seconds=0.05)

    assert task.cancelled()


def test_workers_have_more_time_than_they_give_to_what_is_on_its_way():
    assert 2 * max(delivery.LAST_SECONDS, notification.LAST_SECONDS) <= workers.ORDER_SECONDS
