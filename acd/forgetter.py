"""The forgetter's shell: once a minute it looks for what is too old, and drops it in small steps.

Of what an account keeps of people, it drops the people, and leaves the figures. It closes days that are long over:
their figures are kept by themselves, so that their tickets may go: to archives first, where there is a folder for them.
"""

import asyncio

from acd.archivist import Archivist
from acd.rounds import rounds, tick
from qms.services import ageing
from qms.services.ageing import Ages
from qms.services.privacy import anonymising
from qms.services.retention import dropping
from qms.services.statistics import closing
from qms.store.aio import AsyncStore

TICK_SECONDS = 60.0
"""What is too old is looked for this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 1.0

FIGURES_AT_ONCE = 200
"""So many figures of a day are written in one transaction."""

APART_SECONDS = 0.1
"""Between two steps others have their turn."""


class Forgetter:
    """Closes days, and drops tickets, people and more by their age. Holds no state; several at once do no harm."""

    def __init__(self, store: AsyncStore, ages: Ages, *, archivist: Archivist | None = None, rate: float = 1.0) -> None:
        self._store = store
        self._ages = ages
        self._archivist = archivist
        self._tick = tick(TICK_SECONDS, FASTEST_TICK_SECONDS, rate)

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        await rounds(self._step, self._tick, waits="forgetter_waits", apart=APART_SECONDS)

    async def _step(self) -> int:
        """Some of what is to go; how much, none when everything is gone."""
        gone = await self._close_a_day()
        gone += await self._store.write(ageing.forget, ages=self._ages)
        gone += await self._store.write(anonymising.step)
        if self._archivist is None:
            return gone + await self._store.write(dropping.forget)
        return gone + await asyncio.to_thread(self._archivist.step)

    async def _close_a_day(self) -> int:
        """Close the day that has been due longest; how many, none when all that are long over are closed."""
        due = await self._store.read(closing.due)
        if due is None:
            return 0
        figures = await self._store.read(closing.figures, due=due)
        for at in range(0, len(figures), FIGURES_AT_ONCE):
            await self._store.write(closing.keep, due=due, some=figures[at : at + FIGURES_AT_ONCE])
        await self._store.write(closing.close, due=due)
        return 1
