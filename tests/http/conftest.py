"""An application around a real store, with one seeded account, for whatever faces a test wants to hear."""

from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient, TestServer

from qms.bus.memory import MemoryBus
from qms.services.keys import issue_key
from qms.store.aio import AsyncStore
from qms.store.store import EventNames, Store
from qms.web.keys import BUS, NOW, SECRET, SITE, STOPPING, STORE, Site, Stopping
from qms.web.networks import NETWORKS, NetworkView
from qms.web.perform import IN_FLIGHT
from qms.web.problems import problems
from qms_gateway.face import routes as gateway_routes
from tests.clock import HandClock
from tests.db.conftest import slow_machine
from tests.http.seed import Seeded, seed
from tests.vault import VAULT

__all__ = ["slow_machine"]

SECRET_KEY = b"a secret of at least thirty-two bytes"
Routes = Callable[[web.Application], None]
Serve = Callable[..., Awaitable[TestClient[Any, Any]]]


class Server(TestServer):
    """Runs an application as `turnero serve` does, where aiohttp's tests would choose otherwise."""

    async def _make_runner(self, **settings: Any) -> web.AppRunner:
        return web.AppRunner(self.app, **{**settings, "handler_cancellation": False, "auto_decompress": False})


@pytest.fixture
def clock() -> HandClock:
    """Monday noon, until moved."""
    return HandClock()


@pytest.fixture
def database_url(tables_url: str) -> str:
    """The URL of a fresh database of each kind, here with all tables."""
    return tables_url


@pytest.fixture
def event_names() -> EventNames:
    """By what names subscribers are told: nobody is, unless a suite says so."""
    return {}


@pytest.fixture
def store(database_url: str, clock: HandClock, event_names: EventNames) -> Iterator[Store]:
    """The test's own store on an empty database with all tables; the application has another, as another process."""
    store = Store(database_url, clock, VAULT, event_names=event_names, writers=2)
    yield store
    store.close()


@pytest.fixture
def seeded(store: Store) -> Seeded:
    """The account `acme`."""
    return store.write(seed)


@pytest.fixture
async def serve(store: Store, database_url: str, clock: HandClock, event_names: EventNames) -> AsyncIterator[Serve]:
    """`await serve(routes, …, rate_limit=20)`: a client of an application with those faces; settings go to its Site."""
    clients: list[TestClient[Any, Any]] = []
    bus = MemoryBus()
    theirs = Store(database_url, clock, VAULT, event_names=event_names, writers=2)
    shell = AsyncStore(theirs, bus)

    async def serve(*faces: Routes, **site: Any) -> TestClient[Any, Any]:
        app = web.Application(middlewares=[problems])
        app[STORE], app[BUS], app[SECRET], app[STOPPING] = shell, bus, SECRET_KEY, Stopping()
        app[SITE] = Site(**{"public_url": "http://turnero.example", "version": "test", "rate_limit": 0, **site})
        app[NOW], app[NETWORKS], app[IN_FLIGHT] = clock.machine, NetworkView(shell), set()
        for face in faces:
            face(app)
        client = TestClient(Server(app))
        clients.append(client)
        await client.start_server()
        return client

    yield serve
    for client in clients:
        await client.close()
    theirs.close()


@pytest.fixture
async def gateway(serve: Serve, seeded: Seeded) -> TestClient[Any, Any]:
    """The gateway in front of the seeded account, without a rate limit."""
    return await serve(gateway_routes)


@dataclass(frozen=True, slots=True)
class Keys:
    """Makes keys of an account."""

    store: Store
    account: str

    def __call__(self, kind: str = "backend", **more: Any) -> dict[str, str]:
        """The header of a new key."""
        return {"Authorization": f"Bearer {self.token(kind, **more)}"}

    def token(self, kind: str = "backend", *, expires_at: datetime | None = None, **more: Any) -> str:
        """A new key."""
        return self.store.write(
            issue_key, account=self.account, kind=kind, expires_at=expires_at, secret=SECRET_KEY, **more
        ).token


@pytest.fixture
def keys(store: Store, seeded: Seeded) -> Keys:
    """`keys("public")`: the header of a new key of the seeded account."""
    return Keys(store, seeded.account)
