"""A small day with somebody whose name is found nowhere once he is erased; and who may ask for that."""

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import redis
import structlog
from aiohttp.test_utils import TestClient, TestServer

from qms.domain.network_file import read_network
from qms.services import logins
from qms.services.accounts import account_id
from qms.store.store import Store
from qms.store.tx import Tx
from server.applying import apply_to
from server.opened import open_installation
from server.settings import Settings
from server.wiring import EVENT_NAMES, application

CANARY = {"firstname": "Canaria", "lastname": "Zzcanary", "email": "canary@birds.example", "phone": "+56955501234"}
WORDS = [*CANARY.values(), "55501234", "canary%40birds"]
FILE = """
[account]
slug = "acme"

[[branch]]
key = "main"
pocs = [{ key = "c1", label = "Counter", kind = "counter" }]

[[queue]]
key = "queue"
prefix = "Q"
branches = ["main"]
mode = "counter"

[[agent]]
key = "owner"
role = "owner"

[[agent]]
key = "attendant"
queues = ["queue"]
"""


@asynccontextmanager
async def office(folder: Path, redis_url: str) -> AsyncIterator[tuple[TestClient[Any, Any], Store]]:
    """An installation with Redis."""
    given = {"DATABASE_URL": f"sqlite:///{folder}/turnero.db", "REDIS_URL": redis_url, "RATE_LIMIT": "0"}
    settings = Settings.read({f"TURNERO_{name}": value for name, value in given.items()})
    opened, ours = open_installation(settings, event_names=EVENT_NAMES), open_installation(settings)
    apply_to(ours.store, read_network(FILE, "acme.toml"))
    async with TestClient(TestServer(application(opened))) as client:
        yield client, ours.store
    for one in (opened, ours):
        one.store.close()


def _sign_in(tx: Tx, agent: str) -> str:
    who = tx.network(account_id(tx, slug="acme")).agents.find(agent)
    return logins.start(tx, kind="desk", agent=who, scope=agent, lasts=timedelta(hours=1))[0]


async def _visit(client: TestClient[Any, Any], store: Store, headers: dict[str, str]) -> None:
    """He takes a number, and goes again."""
    body = {"queue": "queue", "branch": "main", "customer": CANARY}
    async with client.post("/desk/api/tickets", json=body, headers=headers) as taken:
        assert taken.status == 201, await taken.text()
    ((link,),) = store.read(lambda tx: tx.raw("SELECT link FROM ticket", {}))
    async with client.post(f"/t/{link}/leave", json={}) as left:
        assert left.status < 300, await left.text()


async def _ask(client: TestClient[Any, Any], path: str, headers: dict[str, str], body: Any = None) -> tuple[int, str]:
    method = "GET" if body is None else "POST"
    async with client.request(method, f"/desk/api/account/{path}", json=body, headers=headers) as answer:
        return answer.status, await answer.text()


async def test_an_erased_person_is_in_no_file_no_log_and_not_in_redis(tmp_path, redis_url, caplog):
    caplog.set_level("DEBUG")
    with structlog.testing.capture_logs() as logs:
        async with office(tmp_path, redis_url) as (client, store):
            owner = {"Authorization": f"Bearer {store.write(_sign_in, agent='owner')}"}
            attendant = {"Authorization": f"Bearer {store.write(_sign_in, agent='attendant')}"}
            await _visit(client, store, owner)
            he = {"email": CANARY["email"]}

            assert (await _ask(client, "people/export", attendant, he))[0] == 403
            status, said = await _ask(client, "people/export", owner, he)
            assert status == 200
            assert all(word in said for word in CANARY.values())
            status, said = await _ask(client, "people/erase", owner, he)
            assert status == 200, said
            assert (await _ask(client, "people/erase", owner, he))[0] == 404
            status, said = await _ask(client, "audit?action=person", owner)
            assert re.findall(r"person\.\w+", said) == ["person.erased", "person.exported"]
            figures = await (await client.get("/metrics")).text()
            kept = redis.Redis.from_url(redis_url)
            remembered = str([kept.dump(key) for key in kept.scan_iter()])
            files = b"".join(file.read_bytes() for file in tmp_path.glob("turnero.db*")).decode("latin-1")

    everywhere = {"files": files, "logs": f"{logs} {caplog.text}", "redis": remembered, "figures": figures}
    assert [(place, word) for place, text in everywhere.items() for word in WORDS if word in text] == []
