"""The distributor's shell: wakes when something happens in a routing domain, or a deadline may have passed."""

import asyncio
from collections.abc import Iterable
from contextlib import suppress

import structlog

from acd.lease_keeper import LeaseKeeper
from acd.rounds import tick
from qms.bus import Bus
from qms.domain.errors import Refused
from qms.services import overdue, passes
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

TICK_SECONDS = 0.5
"""Deadlines are looked for this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 0.05
SLOW_TICKS = 20
"""Every so many ticks it is asked where escalation, overflow, closing or an interruption may be due."""

APART_SECONDS = 0.02
"""A domain is looked at no oftener than that: where much happens at once, one look is for all of it."""

TOPIC = "domain:"


class Distributor:
    """Runs passes over the domains that are its to work for. Every pass reads the rows: a restart loses nothing."""

    def __init__(self, store: AsyncStore, bus: Bus, *, rate: float = 1.0, seat: str | None = None) -> None:
        self._store = store
        self._bus = bus
        self._leases = LeaseKeeper(store, bus, seat=seat)
        self._tick = tick(TICK_SECONDS, FASTEST_TICK_SECONDS, rate)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._again: set[str] = set()
        self._looked: dict[str, float] = {}
        self._beat = asyncio.get_running_loop().time()

    @property
    def worker(self) -> str:
        """The name under which its lease says that this process works."""
        return self._leases.worker

    def silent_seconds(self) -> float:
        """How long ago it last looked for deadlines."""
        return asyncio.get_running_loop().time() - self._beat

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._leases.run())
                group.create_task(self._listen())
                group.create_task(self._watch())
        finally:
            for task in self._running.values():
                task.cancel()

    async def _listen(self) -> None:
        with self._bus.listen(TOPIC + "*") as listener:
            while True:
                self._start(topic.removeprefix(TOPIC) for topic in await listener.wait(TICK_SECONDS * 10))

    async def _watch(self) -> None:
        ticks = 0
        while True:
            try:
                if ticks % SLOW_TICKS == 0:
                    self._start(await self._store.read(overdue.domains), thorough=True)
                self._start(await self._store.read(passes.due_domains))
                self._beat = asyncio.get_running_loop().time()
            except Refused as outage:
                log.warning("distributor_waits", error=str(outage))
            ticks += 1
            await self._rest()

    async def _rest(self) -> None:
        """Until the next tick, or until another worker's domains may have become this one's."""
        with suppress(TimeoutError):
            async with asyncio.timeout(self._tick):
                await self._leases.changed.wait()
        self._leases.changed.clear()

    def _start(self, domains: Iterable[str], *, thorough: bool = False) -> None:
        for domain in self._leases.mine(domains):
            if domain in self._running:
                self._again.add(domain)
            else:
                self._running[domain] = asyncio.create_task(self._work(domain, thorough))

    async def _apart(self, domain: str) -> None:
        loop = asyncio.get_running_loop()
        since = loop.time() - self._looked.get(domain, 0.0)
        if since < APART_SECONDS:
            await asyncio.sleep(APART_SECONDS - since)
        self._looked[domain] = loop.time()

    async def _work(self, domain: str, thorough: bool) -> None:
        try:
            while True:
                await self._apart(domain)
                self._again.discard(domain)
                if thorough or await self._store.ask(passes.due, domain):
                    await self._leases.run_pass(domain)
                if domain not in self._again:
                    return
                thorough = False
        except Refused as outage:
            log.warning("pass_failed", domain=domain, error=str(outage))
        except Exception:
            log.exception("bug", domain=domain)
        finally:
            del self._running[domain]
