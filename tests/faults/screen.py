"""A lobby screen, which does with its sockets what qms/web/pages/static/line.js does with those of a page."""

import asyncio
import random
from collections.abc import AsyncIterator, Sequence
from contextlib import suppress

import websockets

SILENCE_SECONDS = (2.8, 3.2)
"""Nothing was heard for so long: another socket is tried beside the one that is there."""

DOUBTING_SECONDS = (1.2, 2.0, 3.0, 4.0)
"""How long each may take to speak then."""

PATIENCE_SECONDS = 4.0
"""How long one may take after a server has hung up."""

BACK_OFF_SECONDS = (0.25, 0.5, 1.0, 2.0, 4.0)

Socket = asyncio.Task[None]


class Screen:
    """A line, and another one that is tried where it is silent. Enter with `async with`, and iterate what is told."""

    def __init__(self, address: str) -> None:
        self._address = address
        self._said: asyncio.Queue[tuple[Socket, str | bytes | None]] = asyncio.Queue()
        self._line: Socket | None = None
        self._tried: Socket | None = None
        self._tries = 0
        self._doubted = self._rests = False

    async def __aenter__(self) -> AsyncIterator[str | bytes]:
        return self._heard()

    async def __aexit__(self, *_: object) -> None:
        _leave(self._line)
        _leave(self._tried)

    async def _heard(self) -> AsyncIterator[str | bytes]:
        until = self._dial()
        while True:
            try:
                async with asyncio.timeout_at(until):
                    socket, said = await self._said.get()
            except TimeoutError:
                self._doubted = not self._rests
                until = self._dial()
                continue
            if socket is not self._line and socket is not self._tried:
                continue  # left long ago
            if said is None:
                until = self._ends(socket, until)
            else:
                until = self._speaks(socket)
                yield said

    def _dial(self) -> float:
        _leave(self._tried)
        self._tried = asyncio.create_task(self._listen())
        patience = _step(DOUBTING_SECONDS, self._tries) if self._doubted else PATIENCE_SECONDS
        self._tries += 1
        self._rests = False
        return _in(patience)

    def _speaks(self, socket: Socket) -> float:
        _leave(self._tried if socket is self._line else self._line)
        self._line, self._tried, self._tries, self._doubted = socket, None, 0, False
        return _in(random.uniform(*SILENCE_SECONDS))

    def _ends(self, socket: Socket, until: float) -> float:
        if socket is self._line:
            self._line = None
        else:
            self._tried = None
        self._doubted, self._rests = False, self._tried is None
        return _in(random.random() * _step(BACK_OFF_SECONDS, self._tries)) if self._rests else until

    async def _listen(self) -> None:
        me = asyncio.current_task()
        assert me is not None
        with suppress(OSError, TimeoutError, websockets.WebSocketException):
            async with websockets.connect(self._address, open_timeout=None, close_timeout=0, max_size=None) as socket:
                async for said in socket:
                    self._said.put_nowait((me, said))
        self._said.put_nowait((me, None))


def _leave(socket: Socket | None) -> None:
    if socket is not None:
        socket.cancel()


def _step(steps: Sequence[float], n: int) -> float:
    return steps[min(n, len(steps) - 1)]


def _in(seconds: float) -> float:
    return asyncio.get_running_loop().time() + seconds
