"""A seat: one open socket in the audience of something."""

import asyncio
from typing import Protocol

from aiohttp import web
from prometheus_client import Gauge

BEHIND = Gauge("qms_ws_send_queue", "Open sockets for which a message waits until they can take it.")


class Writer(Protocol):
    """What `WebSocketResponse.prepare` returns: it knows when the transport has room again."""

    async def drain(self) -> None:
        """Return when what was written has left."""


class Seat:
    """Tells one socket the newest frame; while it is slow, only the newest is kept for it.

    A socket is slow while any byte of ours waits for the kernel to take it.
    """

    __slots__ = (  # thousands are gone through in turn: what is asked of each lies in one piece
        "_catching_up",
        "_closing",
        "_kept",
        "_protocol",
        "_socket",
        "_transport",
        "_unsent",
        "_write",
        "_writer",
    )

    def __init__(self, request: web.Request, socket: web.WebSocketResponse, writer: Writer) -> None:
        self._protocol = request.protocol
        self._transport = request.transport
        self._socket = socket
        self._writer = writer
        if self._transport is not None:
            self._write, self._unsent = self._transport.write, self._transport.get_write_buffer_size
        self._kept: bytes | None = None
        self._catching_up: asyncio.Task[None] | None = None
        self._closing: asyncio.Task[bool] | None = None
        if self._transport is not None:
            self._transport.set_write_buffer_limits(0)

    def tell(self, frame: bytes) -> None:
        """Write a frame now, or as soon as what was written before has left, unless a newer one comes first."""
        if self._catching_up is not None:
            self._kept = frame
        elif not self._socket.closed and self._transport is not None:
            try:
                self._write(frame)
            except RuntimeError:
                return  # it has just been lost: its handler notices
            if self._unsent():
                self._catching_up = asyncio.create_task(self._catch_up())

    def end(self, code: int, reason: str = "") -> None:
        """Close the socket; its handler ends by itself."""
        if self._closing is None and not self._socket.closed:
            close = self._socket.close(code=code, message=reason.encode(), drain=False)
            self._closing = asyncio.create_task(close)

    async def leave(self) -> None:
        """Wait for a close that was begun, and let go of a transport that nobody reads from."""
        if self._catching_up is not None:
            self._catching_up.cancel()
        if self._closing is not None:
            await asyncio.gather(self._closing, return_exceptions=True)
        if self._transport is not None and self._protocol.writing_paused:
            self._transport.abort()

    async def _catch_up(self) -> None:
        BEHIND.inc()
        try:
            await self._writer.drain()
            while self._kept is not None and not self._socket.closed:
                frame, self._kept = self._kept, None
                self._write(frame)
                await self._writer.drain()
        except (ConnectionError, RuntimeError):
            return  # it is gone: its handler notices
        finally:
            BEHIND.dec()
            self._catching_up = None
