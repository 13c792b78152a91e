"""The shop, and the other end of its webhooks."""

import asyncio
from collections.abc import AsyncIterator

import pytest

from acd.delivery import worker as working
from qms.bus.memory import MemoryBus
from qms.store.aio import AsyncStore
from qms.store.schema.network import account as account_table
from qms.store.store import Store
from tests.http.delivery.shop import (
    EVENT_NAMES,
    Clock,
    Shop,
)
from tests.receiver import Receiver
from tests.vault import VAULT


@pytest.fixture
async def shop(database_url: str) -> AsyncIterator[Shop]:
    clock = Clock()
    store = Store(database_url, clock, VAULT, event_names=EVENT_NAMES, writers=2)
    with store.engine.connect().execution_options(write=True) as connection, connection.begin():
        row = {"id": "acme", "slug": "acme", "name": "Acme", "timezone": "UTC", "options": {}, "closures": []}
        connection.execute(account_table.insert(), {**row, "languages": ["en"]})
    bus = MemoryBus()
    made = Shop(store=AsyncStore(store, bus), bus=bus, clock=clock, worker=None)  # type: ignore[arg-type]
    made.worker = made.another_worker()
    yield made
    for worker in made.workers:
        await worker.close()
    await asyncio.to_thread(store.close)


@pytest.fixture
async def receiver() -> AsyncIterator[Receiver]:
    async with Receiver() as server:
        yield server


@pytest.fixture(autouse=True)
def _hasty(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(working, "LAST_SECONDS", 0.05)
