"""The learner's shell: keeps what people are told of their waits, and lets queues learn from what became of it."""

import asyncio

import structlog

from qms.domain.errors import Refused
from qms.services import quoting
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

TICK_SECONDS = 2.0
"""Waits are looked at this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 0.1


class Learner:
    """Learns in small steps. Holds no state that a restart would lose: models and quotes are rows."""

    def __init__(self, store: AsyncStore, *, rate: float = 1.0) -> None:
        self._store = store
        self._tick = max(FASTEST_TICK_SECONDS, TICK_SECONDS / max(1.0, rate))

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        while True:
            more = False
            try:
                for work in await self._store.read(quoting.due):
                    more = await self._store.write(quoting.run, domain=work.domain, work=work) or more
            except Refused as outage:
                log.warning("learner_waits", error=str(outage))
            if not more:
                await asyncio.sleep(self._tick)
