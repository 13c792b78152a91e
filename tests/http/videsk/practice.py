"""A practice that takes appointments through the Videsk calendar; its ids are those of the vendor's documents."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from qms.store.store import Store
from tests.db.networks import apply
from tests.http.conftest import Keys

ROOT = "/public/video-contact-center"
JOHN, MARK, SERVICE = "63bdbf3230013a2792550a1c", "63bdbf3b25ab497401602d07", "63bdbf49394aad976d4aa43b"
SANTIAGO = "America/Santiago"
NAME, MAIL = "60dbe3416af0be33b8b372b1", "60dbe3416af0be33b8b372b2"

PRACTICE = f"""
[account]
slug = "practice"
timezone = "{SANTIAGO}"

[[branch]]
key = "main"
name = "branch-main"
label = "Main"
address = "1 Main Street"
location = [7.0, 9.0]

[[queue]]
key = "visits"
name = "Visits"
prefix = "V"
branches = ["main"]

[[agent]]
key = "john"
id = "{JOHN}"
firstname = "John"
lastname = "Doe"
email = "john@practice.example"
queues = ["visits"]
schedule = {{ mon-sun = ["08:00-10:00", "13:00-24:00"] }}

[[agent]]
key = "mark"
id = "{MARK}"
firstname = "Mark"
lastname = "Zuckerberg"
queues = ["visits"]
schedule = {{ mon-fri = ["08:00-10:00"] }}

[[agent]]
key = "idle"
firstname = "Ida"
lastname = "Le"
queues = ["visits"]

[[form]]
key = "who"
fields = [
  {{ id = "{NAME}", name = "firstname", type = "text", label = "Name", required = true, maxlength = 50 }},
  {{ id = "{MAIL}", name = "contact", type = "email", label = "E-mail" }},
  {{ id = "60dbe3416af0be33b8b372b3", name = "age", type = "number", label = "Age", min = 18, max = 99 }},
]

[[service]]
key = "mine"
id = "{SERVICE}"
title = "My service"
description = "Service description"
queue = "visits"
agents = ["john", "mark"]
duration_minutes = 5
step_minutes = 5
form = "who"

[[service]]
key = "auto"
title = "Whoever"
queue = "visits"
agents = ["john", "mark"]
automatic = true
duration_minutes = 7
step_minutes = 5

[[service]]
key = "nobody"
title = "Nobody's"
queue = "visits"
agents = []
"""

ANSWERS = [{"_id": NAME, "value": "Eva"}, {"_id": MAIL, "value": "eva@example.org"}]


def error(message: str, name: str = "BadRequest", code: int = 400, kebab: str = "bad-request", **more: Any) -> Any:
    """An envelope, its keys in order."""
    return {"name": name, "message": message, "code": code, "className": kebab, **more, "errors": {}}


NO_DATE = error('A valid "date" is required', data="date")
NO_ZONE = error('A valid "timezone" is required', data="timezone")
PAST = error("The date can not be in the past.", data="dateInPast")
NO_SERVICE = error("A valid service id is required")
DEAD = error("The token is not valid any more.", "NotAuthenticated", 401, "not-authenticated")


def unavailable(hour: str) -> Any:
    """The hour cannot be had."""
    return error(f'Sorry, the hour "{hour}" is unavailable.', "Conflict", 409, "conflict")


def no_access(path: str) -> Any:
    """Not with this key or token."""
    text = f"You don't have access to {ROOT}/{path}. Please contact to your administrator."
    return error(text, "Forbidden", 403, "forbidden")


@dataclass(frozen=True, slots=True)
class Answered:
    """A status, and the body as JSON with its keys in order."""

    status: int
    body: Any

    def __iter__(self) -> Any:
        return iter((self.status, self.body))


def refused(refusal: Any) -> Answered:
    """The envelope, with the status that its code says."""
    return Answered(refusal["code"], refusal)


@dataclass(frozen=True, slots=True)
class Practice:
    """The practice as a program with a backend key calls it."""

    client: TestClient[Any, Any]
    store: Store
    account: str
    headers: Mapping[str, str]

    @classmethod
    async def open(cls, client: TestClient[Any, Any], store: Store, text: str = PRACTICE) -> "Practice":
        """Settle it, and make a key."""
        applied = await asyncio.to_thread(apply, store, text)
        account = str(await asyncio.to_thread(_account, store, applied.account))
        headers = await asyncio.to_thread(Keys(store, account))
        return cls(client, store, account, headers)

    def key(self, kind: str) -> dict[str, str]:
        """The header of another key."""
        return Keys(self.store, self.account)(kind)

    async def get(self, path: str, headers: Mapping[str, str] | None = None, **query: Any) -> Answered:
        """Ask for something."""
        headers = self.headers if headers is None else headers
        async with self.client.get(f"{ROOT}/{path}", params=query, headers=headers) as response:
            return Answered(response.status, await response.json())

    async def post(self, path: str, body: Any, headers: Mapping[str, str] | None = None) -> Answered:
        """Send something."""
        headers = self.headers if headers is None else headers
        async with self.client.post(f"{ROOT}/{path}", json=body, headers=headers) as response:
            return Answered(response.status, await response.json())

    async def look(self, path: str, date: str, timezone: str = SANTIAGO, **more: Any) -> list[str]:
        """Days or hours."""
        status, body = await self.get(path, date=date, timezone=timezone, **more)
        assert status == 200, body
        return list(body)

    async def book(
        self, start: str, path: str = f"service/{SERVICE}", headers: Mapping[str, str] | None = None, **more: Any
    ) -> Answered:
        """Somebody books."""
        said = {"startAt": start, "timezone": SANTIAGO, "form": ANSWERS, "referrer": "https://example.com", **more}
        body = {name: value for name, value in said.items() if value is not None}
        return await self.post(f"schedule/{path}", body, headers)

    async def booked(self, start: str, **more: Any) -> Any:
        """Somebody has booked."""
        status, body = await self.book(start, **more)
        assert status == 201, body
        return body

    async def move(self, token: str, date: str, **headers: str) -> Answered:
        """Somebody moves his appointment."""
        return await self.post("schedule/reschedule", {"date": date}, {**bearer(token), **headers})

    async def cancel(self, token: str, body: Any = None, **headers: str) -> Answered:
        """Somebody cancels his appointment."""
        return await self.post("schedule/cancel", {} if body is None else body, {**bearer(token), **headers})

    async def info(self, token: str) -> Answered:
        """Somebody looks at his appointment."""
        return await self.get("schedule/info", bearer(token))


class OneDatabase:
    """Tests that do not depend on the kind of database: words and how they are read."""

    @pytest.fixture
    def database_url(self, sqlite_url: str) -> str:
        """A fresh SQLite file."""
        return sqlite_url


def bearer(token: str) -> dict[str, str]:
    """The header with a token."""
    return {"Authorization": f"Bearer {token}"}


def _account(store: Store, slug: str) -> Any:
    ((id,),) = store.read(lambda tx: tx.raw("SELECT id FROM account WHERE slug = :slug", {"slug": slug}))
    return id
