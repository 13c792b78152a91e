"""A bank whose staff works through the Voki dialect, and a second one with the same ids and keys."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any

import argon2
import pytest
import sqlalchemy as sa
from aiohttp.test_utils import TestClient

from qms.domain.ids import to_uuid
from qms.domain.network import Network
from qms.store.schema.network import account as accounts
from qms.store.schema.outbox import delivery
from qms.store.schema.work import journal
from qms.store.store import Store
from qms.store.tx import Tx
from qms_gateway.face import routes
from tests.clock import HandClock
from tests.db.networks import settle
from tests.http.conftest import Serve

APPOINTMENTS = "/api/v1/appointments"
JOAO, SUPPORT, SALES = "a0a0a0a0a0a0a0a0a0a0a0a1", "b0b0b0b0b0b0b0b0b0b0b0b1", "b0b0b0b0b0b0b0b0b0b0b0b2"
MARIA = "a0a0a0a0a0a0a0a0a0a0a0a2"
PASSWORD = "a good password"
HASH = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
NOBODY = "e5f6a7b8-c9d0-4234-a567-567890123456"
"""A UUID that spells none of our ids."""

NETWORK = f"""
[account]
slug = "SLUG"
name = "SLUG Bank"
timezone = "America/Sao_Paulo"

[[branch]]
key = "main"
label = "Main"

[[queue]]
key = "support"
id = "{SUPPORT}"
name = "Suporte Técnico"
prefix = "S"
branches = ["main"]
mode = "counter"
max_wait_minutes = 45

[[queue]]
key = "sales"
id = "{SALES}"
name = "SLUG Vendas"
prefix = "V"
branches = ["main"]

[[agent]]
key = "joao"
id = "{JOAO}"
firstname = "João"
lastname = "Silva"
email = "joao@SLUG.example"
queues = ["support"]

[[agent]]
key = "maria"
id = "{MARIA}"
firstname = "Maria"
lastname = "Souza"
email = "maria@SLUG.example"
queues = ["support", "sales"]

[[agent]]
key = "sue"
firstname = "Sue"
email = "sue@SLUG.example"
role = "supervisor"

[[agent]]
key = "max"
firstname = "Max"
email = "max@SLUG.example"
role = "manager"

[[agent]]
key = "olga"
firstname = "Olga"
email = "olga@SLUG.example"
role = "owner"

[[service]]
key = "visit"
title = "A visit"
queue = "support"
agents = ["joao"]
duration_minutes = 30

[[webhook]]
key = "hook"
url = "http://SLUG.invalid/hook"
events = ["*"]
dialect = "voki"
secret = "hush"
"""

ROBERTO = {
    "title": "Réunion de présentation",
    "scheduled_at": "2026-03-25T14:00:00Z",
    "duration_minutes": 45,
    "department_id": to_uuid(SUPPORT),
    "customer_name": "Roberto Lima",
    "customer_email": "roberto@email.com",
    "customer_phone": "+5511966665544",
}
"""The documents' own example, but for the department's id and the month."""


@dataclass
class Office:
    """One account, as its staff sees it."""

    client: TestClient[Any, Any]
    store: Store
    clock: HandClock
    network: Network
    _tokens: dict[str, dict[str, str]] = field(default_factory=dict)

    @property
    def slug(self) -> str:
        return self.network.account.slug

    async def log_in(self, who: str = "joao", **changes: Any) -> tuple[int, Any]:
        """Status and body of a login."""
        said = {"email": f"{who}@{self.slug}.example", "password": PASSWORD, "tenant": self.slug, **changes}
        body = {name: value for name, value in said.items() if value is not None}
        return await self.ask("POST", "/api/auth/login", body, by={})

    async def as_(self, who: str) -> dict[str, str]:
        """The headers of somebody who has logged in."""
        if who not in self._tokens:
            status, body = await self.log_in(who)
            assert status == 200, body
            self._tokens[who] = self.headers(body["data"]["access_token"])
        return self._tokens[who]

    def forget(self) -> None:
        """Everybody has to log in anew."""
        self._tokens.clear()

    def headers(self, token: str, tenant: str | None = None) -> dict[str, str]:
        """The headers that go with an access token."""
        return {"Authorization": f"Bearer {token}", "X-Tenant": tenant or self.slug}

    async def ask(
        self, method: str, path: str, body: Any = None, *, by: dict[str, str] | None = None, **more: Any
    ) -> tuple[int, Any]:
        """Status and body; asked by João, unless by somebody else."""
        headers = {**(await self.as_("joao") if by is None else by), **more.pop("headers", {})}
        given = {} if body is None else {"json": body}
        answer = await self.client.request(method, path, headers=headers, allow_redirects=False, **given, **more)
        text = await answer.text()
        assert answer.content_type == "application/json" or not text, text
        return answer.status, (await answer.json() if text else None)

    async def make(self, by: dict[str, str] | None = None, **changes: Any) -> dict[str, Any]:
        """A new appointment."""
        status, made = await self.create(by, **changes)
        assert status == 201, made
        return made["data"]

    async def create(self, by: dict[str, str] | None = None, **changes: Any) -> tuple[int, Any]:
        """Status and body of what is asked for instead of the documents' example."""
        body = {name: value for name, value in {**ROBERTO, **changes}.items() if value is not None}
        return await self.ask("POST", APPOINTMENTS, {"appointment": body}, by=by)

    async def change(self, made: dict[str, Any], **changes: Any) -> tuple[int, Any]:
        """Status and body of a change."""
        return await self.ask("PUT", f"{APPOINTMENTS}/{made['id']}", {"appointment": changes})

    async def go(self, made: dict[str, Any], action: str, body: Any = None) -> tuple[int, Any]:
        """Status and body of a transition."""
        return await self.ask("POST", f"{APPOINTMENTS}/{made['id']}/{action}", body)

    async def listed(self, query: str = "", **more: Any) -> list[Any]:
        """What a list holds."""
        status, body = await self.ask("GET", f"{APPOINTMENTS}?{query}", **more)
        assert status == 200, body
        return body["data"]

    async def option(self, **options: Any) -> None:
        """The account's options from now on."""
        await asyncio.to_thread(self.store.write, _set, account=self.network.account.id, options=options)

    def happened(self) -> list[str]:
        """The names of what has happened."""
        return self.store.read(lambda tx: list(tx.execute(sa.select(journal.c.name).order_by(journal.c.seq)).scalars()))

    def deliveries(self) -> list[Any]:
        """What webhooks are to be told."""
        return self.store.read(lambda tx: list(tx.execute(sa.select(delivery).order_by(delivery.c.id))))

    def read(self, service: Callable[..., Any], **arguments: Any) -> Any:
        """Something that the database knows."""
        return self.store.read(service, **arguments)


def _set(tx: Tx, *, account: str, options: dict[str, Any]) -> None:
    changes = {"options": options, "version": accounts.c.version + 1}
    tx.execute(accounts.update().where(accounts.c.id == account).values(changes))


@pytest.fixture
def event_names() -> Any:
    """What subscribers are told: as the whole server has it."""
    from server.wiring import EVENT_NAMES

    return EVENT_NAMES


@pytest.fixture
async def office(serve: Serve, store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Office:
    """The bank, with nobody booked."""
    monkeypatch.setattr("qms.web.networks.FRESH_SECONDS", -1)
    network = settle(store, NETWORK.replace("SLUG", "avanter"), HASH)
    return Office(await serve(routes), store, clock, network)


@pytest.fixture
def twin(office: Office) -> Office:
    """Another bank with the same ids and keys."""
    return Office(
        office.client, office.store, office.clock, settle(office.store, NETWORK.replace("SLUG", "twin"), HASH)
    )
