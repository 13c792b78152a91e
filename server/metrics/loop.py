"""How late the event loop is: whoever keeps it from its work keeps everybody waiting."""

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from qms.bus.ending import end

EVERY_SECONDS = 0.5


class LoopLag:
    """The last measurement."""

    def __init__(self) -> None:
        self.seconds = 0.0

    async def watch(self) -> None:
        """Measure until cancelled."""
        loop = asyncio.get_running_loop()
        while True:
            expected = loop.time() + EVERY_SECONDS
            await asyncio.sleep(EVERY_SECONDS)
            self.seconds = max(0.0, loop.time() - expected)


LAG: web.AppKey[LoopLag] = web.AppKey("loop_lag", LoopLag)


async def lag_is_watched(app: web.Application) -> AsyncIterator[None]:
    """Measure while the application runs."""
    task = asyncio.create_task(app[LAG].watch())
    yield
    await end([task])
