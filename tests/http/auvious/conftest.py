"""A clinic that other systems book through the Auvious dialect, and a second one with the same ids and keys."""

import asyncio
import base64
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

import pytest
import sqlalchemy as sa
from aiohttp.test_utils import TestClient

from kiosk import waiting_room
from qms.domain.ids import from_uuid, to_uuid
from qms.domain.network import Network
from qms.services.clients import IssuedClient, issue_client
from qms.store.schema.network import account as accounts
from qms.store.schema.reaching import message
from qms.store.store import Store
from qms.store.tx import Tx
from qms_gateway.face import routes
from tests.clock import HandClock
from tests.db.networks import settle
from tests.http.conftest import Serve

APPOINTMENTS = "/api/appointments"
START, BERLIN = "2026-03-09T19:00:00.0Z", "Europe/Berlin"
ANA, BOB = "a0a0a0a0a0a0a0a0a0a0a0a1", "a0a0a0a0a0a0a0a0a0a0a0a2"
OPAQUE = "36c1r718-9ab5-48c9-aeab-fas5f37b0ec4"
APPLICATION, OTHER = "bf8215e5-a39e-490a-a0e2-07df6a3d8c1f", "second-application"
ALL_ROLES = ("ROLE_AGENT", "ROLE_SUPERVISOR", "ROLE_CLIENT_SERVICE", "ROLE_CUSTOMER", "ROLE_ADMIN")

NETWORK = f"""
[account]
slug = "SLUG"
name = "SLUG Clinic"
timezone = "{BERLIN}"
applications = [{{ key = "app", id = "FIRST" }}, {{ key = "two", id = "SECOND", queue = "visits" }}]

[[branch]]
key = "main"
label = "Main"
address = "1 Main Street"

[[queue]]
key = "visits"
prefix = "V"
branches = ["main"]

[[agent]]
key = "ana"
id = "{ANA}"
firstname = "Ana"
lastname = "Pérez"
email = "ana@SLUG.example"
queues = ["visits"]

[[agent]]
key = "bob"
id = "{BOB}"
firstname = "Bob"
queues = ["visits"]

[[agent]]
key = "{OPAQUE}"
firstname = "Odd"
queues = ["visits"]

[[agent]]
key = "sue"
firstname = "Sue"
email = "sue@SLUG.example"
role = "owner"

[[service]]
key = "visit"
queue = "visits"
branch = "main"
agents = ["ana"]
duration_minutes = 30

[[webhook]]
key = "hook"
url = "http://SLUG.invalid/hook"
events = ["*"]
dialect = "auvious"
secret = "hush"
"""

BOBBY = {
    "contact": {"primaryEmail": "user@provider.net", "primaryPhone": "2102234988"},
    "metadata": {"refNo": "CS-9838"},
    "name": {"firstName": "Bobby", "lastName": "Ewing"},
    "username": "ewingb@myorg.com",
}
INTERACTION = {
    "customFields": {"property1": "string", "property2": "string"},
    "routing": {
        "properties": {"deploymentId": "c461a74-af3a-4b55-a461-bafbf077a34e"},
        "type": "GENESYS_CLOUD_FLOW",
    },
}
NOTIFICATIONS = [
    {"channel": "SMS", "textBody": "Dear {{firstName}},\n\nscheduled for {{dd-MM-yyyy}} {{time24}}", "type": "CREATE"},
    {"channel": "EMAIL", "htmlBody": "<p>x</p>", "subject": "Notice", "textBody": "x", "type": "CREATE"},
    {"channel": "SMS", "period": "P1D", "textBody": "a reminder", "type": "REMINDER"},
    {"channel": "SMS", "period": "P5M", "textBody": "follow the link {{roomLink}}", "type": "ROOM"},
]
BODY = {
    "applicationId": APPLICATION,
    "start": START,
    "duration": "PT5M",
    "timezone": BERLIN,
    "locale": "en_US",
    "title": "Product installation review",
    "notes": "CRM ref: 3nv-1gt-4rt",
    "metadata": {"prop1": {}},
    "interaction": INTERACTION,
    "notifications": NOTIFICATIONS,
    "customer": BOBBY,
}


@dataclass
class Clinic:
    """One account, as its clients see it."""

    client: TestClient[Any, Any]
    store: Store
    clock: HandClock
    network: Network
    _clients: dict[tuple[Any, ...], IssuedClient] = field(default_factory=dict)
    _headers: dict[tuple[Any, ...], dict[str, str]] = field(default_factory=dict)

    @property
    def account(self) -> str:
        return self.network.account.id

    async def as_(self, *roles: str, application: str | None = None, agent: str | None = None) -> dict[str, str]:
        """The header of a client with these roles (without ROLE_), as it gets it."""
        who = (*roles, application, agent)
        if who not in self._clients:
            wanted = {"roles": [f"ROLE_{role}" for role in roles], "application": application, "agent": agent}
            self._clients[who] = await asyncio.to_thread(self.store.write, issue_client, account=self.account, **wanted)
        made, key = self._clients[who], (*who, self.clock.at)
        if key not in self._headers:
            query = {"grant_type": "client_credentials", "client_id": made.client_id}
            answer = await self.client.post(
                "/security/oauth/token", params={**query, "client_secret": made.client_secret}
            )
            assert answer.status == 200, await answer.text()
            self._headers[key] = {"Authorization": f"Bearer {(await answer.json())['access_token']}"}
        return self._headers[key]

    async def ask(
        self, method: str, path: str, body: Any = None, *, by: dict[str, str] | None = None, **more: Any
    ) -> tuple[int, Any]:
        """Status and body; asked by a supervisor who is also a service and an agent, unless by somebody else."""
        headers = await self.as_("SUPERVISOR", "CLIENT_SERVICE", "AGENT") if by is None else by
        headers = {**headers, **more.pop("headers", {})}
        given = {} if body is None else {"json": body}
        answer = await self.client.request(method, path, headers=headers, allow_redirects=False, **given, **more)
        text = await answer.text()
        return answer.status, (await answer.json() if text and answer.content_type == "application/json" else text)

    async def make(self, by: dict[str, str] | None = None, **changes: Any) -> dict[str, Any]:
        """A new appointment as a service makes it, unless somebody else does."""
        body = {name: value for name, value in {**BODY, **changes}.items() if value is not None}
        asked_by = by or await self.as_("CLIENT_SERVICE")
        status, made = await self.ask("POST", f"{APPOINTMENTS}/", body, by=asked_by)
        assert status == 200, made
        return made

    async def get(self, id: str) -> tuple[int, Any]:
        """The appointment as it is shown."""
        return await self.ask("GET", f"{APPOINTMENTS}/{id}")

    async def otp(self, to: str = "user@provider.net", channel: str = "EMAIL", **more: Any) -> tuple[str, str]:
        """A code is sent: its id, and what it is."""
        status, sent = await self.ask("POST", "/security/otp", {"to": to, "channel": channel, **more}, by={})
        assert status == 200, sent
        return sent["id"], self.messages()[-1].data["code"]

    def basic(self, id: str, code: str) -> dict[str, str]:
        """The header of a code."""
        return {"Authorization": "Basic " + base64.b64encode(f"{id}:{code}".encode()).decode()}

    def messages(self) -> list[Any]:
        """What people were to be told, in order."""
        return self.read(lambda tx: list(tx.execute(sa.select(message).order_by(message.c.created_at, message.c.id))))

    def read(self, service: Callable[..., Any], **arguments: Any) -> Any:
        """Something that the database knows."""
        return self.store.read(service, **arguments)

    async def option(self, **options: Any) -> None:
        """The account's options from now on."""
        await asyncio.to_thread(self.store.write, _set, account=self.account, options=options)

    async def customer(self, appointment: str) -> dict[str, str]:
        """The header of whoever entered an appointment's room."""
        status, way = await self.ask("POST", f"{APPOINTMENTS}/activate/{appointment}")
        assert status == 200, way
        answer = await self.client.post(urlsplit(way["url"]).path + "/token")
        return {"Authorization": f"Bearer {(await answer.json())['access_token']}"}


def _set(tx: Tx, *, account: str, options: dict[str, Any]) -> None:
    changes = {"options": options, "version": accounts.c.version + 1}
    tx.execute(accounts.update().where(accounts.c.id == account).values(changes))


def file_of(slug: str, first: str, second: str) -> str:
    """The clinic's network file, for an account and its two applications."""
    return NETWORK.replace("SLUG", slug).replace("FIRST", first).replace("SECOND", second)


@pytest.fixture
async def clinic(serve: Serve, store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Clinic:
    """The clinic, with nobody booked."""
    monkeypatch.setattr("qms.web.networks.FRESH_SECONDS", -1)
    monkeypatch.setattr("qms_gateway.dialects.auvious.spellings.FRESH_SECONDS", -1)
    network = settle(store, file_of("clinic", APPLICATION, OTHER))
    return Clinic(await serve(routes, waiting_room.routes), store, clock, network)


@pytest.fixture
def twin(clinic: Clinic) -> Clinic:
    """Another account with the same ids and keys, but for those of its applications."""
    network = settle(clinic.store, file_of("twin", "twin-app", "twin-two"))
    return Clinic(clinic.client, clinic.store, clinic.clock, network)


__all__ = ["Clinic", "from_uuid", "to_uuid"]
