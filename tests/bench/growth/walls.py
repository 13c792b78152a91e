"""Screens on the walls of a country: `python -m tests.bench.growth.walls PORT SCREENS`, until a line comes in.

Then it prints `{"there", "heard", "frames"}`: how many are still connected, how many have been told something, and how
often all of them were.
"""

import asyncio
import json
import sys
from collections.abc import Iterator
from itertools import count, islice

HELLO = (
    "GET /screens/{token}/socket HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    "Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
AT_ONCE = 50
PING, PONG = 0x89, bytes((0x8A, 0x80, 0, 0, 0, 0))
"""How a ping begins, and the answer to an empty one."""


def tokens() -> Iterator[str]:
    """The tokens of a country's screens, branch by branch."""
    return (f"screen-{n}-{m}-of-the-country" for n in count() for m in range(2 + n % 2))


class Wall(asyncio.Protocol):
    """One screen."""

    def __init__(self, token: str) -> None:
        self._hello, self.there, self.frames = HELLO.format(token=token).encode(), False, -1

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport, self.there = transport, True
        transport.write(self._hello)

    def data_received(self, data: bytes) -> None:
        if data[0] == PING:
            self._transport.write(PONG)
        else:
            self.frames += 1

    def connection_lost(self, error: Exception | None) -> None:
        self.there = False


async def run(port: int, screens: int) -> dict[str, int]:
    """Switch them on, some at a time, and leave them on."""
    loop = asyncio.get_running_loop()
    walls = [Wall(token) for token in islice(tokens(), screens)]
    for start in range(0, screens, AT_ONCE):
        some = walls[start : start + AT_ONCE]
        await asyncio.gather(*(loop.create_connection(lambda wall=wall: wall, "127.0.0.1", port) for wall in some))  # type: ignore[misc]
        while any(wall.there and wall.frames < 1 for wall in some):  # noqa: ASYNC110 - each is told something at once
            await asyncio.sleep(0.01)
    sys.stdout.write("on\n")
    sys.stdout.flush()
    for wall in walls:
        wall.frames = 0
    await asyncio.to_thread(sys.stdin.readline)
    return {
        "there": sum(wall.there for wall in walls),
        "heard": sum(wall.frames > 0 for wall in walls),
        "frames": sum(wall.frames for wall in walls),
    }


async def switched_on(port: int, screens: int) -> asyncio.subprocess.Process:
    """A process of their own with so many screens, all of which have been told something."""
    command = [sys.executable, "-m", "tests.bench.growth.walls", str(port), str(screens)]
    pipe = asyncio.subprocess.PIPE
    walls = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert walls.stdout is not None
    await walls.stdout.readline()
    return walls


if __name__ == "__main__":
    sys.stdout.write(json.dumps(asyncio.run(run(int(sys.argv[1]), int(sys.argv[2])))) + "\n")
