"""Webhooks: deliveries a second from the outbox to a receiver, beside the same posts sent by hand.

`python -m tests.bench.webhooks PORT POSTS` is that hand: it prints `{"per_second"}`.
"""

import asyncio
import json
import sys
import time
from collections.abc import Callable, Sequence
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
"""So long are tickets taken, one delivery for each; then they are let through."""

QUIET_SECONDS = 3.0
"""After so long no more are expected."""

BODY = json.dumps({"type": "ticket.created", "data": {"id": "0" * 24, "number": "A042", "queue": "line"}}).encode()


class Door:
    """Behind it posts wait for their answers until it is opened; from then on it counts them, and the time."""

    def __init__(self) -> None:
        self.posts, self._opened, self._last = 0, 0.0, 0.0
        self._waiting: list[Callable[[], None]] | None = []

    def knock(self, answer: Callable[[], None]) -> None:
        """A post has come."""
        if self._waiting is None:
            self.posts, self._last = self.posts + 1, time.perf_counter()
            answer()
        else:
            self._waiting.append(answer)

    def open(self) -> None:
        """Answer everybody from now on."""
        waiting, self._waiting = self._waiting or [], None
        self._opened = self._last = time.perf_counter()
        for answer in waiting:
            self.knock(answer)

    @property
    def quiet_seconds(self) -> float:
        """How long nobody has come."""
        return time.perf_counter() - self._last

    @property
    def per_second(self) -> float:
        """The rate at which they came, up to the last."""
        return self.posts / max(self._last - self._opened, 1e-9)


class Receiver(asyncio.Protocol):
    """Answers 204 to every post that is let in at the door that stands there just now."""

    def __init__(self, doors: Sequence[Door]) -> None:
        self._doors, self._buffer = doors, b""

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
            self._doors[-1].knock(lambda: self._transport.write(b"HTTP/1.1 204 No Content\r\n\r\n"))


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
        f"{sent.posts:,} deliveries had piled up behind a receiver that did not answer. Once it does, they are signed,",
        f"sent and noted: {sent.per_second:,.0f} a second, {AT_ONCE} at a time. A client that does",
        f"nothing but post the like to the same receiver: {posted:,.0f} a second ({share:.2f}).",
    ]


async def _both(port: int, server: stage.Server) -> tuple[Door, float]:
    sent, posted = Door(), Door()
    doors = [sent]
    receiver = await asyncio.get_running_loop().create_server(lambda: Receiver(doors), "127.0.0.1", port)
    await asyncio.to_thread(stage.load, server, 16, SECONDS)
    sent.open()
    while sent.quiet_seconds < QUIET_SECONDS:  # noqa: ASYNC110 - it is silence that is waited for
        await asyncio.sleep(0.2)
    doors.append(posted)
    posted.open()
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
