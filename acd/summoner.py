"""The summoner's shell: looks whose turn has come near, and removes addresses that nobody needs any more."""

import asyncio

from acd.rounds import rounds, tick
from qms.services.summoning import telling
from qms.store.aio import AsyncStore

TICK_SECONDS = 1.0
"""Turns are looked at this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 0.1
FORGETTING_SECONDS = 60.0


class Summoner:
    """Tells visitors that their turn is near. Holds no state; of several, each tells what no other has told."""

    def __init__(self, store: AsyncStore, *, rate: float = 1.0) -> None:
        self._store = store
        self._tick = tick(TICK_SECONDS, FASTEST_TICK_SECONDS, rate)
        self._forgotten = float("-inf")

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        await rounds(self._look, self._tick, waits="summoner_waits")

    async def _look(self) -> None:
        for domain, ids in (await self._store.read(telling.near)).items():
            await self._store.write(telling.tell_near, domain=domain, ids=ids)
        now = asyncio.get_running_loop().time()
        if now >= self._forgotten + FORGETTING_SECONDS:
            await self._store.write(telling.forget)
            self._forgotten = now
