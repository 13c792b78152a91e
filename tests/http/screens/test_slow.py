"""A socket that does not read is told the newest when it reads again, and keeps nobody waiting meanwhile."""

import asyncio
import json
from collections.abc import Mapping, Sequence
from typing import Any

from aiohttp import web
from aiohttp.test_utils import TestServer
from websockets.asyncio.client import connect

from qms.bus.memory import MemoryBus
from qms.web.access import allows
from qms.web.keys import SITE, STOPPING, Site, Stopping
from qms.web.live import Hub, attend, hub
from tests.clock import MONDAY_NOON

LARGE = "x" * 500_000
CHANGES = 60
"""30 MB, several times what the kernel keeps for a socket."""


class Show:
    """Something that changes as often as a test likes, large enough to fill any buffer."""

    def __init__(self) -> None:
        self.at = 0
        self.bus = MemoryBus()
        self.hub = Hub(self._load, self.bus, lambda: MONDAY_NOON, spacing_seconds=0)

    async def _load(self, names: Sequence[str]) -> Mapping[str, tuple[int, Mapping[str, Any]]]:
        return {name: (self.at, {"large": LARGE, "at": self.at}) for name in names}

    def change(self) -> None:
        self.at += 1
        self.bus.publish(["branch"])

    def application(self) -> web.Application:
        app = web.Application()
        app[STOPPING], app[SITE] = Stopping(), Site(public_url="http://turnero.example", version="test")
        app.router.add_get("/", allows("screen.show")(self._watch))
        return app

    async def _watch(self, request: web.Request) -> web.WebSocketResponse:
        return await attend(request, self.hub, topic="branch", name="show")


async def test_a_slow_socket_gets_the_newest_and_never_a_queue(monkeypatch):
    monkeypatch.setattr(hub, "TICK_SECONDS", 60)
    show = Show()
    async with TestServer(show.application()) as server:
        address = str(server.make_url("/")).replace("http", "ws", 1)
        async with (
            connect(address, compression=None, max_queue=1) as slow,
            connect(address, compression=None) as quick,
        ):
            for _ in range(CHANGES):
                show.change()
                while json.loads(await quick.recv())["at"] < show.at:
                    pass

            async with asyncio.timeout(30):
                heard = [json.loads(await slow.recv())["at"]]
                while heard[-1] < CHANGES:
                    heard.append(json.loads(await slow.recv())["at"])
        await show.hub.close()

    assert heard == sorted(set(heard))
    assert len(heard) < CHANGES / 2  # the rest was never kept for it


async def test_whoever_comes_is_told_what_was_read_after_it_came(monkeypatch):
    monkeypatch.setattr(hub, "TICK_SECONDS", 60)
    show = Show()
    async with TestServer(show.application()) as server:
        address = str(server.make_url("/")).replace("http", "ws", 1)
        async with connect(address, compression=None) as early:
            await early.recv()
            show.at += 1  # its wake-up is on its way still; a page that is rendered now knows of the change

            async with asyncio.timeout(30), connect(address, compression=None) as late:
                first = json.loads(await late.recv())["at"]
        await show.hub.close()

    assert first == 1
