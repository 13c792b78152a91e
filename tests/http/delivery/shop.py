"""A shop whose webhooks are delivered to real HTTP servers; only the clock is ours."""

import asyncio
import base64
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from ipaddress import ip_network
from typing import Any

from aiohttp import web
from standardwebhooks import Webhook as Verifier

from acd.delivery import DeliveryWorker, Guard
from qms.bus.ending import end
from qms.bus.memory import MemoryBus
from qms.domain.delivery import Attempt, Delivery
from qms.domain.event import Event
from qms.services import deliveries
from qms.store.aio import AsyncStore
from qms.store.schema.network import account as account_table
from qms.store.schema.network import webhook as webhook_table
from qms.store.store import EventNames
from qms.store.tx import Tx
from qms_gateway import webhook_native as native
from qms_gateway.dialects.videsk import webhook as videsk

SECRET = "whsec_" + base64.b64encode(bytes(range(32))).decode()
TICKET = "652a1ae848880e168884e49b"
EVENT_NAMES: EventNames = {"videsk": videsk.NAMES, "native": native.EVENTS}
RENDERERS = {"videsk": videsk.render, "native": native.render}
SECOND = timedelta(seconds=1)
LOOPBACK = [ip_network("127.0.0.0/8"), ip_network("::1/128")]


@dataclass(slots=True)
class Clock:
    """Machine time is real; business time is ahead of it by what the test says."""

    ahead: timedelta = timedelta()

    def machine(self) -> datetime:
        return datetime.now(UTC)

    def business(self, machine: datetime) -> datetime:
        return machine + self.ahead

    def pass_by(self, wait: timedelta) -> None:
        self.ahead += wait


@dataclass(slots=True)
class Shop:
    """An account with its webhooks, the events that happen in it, and the worker that delivers them."""

    store: AsyncStore
    bus: MemoryBus
    clock: Clock
    worker: DeliveryWorker
    workers: list[DeliveryWorker] = field(default_factory=list)

    def another_worker(self, **changes: Any) -> DeliveryWorker:
        settings = {"version": "9.9", "wall": self.clock.machine, "jitter": lambda: 0.0, **changes}
        guard = settings.pop("guard", Guard(LOOPBACK))
        worker = DeliveryWorker(self.store, self.bus, RENDERERS, guard, **settings)
        self.workers.append(worker)
        return worker

    async def webhook(self, key: str, url: str, *, dialect: str = "videsk", **changes: Any) -> None:
        row = {"id": key, "account_id": "acme", "key": key, "url": url, "dialect": dialect, "secret": SECRET}
        await self.store.write(_insert, row={**row, "events": ["*"], "headers": {}, **changes})

    async def happen(self, name: str = "ticket.created", *, entity: str = TICKET, number: str = "T001") -> None:
        event = Event(name=name, at=self.clock.machine(), account_id="acme", entity=entity)
        await self.store.write(emit, event=event, payload=snapshot(entity, number))

    async def deliver(self) -> int:
        """One round, to its end."""
        begun = await self.worker.round()
        await self.worker.settle()
        return begun

    async def pass_by(self, wait: timedelta) -> int:
        """Let business time pass, then deliver what is due."""
        self.clock.pass_by(wait)
        return await self.deliver()

    async def one(self) -> Delivery:
        """The only delivery there is."""
        (found,) = await self.all()
        return found

    async def all(self, **chosen: Any) -> list[Delivery]:
        return await self.store.read(lambda tx: deliveries.list_deliveries(tx, "acme", **chosen))

    async def attempts(self, id: str) -> list[Attempt]:
        return await self.store.read(lambda tx: deliveries.list_attempts(tx, "acme", id))

    async def replay(self, **chosen: Any) -> list[str]:
        return await self.store.write(lambda tx: deliveries.replay(tx, "acme", **chosen))


def _insert(tx: Tx, *, row: dict[str, Any]) -> None:
    tx.execute(webhook_table.insert(), tx.vault.seal_row(webhook_table, row["id"], row))
    tx.execute(account_table.update().values(version=account_table.c.version + 1))


def emit(tx: Tx, *, event: Event, payload: dict[str, Any]) -> None:
    tx.emit(replace(event, at=tx.now, payload=payload))


def snapshot(id: str, number: str) -> dict[str, Any]:
    at = "2026-03-01T12:00:00+00:00"
    ticket = {"id": id, "number": number, "state": "waiting", "created_at": at, "called_at": at, "serving_since": at}
    ended = {"ended_at": None, "end_reason": None, "integration_data": {"a": [1, "ñ"]}, "version": 1}
    return {"ticket": {**ticket, **ended}, "queue": {"id": "q1", "key": "q", "name": "Trámites"}, "form": []}


@asynccontextmanager
async def running(*workers: DeliveryWorker) -> AsyncIterator[None]:
    """Workers that run until the block ends, and have stopped after it."""
    tasks = [asyncio.create_task(worker.run()) for worker in workers]
    try:
        yield
    finally:
        await end(tasks)


async def hang(request: web.Request) -> web.Response:
    await asyncio.Event().wait()
    return web.Response()


def verified(received: Any) -> Any:
    return Verifier(SECRET).verify(received.body, received.headers)
