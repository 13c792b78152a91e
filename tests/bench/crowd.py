"""Many sockets that read whatever they are told: `python -m tests.bench.crowd PORT SOCKETS`, until killed."""

import asyncio
import os
import sys

HELLO = (
    b"GET / HTTP/1.1\r\nHost: bench\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
    b"Sec-WebSocket-Version: 13\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\n\r\n"
)
AT_ONCE = 100


class Reader(asyncio.Protocol):
    """One socket; what it reads is of no interest."""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        transport.write(HELLO)


async def run(port: int, sockets: int) -> None:
    """Connect them, some at a time."""
    loop = asyncio.get_running_loop()
    for start in range(0, sockets, AT_ONCE):
        some = range(start, min(start + AT_ONCE, sockets))
        await asyncio.gather(*(loop.create_connection(Reader, "127.0.0.1", port) for _ in some))
    await asyncio.Event().wait()


if __name__ == "__main__":
    os.sched_setaffinity(0, {max(os.sched_getaffinity(0))})
    asyncio.run(run(int(sys.argv[1]), int(sys.argv[2])))
