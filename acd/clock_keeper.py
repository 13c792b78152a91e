"""The clock keeper's shell: it looks for what waits for a time that only a clock that was wrong can have named."""

import structlog

from acd.rounds import rounds
from qms.services import ahead
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

TICK_SECONDS = 10.0
"""So much later than everything else goes out what a clock that was set back has left in the future."""


class ClockKeeper:
    """Sets right what was put off by a clock that was ahead. Holds no state; several at once do no harm."""

    def __init__(self, store: AsyncStore) -> None:
        self._store = store

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        await rounds(self.look, TICK_SECONDS, waits="clock_keeper_waits")

    async def look(self) -> int:
        """Set right what there is; how many deliveries and messages."""
        if not await self._store.read(ahead.anything):
            return 0
        found = await self._store.write(ahead.set_right)
        log.warning("clock_was_ahead", due_now=found)
        return found
