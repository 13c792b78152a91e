"""Those who use an installation while it is treated badly: vendors, visitors, agents, a screen, a webhook's target."""

import asyncio
import contextlib
import itertools
import json
import secrets
import time
from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass, field
from functools import partial

import aiohttp
from aiohttp import web

from tests.e2e.networks import VIDESK, Agent
from tests.faults.history import History
from tests.faults.screen import Screen
from tests.receiver import Receiver

MOST_WAITING = 3
"""More do not come while so many wait: those in front are no part of a recovery, and would be measured with it."""

VENDOR_SECONDS, VISITOR_SECONDS = 0.4, 0.5
"""So long each takes between two tickets: a screen is told of the last hundred calls, and no more are to come while it
does not know yet that its line leads nowhere."""

AGAIN = (409, 429, 502, 503)
"""Under way still, too fast, nobody there, not now: the same request is sent again, with the same key."""

TROUBLE = (aiohttp.ClientError, OSError, TimeoutError, AssertionError, json.JSONDecodeError)
PATIENCE = aiohttp.ClientTimeout(total=3)


@dataclass(kw_only=True)
class People:
    """Everybody, for as long as `opened`. Each goes on after whatever goes wrong; `history` is what they were told."""

    front: str
    lobby: str
    token: str
    history: History
    opened: bool = True
    working: bool = True
    _signed_in: asyncio.Event = field(default_factory=asyncio.Event)

    def come(self, group: asyncio.TaskGroup) -> None:
        """Begin, each at a machine of his own."""
        for n in range(2):
            group.create_task(self._with_lines(partial(self._vendor, n)))
        group.create_task(self._with_lines(self._kiosk))
        for n in (1, 2, 3):
            group.create_task(self._with_lines(partial(self._agent, f"a{n}", f"c{n}")))
        group.create_task(self._with_lines(partial(self._agent, "a4", None)))
        group.create_task(self._screen())

    async def _with_lines(self, works: Callable[[aiohttp.ClientSession], Awaitable[None]]) -> None:
        async with aiohttp.ClientSession(timeout=PATIENCE) as http:
            await works(http)

    async def _vendor(self, who: int, http: aiohttp.ClientSession) -> None:
        """Posts tickets; one that was not answered is posted again with the same key until it is."""
        headers = {"Authorization": f"Bearer {self.token}"}
        await self._signed_in.wait()
        for n in self._visits():
            queue, number = "booth" if n % 5 == 0 else "push", f"V{who}-{n}"
            address = f"{self.front}{VIDESK}/main/queues/{queue}"
            await self._insist(f"vendor {who}", http, address, {"ticketId": number}, headers, number)
            await asyncio.sleep(VENDOR_SECONDS)

    async def _kiosk(self, http: aiohttp.ClientSession) -> None:
        """Visitors who take numbers of ours."""
        for _ in self._visits():
            address = f"{self.front}/kiosk/kiosk-secret/tickets"
            await self._insist("kiosk", http, address, {"queue": "push"}, {}, None)
            await asyncio.sleep(VISITOR_SECONDS)

    def _visits(self) -> Iterator[int]:
        return itertools.takewhile(lambda _: self.opened, itertools.count(1))

    async def _insist(
        self,
        who: str,
        http: aiohttp.ClientSession,
        address: str,
        body: object,
        headers: dict[str, str],
        number: str | None,
    ) -> None:
        while self.opened and self.history.waiting >= MOST_WAITING:  # noqa: ASYNC110 - one of many conditions
            await asyncio.sleep(0.02)
        key, tries, asked_at = secrets.token_hex(8), 0, time.monotonic()
        while self.working:
            tries += 1
            self.history.most_tries = max(tries, self.history.most_tries)
            with contextlib.suppress(*TROUBLE):
                async with http.post(address, json=body, headers={**headers, "Idempotency-Key": key}) as answer:
                    if answer.status == 201:
                        ticket = await answer.json()
                        self.history.acknowledged(key, ticket["id"], number or ticket["number"], asked_at)
                        self.history.answered(who, asked_at)
                        return
                    if answer.status not in AGAIN:
                        self.history.refused.append(f"{answer.status} {await answer.text()}")
            await asyncio.sleep(0.1)

    async def _agent(self, key: str, poc: str | None, http: aiohttp.ClientSession) -> None:
        """Answers what rings and finishes whoever is there; signs in again only if nobody knows him."""
        me = Agent(http, self.front, key)
        while self.working:
            since = time.monotonic()
            with contextlib.suppress(*TROUBLE):
                if not me.token:
                    await me.sign_in(poc)
                    if poc is None:  # a booth takes nobody before somebody serves it
                        self._signed_in.set()
                state = await me.look()
                if state["session"]["state"] in ("offline", "away"):
                    await me.do("presence", {"state": "idle", **({"poc": poc} if poc else {})}, method="PUT")
                if state["offer"] is not None:
                    await me.do(f"offers/{state['offer']['id']}/answer")
                elif (ticket := state["ticket"]) is not None:
                    self.history.served(ticket["id"], key)
                    await me.do("ticket/finish", {"ticket": ticket["id"]})
                self.history.answered(key, since)
            await asyncio.sleep(0.03)

    async def _screen(self) -> None:
        """A lobby screen, which comes back whenever its line has gone."""
        address = self.lobby.replace("http", "ws") + "/screens/lobby-screen-secret/socket"
        told_at = time.monotonic()
        async with Screen(address) as heard:
            async for said in heard:
                now = time.monotonic()
                self.history.dark.append(now - told_at)
                told_at = now
                self.history.answered("screen", now)
                for call in json.loads(said)["calls"]:
                    self.history.shown(call["seq"], call["number"])
                if not self.working:
                    return


class Target(Receiver):
    """A webhook's target that notes which tickets it was told of."""

    def __init__(self, history: History) -> None:
        super().__init__(self._note)
        self._history = history

    async def _note(self, request: web.Request) -> web.Response:
        told = json.loads(await request.read())
        self._history.webhooks[told["data"]["id"]] += 1
        return web.Response(status=204)
