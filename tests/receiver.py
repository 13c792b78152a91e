"""Somebody else's server: takes webhooks, remembers them, and answers as it is told."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Self

from aiohttp import web

Answer = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Received:
    """One request as it arrived."""

    method: str
    path: str
    headers: dict[str, str]
    body: bytes

    @property
    def id(self) -> str:
        """The id that stays the same over all attempts."""
        return self.headers["webhook-id"]

    @property
    def json(self) -> Any:
        """The body as a value."""
        return json.loads(self.body)


class Receiver:
    """An HTTP server on a free port of 127.0.0.1, to be entered with `async with`.

    `answer` is a status for every request, or a handler of one's own; it may be changed at any time.
    """

    def __init__(self, answer: int | Answer = 204) -> None:
        self.answer = answer
        self.received: list[Received] = []
        self.most_at_once = 0
        self._at_once = 0
        self._came = asyncio.Condition()

    async def __aenter__(self) -> Self:
        app = web.Application(client_max_size=2**24)
        app.router.add_route("*", "/{path:.*}", self._take)
        self._runner = web.AppRunner(app, handler_cancellation=True, shutdown_timeout=0.1)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", 0)
        await site.start()
        self.port: int = self._runner.addresses[0][1]
        self.url = f"http://127.0.0.1:{self.port}/hook"
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def wait(self, count: int, seconds: float = 20) -> list[Received]:
        """What has arrived, as soon as it is that many; fails after so many seconds."""
        async with asyncio.timeout(seconds), self._came:
            await self._came.wait_for(lambda: len(self.received) >= count)
        return self.received

    async def _take(self, request: web.Request) -> web.StreamResponse:
        came = Received(
            method=request.method,
            path=request.path,
            headers={name.lower(): value for name, value in request.headers.items()},
            body=await request.read(),
        )
        self._at_once += 1
        self.most_at_once = max(self.most_at_once, self._at_once)
        try:
            async with self._came:
                self.received.append(came)
                self._came.notify_all()
            return web.Response(status=self.answer) if isinstance(self.answer, int) else await self.answer(request)
        finally:
            self._at_once -= 1
