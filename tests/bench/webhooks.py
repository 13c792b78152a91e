"""Webhooks: deliveries a second from the outbox to a receiver, beside the same posts sent by hand.

`python -m tests.bench.webhooks PORT POSTS` is that hand: it prints `{"per_second"}`.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable
from pathlib import Path

import aiohttp

from tests.bench import stage
from tests.bench.ways import measured
from tests.servers import free_port

AT_ONCE = 16
"""So many under way at a time, here and there."""

WEBHOOK = """
[[webhook]]
key = "all"
url = "http://127.0.0.1:{port}/hook"
events = ["ticket.created"]
dialect = "native"
secret = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw"
max_concurrency = {at_once}
"""
SECONDS = 2.0
"""So long are tickets taken, one delivery for each."""

QUIET_SECONDS = 3.0
"""After so long no more are expected."""

BODY = json.dumps({"type": "ticket.created", "data": {"id": "0" * 24, "number": "A042", "queue": "line"}}).encode()


class Receiver(asyncio.Protocol):
    """Answers 204 to every post, and tells `heard` of it."""

    def __init__(self, heard: Callable[[], None]) -> None:
        self._heard, self._buffer = heard, b""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        while True:
            head, found, rest = self._buffer.partition(b"\r\n\r\n")
            length = int(head.lower().split(b"content-length:")[1].split(b"\r\n")[0]) if found else 0
            if not found or len(rest) < length:
                return
            self._buffer = rest[length:]
            self._heard()
            self._transport.write(b"HTTP/1.1 204 No Content\r\n\r\n")


class Count:
    """How many posts have come, and when the first and the last."""

    def __init__(self) -> None:
        self.posts, self.first, self.last = 0, 0.0, 0.0

    def heard(self) -> None:
        """One more."""
        self.last = time.perf_counter()
        self.first = self.first or self.last
        self.posts += 1

    @property
    def per_second(self) -> float:
        """Their rate."""
        return self.posts / max(self.last - self.first, 1e-9)


def section(folder: Path) -> list[str]:
    """Both, one after the other."""
    port = free_port()
    network = folder / "webhooks.toml"
    network.write_text(stage.NETWORK.read_text("utf-8") + WEBHOOK.format(port=port, at_once=AT_ONCE), "utf-8")
    more = {"TURNERO_WEBHOOK_ALLOW_CIDRS": "127.0.0.0/8"}
    with stage.turnero("webhooks", folder / "k", network=network, more=more) as server:
        sent, posted = asyncio.run(_both(port, server))
    share = sent.per_second / posted
    return [
        "",
        "## Webhooks",
        "",
        f"{sent.posts:,} deliveries of tickets that were taken in {SECONDS:g} s, each written, signed, sent, noted:",
        f"{sent.per_second:,.0f} a second from the first to the last, {AT_ONCE} at a time. A client that does",
        f"nothing but post the like to the same receiver: {posted:,.0f} a second ({share:.2f}).",
    ]


async def _both(port: int, server: stage.Server) -> tuple[Count, float]:
    sent, posted = Count(), Count()
    counts = [sent]
    loop = asyncio.get_running_loop()
    receiver = await loop.create_server(lambda: Receiver(lambda: counts[-1].heard()), "127.0.0.1", port)
    await asyncio.to_thread(stage.load, server, 16, SECONDS)
    while time.perf_counter() - sent.last < QUIET_SECONDS:  # noqa: ASYNC110 - it is silence that is waited for
        await asyncio.sleep(0.2)
    counts.append(posted)
    hand = await asyncio.to_thread(measured, "tests.bench.webhooks", str(port), str(sent.posts))
    receiver.close()
    return sent, hand["per_second"]


async def by_hand(port: int, posts: int) -> dict[str, float]:
    """Post as often as that, so many at a time."""
    left, began = iter(range(posts)), time.perf_counter()
    async with aiohttp.ClientSession() as http:

        async def some() -> None:
            for _ in left:
                async with http.post(f"http://127.0.0.1:{port}/hook", data=BODY):
                    pass

        await asyncio.gather(*(some() for _ in range(AT_ONCE)))
    return {"per_second": posts / (time.perf_counter() - began)}


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(by_hand(int(sys.argv[1]), int(sys.argv[2])))) + "\n")
