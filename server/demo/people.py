"""Simulated people: visitors at kiosks, a vendor's system, agents at desks. They use the public interfaces only."""

import asyncio
import random
from collections.abc import Awaitable, Callable
from typing import Any

import aiohttp
import structlog

log = structlog.get_logger(__name__)

AGENTS = (
    ("ana", "downtown/1"),
    ("ben", "downtown/2"),
    ("chloe", "downtown/3"),
    ("farid", "riverside/11"),
    ("dmitri", None),
    ("elena", None),
)
KIOSKS = (
    ("demo-downtown-door", ("cash", "cash", "accounts", "advice"), 7.0),
    ("demo-riverside-door", ("cash", "cash", "advice"), 13.0),
)


class People:
    """Everybody in the demo. `address`: where the server listens; `token`: a vendor's key; `password`: all agents'.

    Where they are `calm`, visitors come that many times as seldom.
    """

    def __init__(self, address: str, token: str, password: str, *, seed: int | None = None, calm: float = 1) -> None:
        self._address = address
        self._token = token
        self._password = password
        self._calm = calm
        self._chance = random.Random(seed)  # noqa: S311 - people are not secrets
        self._number = 700

    async def live(self) -> None:
        """Live until cancelled. Who meets an error tries again a little later."""
        timeout = aiohttp.ClientTimeout(total=15)
        async with aiohttp.ClientSession(self._address, timeout=timeout) as http:
            lives = [self._again(self._agent, http, name, poc) for name, poc in AGENTS]
            lives += [self._again(self._visitors, http, kiosk, what, mean * self._calm) for kiosk, what, mean in KIOSKS]
            lives.append(self._again(self._vendor, http))
            await asyncio.gather(*lives)

    async def _again(self, life: Callable[..., Awaitable[None]], *about: Any) -> None:
        while True:
            try:
                await life(*about)
            except (aiohttp.ClientError, TimeoutError, KeyError) as error:
                log.info("demo_person", who=life.__name__, error=repr(error))
            await asyncio.sleep(self._chance.uniform(1, 3))

    async def _pause(self, shortest: float, longest: float) -> None:
        await asyncio.sleep(self._chance.uniform(shortest, longest))

    async def _visitors(self, http: aiohttp.ClientSession, kiosk: str, queues: tuple[str, ...], mean: float) -> None:
        while True:
            language = self._chance.choice(("en", "en", "es", "pt-BR", "fr", "de", "it", "ar"))
            body = {"queue": self._chance.choice(queues), "language": language}
            async with http.post(f"/kiosk/{kiosk}/tickets", json=body) as answer:
                ticket = await answer.json() if answer.status == 201 else None
            if ticket is not None and self._chance.random() < 0.05:
                await self._pause(5, 20)
                await http.post(f"{ticket['url']}/leave")
            await asyncio.sleep(min(self._chance.expovariate(1 / mean), 4 * mean))

    async def _vendor(self, http: aiohttp.ClientSession) -> None:
        base, headers = "/public/video-contact-center/branches", {"Authorization": f"Bearer {self._token}"}
        async with http.get(f"{base}/downtown/queues", headers=headers) as answer:
            queues = [queue["id"] for queue in await answer.json() if queue["name"] == "Video advice"]
        while True:
            self._number += 1
            body = {"ticketId": f"Q-{self._number}", "integrationData": {"visit": self._number}}
            await http.post(f"{base}/downtown/queues/{queues[0]}", headers=headers, json=body)
            await self._pause(15 * self._calm, 40 * self._calm)

    async def _agent(self, http: aiohttp.ClientSession, name: str, poc: str | None) -> None:
        login = {"account": "demo", "email": f"{name}@demo.example", "password": self._password}
        async with http.post("/desk/api/session", json=login) as answer:
            headers = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        await self._do(http, headers, "put", "presence", {"state": "idle", **({"poc": poc} if poc else {})})
        while True:
            async with http.get("/desk/api/state", headers=headers) as answer:
                if answer.status == 401:
                    return
                state = await answer.json()
            await self._work(http, headers, state)

    async def _work(self, http: aiohttp.ClientSession, headers: dict[str, str], state: dict[str, Any]) -> None:
        about = {"ticket": state["ticket"]["id"]} if state["ticket"] else {}
        if state["offer"]:
            await self._pause(1, 5)
            answered = "answer" if self._chance.random() < 0.93 else "decline"
            await self._do(http, headers, "post", f"offers/{state['offer']['id']}/{answered}")
        elif state["ticket"] and state["ticket"]["state"] == "called":
            await self._pause(3, 8)
            came = self._chance.random() < 0.94
            await self._do(http, headers, "post", "ticket/serve" if came else "ticket/no-show", about)
        elif state["ticket"]:
            await self._pause(8, 30)
            await self._do(http, headers, "post", "ticket/finish", about)
        elif state["session"]["state"] == "idle" and state["session"]["poc"]:
            await self._do(http, headers, "post", "next")
            await self._pause(1, 3)
        elif state["session"]["state"] in ("away", "missed", "offline"):
            await self._pause(2, 6)
            await self._do(http, headers, "put", "presence", {"state": "idle"})
        else:
            await self._pause(0.5, 1.5)

    async def _do(
        self, http: aiohttp.ClientSession, headers: dict[str, str], method: str, path: str, body: Any = None
    ) -> None:
        async with http.request(method, f"/desk/api/{path}", headers=headers, json=body or {}) as answer:
            await answer.read()
