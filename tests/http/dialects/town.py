"""A town hall whose appointments come through all dialects."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

import argon2
import sqlalchemy as sa
from aiohttp.test_utils import TestClient

from qms.domain.network import Network
from qms.services.booking import tokens
from qms.services.booking.finding import found
from qms.store.schema.outbox import delivery
from qms.store.store import Store
from tests.clock import HandClock
from tests.db.networks import settle
from tests.http.conftest import SECRET_KEY

ANA, BOB = "a0a0a0a0a0a0a0a0a0a0a0a1", "a0a0a0a0a0a0a0a0a0a0a0a2"
QUEUE, VISIT = "b0b0b0b0b0b0b0b0b0b0b0b1", "c0c0c0c0c0c0c0c0c0c0c0c1"
LASTS = timedelta(minutes=30)
TEN, ELEVEN, NOON = (datetime(2026, 3, 9, hour, tzinfo=UTC) for hour in (10, 11, 12))
"""On a Monday, a week from now; the town's clocks show UTC then."""

PASSWORD = "a good password"
HASH = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
HOOKS = "".join(
    f'\n[[webhook]]\nkey = "{name}"\nurl = "http://{name}.invalid/"\nevents = ["*"]\ndialect = "{name}"\n'
    for name in ("videsk", "auvious", "voki", "native")
)
NETWORK = (
    f"""
[account]
slug = "SLUG"
name = "SLUG Hall"
timezone = "Europe/London"
applications = [{{ key = "app", id = "SLUG-application", queue = "visits" }}]

[[branch]]
key = "main"
label = "Main"

[[queue]]
key = "visits"
id = "{QUEUE}"
name = "Visits"
prefix = "V"
branches = ["main"]

[[agent]]
key = "ana"
id = "{ANA}"
firstname = "Ana"
lastname = "Pérez"
email = "ana@SLUG.example"
queues = ["visits"]
schedule = {{ mon-fri = ["08:00-18:00"] }}

[[agent]]
key = "bob"
id = "{BOB}"
firstname = "Bob"
queues = ["visits"]
schedule = {{ mon-fri = ["08:00-18:00"] }}

[[service]]
key = "visit"
id = "{VISIT}"
title = "A visit"
queue = "visits"
agents = ["ana", "bob"]
duration_minutes = 30
step_minutes = 30
"""
    + HOOKS
)


@dataclass(frozen=True, slots=True)
class Answer:
    """A status, and the body as JSON, if there is any."""

    status: int
    body: Any


@dataclass
class Town:
    """One account, to be asked by anybody."""

    client: TestClient[Any, Any]
    store: Store
    clock: HandClock
    network: Network

    @property
    def account(self) -> str:
        return self.network.account.id

    @property
    def slug(self) -> str:
        return self.network.account.slug

    async def ask(self, method: str, path: str, headers: Mapping[str, str], body: Any = None, **query: Any) -> Answer:
        """What is answered."""
        given = {} if body is None else {"json": body}
        async with self.client.request(method, path, headers=headers, params=query, **given) as answer:
            text = await answer.text()
            assert answer.status < 500, text
            return Answer(answer.status, await answer.json() if text else None)

    def link(self, id: str, kind: Any) -> str:
        """The token in a link that the visitor was sent, as it stands now."""
        it = self.store.read(lambda tx: found(tx, self.account, id))
        return tokens.issue(it, kind, secret=SECRET_KEY)

    def told(self) -> dict[str, list[str]]:
        """What webhooks are to be told, by their keys."""
        names = {webhook.id: webhook.key for webhook in self.network.webhooks.values()}
        heard: dict[str, list[str]] = {name: [] for name in names.values()}
        for row in self.read(lambda tx: list(tx.execute(sa.select(delivery).order_by(delivery.c.at, delivery.c.id)))):
            heard[names[row.webhook_id]].append(row.event)
        return heard

    def read(self, service: Callable[..., Any], **arguments: Any) -> Any:
        """Something that the database knows."""
        return self.store.read(service, **arguments)


def settled(store: Store, slug: str) -> Network:
    """The town's network, with an account of this name."""
    return settle(store, NETWORK.replace("SLUG", slug), HASH)
