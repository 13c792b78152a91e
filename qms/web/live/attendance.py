"""Attendance: the whole of a handler that lets somebody watch."""

import asyncio
from collections.abc import Callable, Iterable, Sequence

from aiohttp import WSCloseCode, WSMsgType, web

from qms.domain.errors import TooManyAttempts
from qms.web.access import require_topic
from qms.web.keys import STOPPING
from qms.web.live.asked import require_upgrade
from qms.web.live.hub import Hub
from qms.web.live.seat import Seat
from qms.web.origin import require_own_origin
from qms.web.rate_limit import SlidingWindow

LONGEST_MESSAGE = 4096
"""Bytes that a device may say at once; more ends the socket with 1009."""

MOST_A_SECOND = 20
"""Messages that a device may say in a second; more ends the socket with 1008."""

PING_SECONDS = 20.0
"""A socket that does not answer a ping for half as long is taken for dead."""

CLOSING_SECONDS = 2.0
"""How long a device may take to answer a close."""


async def attend(
    request: web.Request,
    hub: Hub,
    *,
    topic: str,
    more: Sequence[str] = (),
    name: str,
    heard: Callable[[str], None] | None = None,
) -> web.WebSocketResponse:
    """Keep a socket told of `name` until it goes, it is gone, or the server stops; `heard` takes what it says.

    `more`: what else than `topic` changes it.

    Raises:
        Forbidden: another site's page is asking, or the route is not for this topic.
        HTTPUpgradeRequired: no WebSocket is asked for. HTTPServiceUnavailable: the server is stopping.
    """
    require_own_origin(request, "open a socket")
    require_upgrade(request)
    for followed in (topic, *more):
        require_topic(request, followed)
    stopping = request.app[STOPPING]
    if stopping.begun:
        raise web.HTTPServiceUnavailable(headers={"Retry-After": "1"})
    socket = web.WebSocketResponse(
        compress=False, max_msg_size=LONGEST_MESSAGE, heartbeat=PING_SECONDS, timeout=CLOSING_SECONDS
    )
    seat = Seat(request, socket, await socket.prepare(request))
    take_back = stopping.subscribe(lambda: seat.end(WSCloseCode.SERVICE_RESTART, "restarting"))
    try:
        with hub.watching(topic, name, seat, more=more):
            await listen(socket, heard)
    finally:
        take_back()
        await seat.leave()
    return socket


async def end_all(hubs: Iterable[Hub]) -> None:
    """Close every socket and stop following; for an application that shuts down."""
    for hub in hubs:
        seats = hub.seats()
        for seat in seats:
            seat.end(WSCloseCode.SERVICE_RESTART, "restarting")
        await asyncio.gather(*(seat.leave() for seat in seats))
        await hub.close()


async def listen(socket: web.WebSocketResponse, heard: Callable[[str], None] | None = None) -> None:
    """Read until the end; reading is also how a close is noticed. Who says too much is not listened to any more."""
    pace, loop = SlidingWindow(MOST_A_SECOND), asyncio.get_running_loop()
    async for said in socket:
        try:
            pace.check("said", loop.time())
        except TooManyAttempts:
            await socket.close(code=WSCloseCode.POLICY_VIOLATION, message=b"too much was said")
            return
        if said.type is WSMsgType.TEXT and heard is not None:
            heard(said.data)
