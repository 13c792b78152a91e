"""A desk in front of the seeded account, whose agents all have the password `secret`."""

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from typing import Any

import argon2
import pytest
from aiohttp import ClientResponse, web
from aiohttp.test_utils import TestClient

from desk.face import routes
from qms.services import passes
from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from qms.store.aio import AsyncStore
from qms.store.store import Store
from qms.web.keys import STORE
from tests.clock import HandClock
from tests.db.clock import MachineClock, PostgresClock
from tests.http.conftest import Serve
from tests.http.seed import Seeded, seed

QUICK = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)


@pytest.fixture
def clock(database_url: str) -> Iterator[HandClock]:
    """Monday noon, until moved; the database's own clock goes with it."""
    if database_url.startswith("sqlite"):
        yield MachineClock()
        return
    clock = PostgresClock(database_url)
    yield clock
    clock.close()


@pytest.fixture
def seeded(store: Store) -> Seeded:
    """The account `acme`."""
    return store.write(seed, password_hash=QUICK.hash("secret"))


@pytest.fixture
async def client(serve: Serve, seeded: Seeded) -> TestClient[Any, Any]:
    """A client of the desk, not signed in."""
    return await serve(routes)


@dataclass(slots=True)
class Desk:
    """An agent's desk as a program drives it: short names for the requests of the interface."""

    client: TestClient[Any, Any]
    seeded: Seeded
    key: str
    token: str
    state: dict[str, Any]

    @property
    def headers(self) -> dict[str, str]:
        """Who is asking."""
        return {"Authorization": f"Bearer {self.token}"}

    async def ask(self, method: str, path: str, body: Any = None, **headers: str) -> ClientResponse:
        """Send a request under `/desk/api/`."""
        path = f"/desk/api/{path}"
        return await self.client.request(method, path, json=body, headers={**self.headers, **headers})

    async def post(self, path: str, body: Any = None) -> Any:
        """A command that is carried out: the JSON of its answer, None where it has none."""
        return await self._good(await self.ask("POST", path, body))

    async def put(self, path: str, body: Any) -> Any:
        """The same by PUT."""
        return await self._good(await self.ask("PUT", path, body))

    async def get(self, path: str) -> Any:
        """What there is to read."""
        return await self._good(await self.ask("GET", path))

    async def refused(self, path: str, body: Any = None) -> tuple[int, str | None]:
        """A command that is refused: its status, and what won."""
        response = await self.ask("POST", path, body)
        problem = await response.json()
        assert response.content_type == "application/problem+json"
        assert problem["status"] == response.status
        return response.status, problem.get("winner")

    async def work(self) -> int:
        """A pass of the distributor over the account."""
        store: AsyncStore = self.client.server.app[STORE]  # type: ignore[attr-defined]
        domain = self.seeded.domain
        return await store.write(passes.run, domain=domain, routing_domain=domain)

    async def visitor(self, queue: str, **more: Any) -> Any:
        """Somebody takes a number at the branch `main`; the ticket."""
        store: AsyncStore = self.client.server.app[STORE]  # type: ignore[attr-defined]
        item = TakeTicket(account=self.seeded.account, branch="main", queue=queue, source="kiosk", **more)
        return await store.take(take_tickets, item, domain=self.seeded.domain)

    async def _good(self, response: ClientResponse) -> Any:
        assert response.status in (200, 201, 204), await response.text()
        return None if response.status == 204 else await response.json()


SignIn = Callable[..., Awaitable[Desk]]


@pytest.fixture
def sign_in(client: TestClient[Any, Any], seeded: Seeded) -> SignIn:
    """`await sign_in("ana")`: that agent's desk, behind a login of its own."""

    async def sign_in(key: str) -> Desk:
        body = {"account": seeded.slug, "email": f"{key}@{seeded.slug}.example", "password": "secret"}
        response = await client.post("/desk/api/session", json=body)
        assert response.status == 201, await response.text()
        said = await response.json()
        client.session.cookie_jar.clear()
        return Desk(client, seeded, key, said["token"], said["state"])

    return sign_in


@pytest.fixture
async def ana(sign_in: SignIn) -> Desk:
    """Ana's desk: she serves `tramites` (booth) and `caja` (counter)."""
    return await sign_in("ana")


def application_of(desk: Desk) -> web.Application:
    """The application that serves a desk."""
    return desk.client.server.app  # type: ignore[attr-defined]
