"""Keeping the leases of a process: it says that it lives, and knows which routing domains are its to work for."""

import asyncio
import secrets
from collections.abc import Iterable
from contextlib import suppress

import structlog

from qms.bus import Bus, Listener
from qms.domain.errors import Conflict, Refused
from qms.services import leases
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

BEAT_SECONDS = 1.0
LOOK_SECONDS = 0.25
"""So often between two times that it says so, a worker looks whether the others still live."""

FAREWELL_SECONDS = 2.0


class LeaseKeeper:
    """One worker among those of an installation. `seat` is the address it listens at, which nobody else can have.

    `changed` is set when others have come or gone: there may be domains to work for.
    """

    def __init__(self, store: AsyncStore, bus: Bus, *, seat: str | None = None) -> None:
        self._store = store
        self._bus = bus
        self._seat = seat
        self.worker = secrets.token_hex(12)
        self.changed = asyncio.Event()
        self._alive: frozenset[str] = frozenset()
        self._fences: dict[str, int] = {}

    def mine(self, domains: Iterable[str]) -> list[str]:
        """Those domains that are this worker's, as far as it knows."""
        return [domain for domain in domains if leases.owner(self._alive, domain) == self.worker]

    async def run_pass(self, domain: str) -> bool:
        """Run a pass over a domain; False where it is another worker's, and nothing was done.

        Raises:
            Refused: the database is away.
        """
        fence = self._fences.get(domain)
        try:
            self._fences[domain] = await self._store.write(
                leases.run, domain=domain, routing_domain=domain, worker=self.worker, fence=fence
            )
        except Conflict as taken:
            self._fences.pop(domain, None)
            log.info("domain_not_ours", domain=domain, error=str(taken))
            return False
        if fence is None:
            log.info("domain_taken", domain=domain, fence=self._fences[domain])
        return True

    async def run(self) -> None:
        """Live until cancelled; then say so."""
        begun = False
        try:
            with self._bus.listen(leases.TOPIC) as listener:
                while True:
                    begun = await self._beat(begun) or begun
                    await self._look_on(listener)
        finally:
            await self._leave()

    async def _look_on(self, listener: Listener) -> None:
        """See who else lives, until it is time for the next beat, or somebody says that he has come or goes."""
        for _ in range(round(BEAT_SECONDS / LOOK_SECONDS) - 1):
            if await listener.wait(LOOK_SECONDS):
                return
            await self._look()
        await listener.wait(LOOK_SECONDS)

    async def _beat(self, begun: bool) -> bool:
        try:
            if begun:
                self._know(await self._store.write(leases.beat, worker=self.worker))
            else:
                self._know(await self._store.write(leases.begin, worker=self.worker, seat=self._seat))
        except Refused as outage:
            log.warning("lease_waits", error=str(outage))
            return False
        return True

    async def _look(self) -> None:
        if len(self._alive) > 1:
            with suppress(Refused):  # the next beat says so
                self._know(await self._store.read(leases.living))

    def _know(self, alive: frozenset[str]) -> None:
        if alive != self._alive:
            self._alive = alive
            self.changed.set()

    async def _leave(self) -> None:
        try:
            async with asyncio.timeout(FAREWELL_SECONDS):
                await self._store.write(leases.leave, worker=self.worker)
        except (Refused, TimeoutError):
            log.warning("leases_left_to_lapse")
