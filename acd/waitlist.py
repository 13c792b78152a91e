"""The waitlist's shell: wakes when somebody's turn may have come, or passed."""

import structlog

from acd.rounds import rounds, tick
from qms.domain.errors import Refused
from qms.services.booking import turns
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

TICK_SECONDS = 1.0
"""Turns are looked for this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 0.1


class WaitlistKeeper:
    """Offers what has become free to those who wait, ends offers and days that are over. Holds no state."""

    def __init__(self, store: AsyncStore, *, rate: float = 1.0) -> None:
        self._store = store
        self._tick = tick(TICK_SECONDS, FASTEST_TICK_SECONDS, rate)

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        await rounds(self._look, self._tick, waits="waitlist_waits")

    async def _look(self) -> None:
        for turn in await self._store.read(turns.due):
            await self._take(turn)

    async def _take(self, turn: turns.Turn) -> None:
        try:
            await self._store.write(turns.run, domain=turn.domains, turn=turn)
        except Refused as refused:  # somebody else was faster, or the database is away: the next look will tell
            log.info("turn_missed", what=turn.what, entry=turn.entry, error=str(refused))
