"""A TCP proxy that can do to its connections what networks do: cut them, slow them down, let them lead nowhere."""

import asyncio
import itertools
import socket
import struct
import threading
from collections.abc import Coroutine, Sequence
from typing import Any, Self, TypeVar

R = TypeVar("R")
Address = tuple[str, int]
HERE = "127.0.0.1"
CHUNK = 65536
CONNECT_SECONDS = 1.0
"""As long as deploy/nginx.conf waits for a process to take a connection."""

KEEPALIVE_SECONDS = 11.0
"""So long after a line has begun to lead nowhere the server has noticed: as the keepalives of docker-compose.yml do."""

ABORT = struct.pack("ii", 1, 0)
"""SO_LINGER of a connection that ends with a reset."""


class Proxy:
    """Listens at `port`, and passes each connection on to the next of its upstreams that takes it; enter with `with`.

    Upstreams are addresses, or ports of this machine. It has a thread of its own, so that nobody who waits for
    something holds it up.
    """

    def __init__(self, *upstreams: int | Address, host: str = HERE) -> None:
        self.upstreams: Sequence[Address] = [(HERE, one) if isinstance(one, int) else one for one in upstreams]
        self.port = 0
        self._host = host
        self._turn = itertools.count()
        self._delay = 0.0
        self._frozen = False
        self._lines: set[_Line] = set()
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name="proxy", daemon=True)

    def __enter__(self) -> Self:
        self._thread.start()
        self._server = self._run(asyncio.start_server(self._serve, self._host, 0))
        self.port = self._server.sockets[0].getsockname()[1]
        return self

    def __exit__(self, *_: object) -> None:
        self._run(self._close())
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join(10)
        self._loop.close()

    def cut(self) -> None:
        """End every connection with a reset."""
        self._loop.call_soon_threadsafe(self._cut)

    def slow(self, seconds: float) -> None:
        """From now on all that is sent arrives later by so much."""
        self._delay = seconds

    def freeze(self) -> None:
        """Every connection, and each that comes, stays open and leads nowhere; those never do again."""
        self._frozen = True
        for line in tuple(self._lines):
            line.dead = True
            self._loop.call_soon_threadsafe(self._loop.call_later, KEEPALIVE_SECONDS, line.forget)

    def heal(self) -> None:
        """Connections that come from now on are good ones, and the others as quick as they were."""
        self._delay, self._frozen = 0.0, False

    @property
    def url(self) -> str:
        """Where it listens, for HTTP."""
        return f"http://{self._host}:{self.port}"

    @property
    def connections(self) -> int:
        """How many there are."""
        return len(self._lines)

    def _run(self, work: Coroutine[Any, Any, R]) -> R:
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(10)

    def _cut(self) -> None:
        for line in tuple(self._lines):
            line.abort()

    async def _close(self) -> None:
        self._server.close()
        self._cut()
        while self._lines:  # noqa: ASYNC110 - they end by themselves
            await asyncio.sleep(0.01)

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        line = _Line(writer)
        line.dead = self._frozen
        self._lines.add(line)
        try:
            if not self._frozen:
                await self._connect(line)
            if line.far is None and not line.dead:
                return
            await asyncio.gather(self._pump(line, reader, line.far), self._pump(line, line.back, writer))
        except OSError:
            return
        finally:
            self._lines.discard(line)
            line.abort()

    async def _connect(self, line: "_Line") -> None:
        first = next(self._turn)
        for n in range(len(self.upstreams)):
            address = self.upstreams[(first + n) % len(self.upstreams)]
            try:
                async with asyncio.timeout(CONNECT_SECONDS):
                    line.back, line.far = await asyncio.open_connection(*address)
                return
            except (OSError, TimeoutError):
                continue

    async def _pump(
        self, line: "_Line", reader: asyncio.StreamReader | None, writer: asyncio.StreamWriter | None
    ) -> None:
        while reader is not None and (chunk := await reader.read(CHUNK)):
            if self._delay:
                await asyncio.sleep(self._delay)
            if line.dead or writer is None:
                continue
            writer.write(chunk)
            await writer.drain()
        if line.dead:
            await line.over.wait()  # whoever is left is not told
        if writer is not None and writer.can_write_eof():
            writer.write_eof()


class _Line:
    """One connection and its continuation."""

    def __init__(self, near: asyncio.StreamWriter) -> None:
        self.near = near
        self.back: asyncio.StreamReader | None = None
        self.far: asyncio.StreamWriter | None = None
        self.dead = False
        self.over = asyncio.Event()

    def abort(self) -> None:
        self.over.set()
        _reset(self.near)
        self.forget()

    def forget(self) -> None:
        """Who is at the far end is told that nobody is there."""
        _reset(self.far)


def _reset(writer: asyncio.StreamWriter | None) -> None:
    if writer is not None and (one := writer.get_extra_info("socket")) is not None:
        if one.fileno() >= 0:
            one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, ABORT)
        writer.transport.abort()
