"""The summoner's shell: looks whose turn has come near, and removes addresses that nobody needs any more."""

import asyncio

import structlog

from qms.domain.errors import Refused
from qms.services.summoning import telling
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

TICK_SECONDS = 1.0
"""Turns are looked at this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 0.1
FORGETTING_SECONDS = 60.0


class Summoner:
    """Tells visitors that their turn is near. Holds no state; of several, each tells what no other has told."""

    def __init__(self, store: AsyncStore, *, rate: float = 1.0) -> None:
        self._store = store
        self._tick = max(FASTEST_TICK_SECONDS, TICK_SECONDS / max(1.0, rate))

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        forgotten = float("-inf")
        while True:
            try:
                for domain, ids in (await self._store.read(telling.near)).items():
                    await self._store.write(telling.tell_near, domain=domain, ids=ids)
                now = asyncio.get_running_loop().time()
                if now >= forgotten + FORGETTING_SECONDS:
                    await self._store.write(telling.forget)
                    forgotten = now
            except Refused as outage:
                log.warning("summoner_waits", error=str(outage))
            await asyncio.sleep(self._tick)
