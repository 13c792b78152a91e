"""Those who use an installation while it is treated badly: vendors, visitors, agents, a screen, a webhook's target."""

import asyncio
import contextlib
import itertools
import json
import secrets
import time
from collections.abc import Iterator
from dataclasses import dataclass, field

import aiohttp
import websockets
from aiohttp import web

from tests.e2e.networks import VIDESK, Agent
from tests.faults.history import History
from tests.receiver import Receiver

MOST_WAITING = 3
"""More do not come while so many wait: those in front are no part of a recovery, and would be measured with it."""

VENDOR_SECONDS, VISITOR_SECONDS = 0.4, 0.5
"""So long each takes between two tickets: a screen is told of the last hundred calls, and no more are to come while it
does not know yet that its line leads nowhere."""

AGAIN = (409, 429, 502, 503)
"""Under way still, too fast, nobody there, not now: the same request is sent again, with the same key."""

SILENCE_SECONDS = 8
"""A screen that hears nothing for so long is offline, and comes back: as long as `SILENCE` in live.js."""

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
    _told_at: float = 0.0
    _signed_in: asyncio.Event = field(default_factory=asyncio.Event)

    async def come(self, group: asyncio.TaskGroup, http: aiohttp.ClientSession) -> None:
        """Begin."""
        for n in range(2):
            group.create_task(self._vendor(http, n))
        group.create_task(self._kiosk(http))
        for n in (1, 2, 3):
            group.create_task(self._agent(http, f"a{n}", f"c{n}"))
        group.create_task(self._agent(http, "a4", None))
        group.create_task(self._screen())

    async def _vendor(self, http: aiohttp.ClientSession, who: int) -> None:
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

    async def _agent(self, http: aiohttp.ClientSession, key: str, poc: str | None) -> None:
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
        """A lobby screen, which comes back whenever its socket has gone."""
        address = self.lobby.replace("http", "ws") + "/screens/lobby-screen-secret/socket"
        since = time.monotonic()
        while self.working:
            with contextlib.suppress(*TROUBLE, websockets.WebSocketException):
                async with websockets.connect(address, open_timeout=2, close_timeout=0.2, max_size=None) as socket:
                    await self._told(socket)
                    self.history.dark.append(time.monotonic() - since)
                    await self._look(socket)
            since = max(since, self._told_at)
            await asyncio.sleep(0.1)

    async def _look(self, socket: websockets.ClientConnection) -> None:
        while self.working:
            await self._told(socket)

    async def _told(self, socket: websockets.ClientConnection) -> None:
        async with asyncio.timeout(SILENCE_SECONDS):
            told = json.loads(await socket.recv())
        self._told_at = time.monotonic()
        self.history.answered("screen", self._told_at)
        for call in told["calls"]:
            self.history.shown(call["seq"], call["number"])


class Target(Receiver):
    """A webhook's target that notes which tickets it was told of."""

    def __init__(self, history: History) -> None:
        super().__init__(self._note)
        self._history = history

    async def _note(self, request: web.Request) -> web.Response:
        told = json.loads(await request.read())
        self._history.webhooks[told["data"]["id"]] += 1
        return web.Response(status=204)
