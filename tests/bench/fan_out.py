"""How fast a hub tells many sockets, beside writing the same frame to the same sockets by hand, in turn.

`python -m tests.bench.fan_out SOCKETS` prints `{"sockets", "hub_ms", "hand_ms"}`: medians from the change until the
kernel has taken the last byte.
"""

import asyncio
import json
import statistics
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, datetime
from typing import Any, cast

import msgspec
from aiohttp import web

from qms.bus.memory import MemoryBus
from qms.web.access import allows
from qms.web.keys import SITE, STOPPING, Site, Stopping
from qms.web.live import Hub, Told, attend, attendance, message
from qms.web.live.frames import text_frame
from server.loops import loop_factory

ROUNDS = 75
AT = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
CALLS = [{"seq": n, "number": f"A{n:03}", "poc": "Counter 1", "queue": "Cash", "say": []} for n in range(12)]
WAITING = [{"number": f"A{n:03}", "queue": "Cash"} for n in range(30)]
"""What a lobby tells: two kilobytes."""


class Show:
    """Something that changes, and whoever watches it."""

    def __init__(self) -> None:
        self._at = 0
        self._bus = MemoryBus()
        self._read = asyncio.Event()
        self._transports: list[asyncio.Transport] = []
        self.hub = Hub(self._load, self._bus, lambda: AT, spacing_seconds=0)

    def application(self) -> web.Application:
        """A server on which one can watch it."""
        app = web.Application()
        app[STOPPING], app[SITE] = Stopping(), Site(public_url="http://turnero.example", version="bench")
        app.router.add_get("/", allows("screen.show")(self._watch))
        return app

    async def there(self, sockets: int) -> None:
        """Wait until so many watch."""
        while len(self.hub.seats()) < sockets:  # noqa: ASYNC110 - a hub tells nobody who comes
            await asyncio.sleep(0.05)
        await asyncio.sleep(1)

    async def by_hub(self) -> float:
        """The milliseconds that a change takes through bus and hub."""
        self._at, began = self._at + 1, time.perf_counter()
        self._read.clear()
        self._bus.publish(["branch:main"])
        await self._read.wait()
        return await self._flushed(began)

    async def by_hand(self) -> float:
        """The milliseconds that a change takes which is written to one transport after the other."""
        self._at, began = self._at + 1, time.perf_counter()
        frame = text_frame(msgspec.json.encode(message(self._state(), AT)))
        for transport in self._transports:
            transport.write(frame)
        return await self._flushed(began)

    async def _flushed(self, began: float) -> float:
        await asyncio.sleep(0)
        while any(transport.get_write_buffer_size() for transport in self._transports):  # noqa: ASYNC110 - nor that
            await asyncio.sleep(0)
        return (time.perf_counter() - began) * 1000

    async def _load(self, names: Sequence[str]) -> Mapping[str, Told]:
        asyncio.get_running_loop().call_soon(self._read.set)  # that is after the hub has told what it gets here
        state = self._state()
        return {name: state for name in names}

    def _state(self) -> Told:
        return self._at, {"at": self._at, "calls": CALLS, "waiting": WAITING}

    async def _watch(self, request: web.Request) -> web.WebSocketResponse:
        self._transports.append(cast(asyncio.Transport, request.transport))
        return await attend(request, self.hub, topic="branch:main", name="lobby")


async def run(sockets: int) -> dict[str, float]:
    """Let them all in, and tell them something again and again."""
    attendance.PING_SECONDS = 600.0  # the crowd does not answer
    show = Show()
    runner = web.AppRunner(show.application(), access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=2048).start()
    command = [sys.executable, "-m", "tests.bench.crowd", str(runner.addresses[0][1]), str(sockets)]
    crowd = await asyncio.create_subprocess_exec(*command)
    try:
        async with asyncio.timeout(60):
            await show.there(sockets)
        ways: Sequence[Callable[[], Any]] = (show.by_hub, show.by_hand)
        took = [[await way() for way in ways] for _ in range(ROUNDS)]
    finally:
        crowd.kill()
        await crowd.wait()
    hub, hand = (statistics.median(column) for column in zip(*took[2:], strict=True))
    return {"sockets": sockets, "hub_ms": hub, "hand_ms": hand}


if __name__ == "__main__":
    with asyncio.Runner(loop_factory=loop_factory()) as loop:
        sys.stdout.write(json.dumps(loop.run(run(int(sys.argv[1])))) + "\n")
        sys.stdout.flush()
        sys.exit(0)
