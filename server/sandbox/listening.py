"""Hearing a sandbox's webhooks, where nobody else listens at their address."""

import asyncio
import hmac
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlsplit

import msgspec
from aiohttp import web

from acd.delivery.signature import signature_headers

PATIENCE_SECONDS = 20.0
OLDEST_SECONDS = 300.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One webhook as it came."""

    body: bytes
    headers: dict[str, str]

    @property
    def value(self) -> Any:
        """What it says."""
        return msgspec.json.decode(self.body)

    def signed_with(self, secret: str) -> bool:
        """Whether the signature is that of its bytes, and its time is now."""
        at = datetime.fromtimestamp(int(self.headers.get("webhook-timestamp", "0")), UTC)
        expected = signature_headers(id=self.headers.get("webhook-id", ""), at=at, body=self.body, secret=secret)
        fresh = abs((datetime.now(UTC) - at).total_seconds()) < OLDEST_SECONDS
        given = self.headers.get("webhook-signature", "").split()
        return fresh and any(hmac.compare_digest(one, expected["webhook-signature"]) for one in given)


class Listening:
    """What has been heard so far."""

    def __init__(self) -> None:
        self._heard: list[Heard] = []
        self._news = asyncio.Event()

    async def hear(self, request: web.Request) -> web.Response:
        """Take a webhook."""
        headers = {name.lower(): value for name, value in request.headers.items()}
        self._heard.append(Heard(body=await request.read(), headers=headers))
        self._news.set()
        return web.Response(status=204)

    async def about(self, ticket: str) -> Heard | None:
        """The webhook about a ticket, once it has come; None where it does not."""
        try:
            async with asyncio.timeout(PATIENCE_SECONDS):
                while True:
                    for heard in self._heard:
                        if heard.value.get("data", {}).get("id") == ticket:
                            return heard
                    self._news.clear()
                    await self._news.wait()
        except TimeoutError:
            return None


@asynccontextmanager
async def listening(url: str) -> AsyncIterator[Listening | None]:
    """Listen at a webhook's address; None where that is not ours to listen at."""
    parts = urlsplit(url)
    ear = Listening()
    app = web.Application()
    app.router.add_post(parts.path or "/", ear.hear)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    try:
        try:
            await web.TCPSite(runner, parts.hostname, parts.port or 80).start()
        except OSError:
            yield None
        else:
            yield ear
    finally:
        await runner.cleanup()
