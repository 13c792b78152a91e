"""A keeper's rounds: it looks at the rows again and again, holds no state, and outlives outages."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Never

import structlog

from qms.domain.errors import Refused

log = structlog.get_logger(__name__)


def tick(seconds: float, fastest: float, rate: float) -> float:
    """A span of business time, which runs `rate` times as fast as real time, in real seconds; `fastest` at least."""
    return max(fastest, seconds / max(1.0, rate))


async def rounds(look: Callable[[], Awaitable[object]], every: float, *, waits: str, apart: float = 0.0) -> Never:
    """Look until cancelled: at once again where the look says that there is more, else after a tick.

    `waits` is what the log says of an outage; `apart` is left to others between two looks.
    """
    while True:
        more: object = False
        try:
            more = await look()
        except Refused as outage:
            log.warning(waits, error=str(outage))
        await asyncio.sleep(apart if more else every)
