"""The agents of a country's branches, and who comes to them, over HTTP."""

import asyncio
import time
from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

import aiohttp

from qms.domain.network import Agent
from qms.services import logins
from qms.store.tx import Tx
from server.opened import open_installation
from server.settings import Settings
from tests.db.networks import network_of

QUEUES = "/public/video-contact-center/branches/b{n}/queues/b{n}-cash"


def signed_in(settings: Mapping[str, str], branches: int) -> Sequence[str]:
    """The tokens of the first agent of each branch."""
    opened = open_installation(Settings.read(settings), tool=True)
    network = opened.store.read(network_of, slug="country")
    agents = [network.agents.find(f"b{n}a0") for n in range(branches)]
    found = opened.store.write(_let_in, agents=agents)
    opened.store.close()
    return found


def _let_in(tx: Tx, *, agents: Sequence[Agent]) -> Sequence[str]:
    return [logins.start(tx, kind="desk", agent=one, scope="", lasts=timedelta(days=1))[0] for one in agents]


class Desk:
    """The agent of a branch, who takes one after the other; `took` is milliseconds for each command."""

    def __init__(self, http: aiohttp.ClientSession, token: str) -> None:
        self._http, self._token, self._busy, self.took = http, token, asyncio.Lock(), list[float]()

    async def begin(self, poc: str) -> None:
        """Be there, at a counter."""
        await self._do("PUT", "presence", {"state": "idle", "poc": poc})
        self.took.clear()

    async def serve_one(self) -> None:
        """Call somebody, serve him, finish."""
        async with self._busy:
            for name in ("next", "ticket/serve", "ticket/finish"):
                await self._do("POST", name, {})

    async def _do(self, how: str, name: str, body: Mapping[str, Any]) -> None:
        headers, began = {"Authorization": f"Bearer {self._token}"}, time.perf_counter()
        async with self._http.request(how, f"/desk/api/{name}", json=body, headers=headers) as answer:
            if answer.status >= 300:
                raise SystemExit(f"{name}: {answer.status}: {await answer.text()}")
        self.took.append((time.perf_counter() - began) * 1000)


async def visit(http: aiohttp.ClientSession, key: str, branch: int, desk: Desk, took: list[float]) -> None:
    """Somebody takes a number at a branch, and is served; `took` is milliseconds for each number."""
    began = time.perf_counter()
    async with http.post(QUEUES.format(n=branch), json={}, headers={"Authorization": f"Bearer {key}"}) as answer:
        if answer.status != 201:
            raise SystemExit(f"{answer.status}: {await answer.text()}")
    took.append((time.perf_counter() - began) * 1000)
    await desk.serve_one()
