"""Turns: how many deliveries a target takes at a time, and which are not worth sending any more once it is theirs."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from weakref import WeakValueDictionary

from qms.domain.network import Webhook

FRESH_SECONDS = 10.0
"""What has waited longer for its turn is given back: its claim might run out while it is sent."""


class Turns:
    """The targets of one worker."""

    def __init__(self) -> None:
        self._refused: dict[str, float] = {}
        self._lanes = WeakValueDictionary[tuple[str, int], asyncio.Semaphore]()

    @asynccontextmanager
    async def at(self, webhook: Webhook) -> AsyncIterator[bool]:
        """Wait for a turn at a target. False where it took too long over others, or wants nothing more meanwhile."""
        loop, most = asyncio.get_running_loop(), webhook.max_concurrency
        came = loop.time()
        lane = self._lanes.setdefault((webhook.id, most), asyncio.Semaphore(most))
        async with lane:
            yield loop.time() < came + FRESH_SECONDS and self._refused.get(webhook.id, came) <= came

    def refused(self, webhook: Webhook) -> None:
        """A target wants nothing more: not what waits for its turn there either."""
        self._refused[webhook.id] = asyncio.get_running_loop().time()
