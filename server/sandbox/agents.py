"""The sandbox's agents: they answer whatever rings, talk for a while, and finish."""

import asyncio
from collections.abc import Callable
from typing import Any

import aiohttp
import structlog

log = structlog.get_logger(__name__)

PASSWORD = "turnero-sandbox"  # noqa: S105 - the sandbox's own people
NAMES = ("ann", "bob")
LOOK_SECONDS = 0.1
AGAIN_SECONDS = 1.0

TALK_SECONDS = 120.0
"""How long a conversation takes, in the sandbox's time."""


class Agents:
    """Everybody who works in the sandbox at an address; `rate` is that of its clock.

    `ready` is called once, when all are on duty: before, a ticket would be refused because nobody serves its queue.
    """

    def __init__(self, address: str, rate: float, ready: Callable[[], None]) -> None:
        self._address = address
        self._talk = TALK_SECONDS / rate
        self._expected = set(NAMES)
        self._ready = ready

    async def work(self) -> None:
        """Work until cancelled; whoever meets an error signs in again."""
        timeout = aiohttp.ClientTimeout(total=10)
        async with aiohttp.ClientSession(self._address, timeout=timeout) as http:
            await asyncio.gather(*(self._again(http, name) for name in NAMES))

    async def _again(self, http: aiohttp.ClientSession, name: str) -> None:
        while True:
            try:
                await self._day(http, name)
            except (aiohttp.ClientError, TimeoutError, KeyError) as error:
                log.info("sandbox_agent", who=name, error=repr(error))
            await asyncio.sleep(AGAIN_SECONDS)

    async def _day(self, http: aiohttp.ClientSession, name: str) -> None:
        login = {"account": "sandbox", "email": f"{name}@sandbox.example", "password": PASSWORD}
        async with http.post("/desk/api/session", json=login) as answer:
            staff = {"Authorization": f"Bearer {(await answer.json())['token']}"}
        while True:
            async with http.get("/desk/api/state", headers=staff) as answer:
                if answer.status == 401:
                    return
                state = await answer.json()
            await self._act(http, staff, state)
            if state["session"]["state"] != "offline":
                self._arrived(name)

    def _arrived(self, name: str) -> None:
        if name in self._expected:
            self._expected.remove(name)
            if not self._expected:
                self._ready()

    async def _act(self, http: aiohttp.ClientSession, staff: dict[str, str], state: dict[str, Any]) -> None:
        if state["session"]["state"] in ("offline", "away", "missed"):
            await http.put("/desk/api/presence", headers=staff, json={"state": "idle"})
        elif state["offer"]:
            await http.post(f"/desk/api/offers/{state['offer']['id']}/answer", headers=staff, json={})
        elif state["ticket"]:
            await asyncio.sleep(self._talk)
            await http.post("/desk/api/ticket/finish", headers=staff, json={"ticket": state["ticket"]["id"]})
        else:
            await asyncio.sleep(LOOK_SECONDS)
