"""The learner's shell: keeps what people are told of their waits, and lets queues learn from what became of it."""

from acd.rounds import rounds, tick
from qms.services import quoting
from qms.store.aio import AsyncStore

TICK_SECONDS = 2.0
"""Waits are looked at this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 0.1


class Learner:
    """Learns in small steps. Holds no state that a restart would lose: models and quotes are rows."""

    def __init__(self, store: AsyncStore, *, rate: float = 1.0) -> None:
        self._store = store
        self._tick = tick(TICK_SECONDS, FASTEST_TICK_SECONDS, rate)

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        await rounds(self._learn, self._tick, waits="learner_waits")

    async def _learn(self) -> bool:
        """Do what is due; whether there is more."""
        more = False
        for work in await self._store.read(quoting.due):
            more = await self._store.write(quoting.run, domain=work.domain, work=work) or more
        return more
