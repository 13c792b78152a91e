"""The keeper of leases: whoever is left takes notice at once, not at the next tick."""

import asyncio
from typing import Any, cast

from acd import lease_keeper
from acd.lease_keeper import LeaseKeeper
from qms.bus.memory import MemoryBus
from qms.services import leases
from qms.store.aio import AsyncStore

DOMAINS = [f"{n:024x}" for n in range(64)]


class Rows:
    """Who lives, as rows say it; no database."""

    def __init__(self) -> None:
        self.alive: frozenset[str] = frozenset()

    async def write(self, service: Any, *, worker: str, **_: Any) -> Any:
        self.alive = self.alive - {worker} if service is leases.leave else self.alive | {worker}
        return self.alive

    async def read(self, service: Any) -> frozenset[str]:
        assert service is leases.living
        return self.alive


async def test_when_another_worker_has_lapsed_its_domains_are_known_to_be_there_for_the_taking(monkeypatch):
    monkeypatch.setattr(lease_keeper, "BEAT_SECONDS", 0.04)
    monkeypatch.setattr(lease_keeper, "LOOK_SECONDS", 0.01)
    rows = Rows()
    rows.alive = frozenset({"other"})
    keeper = LeaseKeeper(cast(AsyncStore, rows), MemoryBus())
    running = asyncio.create_task(keeper.run())
    async with asyncio.timeout(20):
        await keeper.changed.wait()
        shared = keeper.mine(DOMAINS)
        keeper.changed.clear()
        rows.alive = frozenset({keeper.worker})
        await keeper.changed.wait()
    alone = keeper.mine(DOMAINS)
    running.cancel()
    await asyncio.gather(running, return_exceptions=True)

    assert 0 < len(shared) < len(DOMAINS)
    assert alone == DOMAINS
    assert rows.alive == frozenset()
