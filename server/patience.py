"""Callers who take their time: how long a connection may go without a whole request, and how many of them one may hold.

aiohttp closes what is idle or halfway through a request's head after `HEAD_SECONDS`; what it leaves open are bodies
that never end, and strangers by the hundred, who hold connections and have never yet sent the head of a request.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable

from aiohttp import web

from qms.services import media

HEAD_SECONDS = 75.0
"""From one answer to the next request's whole head; a proxy in front keeps idle connections for less."""

BODY_SECONDS = 20.0
SLOWEST = 32 * 1024
"""A body may take this long, and a second besides for so many bytes that it is said to have."""

UNSAID_BYTES = 1024 * 1024
"""What a body is taken to have that does not say it."""

MOST_STRANGERS = 100
"""So many connections that have never sent a whole head one address may hold; beyond these the oldest are closed."""

SWEEP_SECONDS = 1.0

NEWCOMER_SWEEPS = 5
"""Whoever has only just come is no stranger: when a server is back, all screens behind one address come at once."""

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


class Doorkeeper:
    """Knows who has ever sent a whole head, and closes strangers of whom there are too many."""

    def __init__(self) -> None:
        self._known: set[object] = set()
        self._sweeps: dict[web.RequestHandler, int] = {}

    def know(self, request: web.Request) -> None:
        """Its connection is no stranger's any more."""
        self._known.add(request.protocol)

    async def watch(self, server: web.Server) -> None:
        """Sweep for ever."""
        while True:
            await asyncio.sleep(SWEEP_SECONDS)
            self.sweep(server)

    def sweep(self, server: web.Server) -> int:
        """Close the oldest strangers of each address that has too many; how many these were."""
        connections = server.connections
        self._known.intersection_update(connections)
        self._sweeps = {one: self._sweeps.get(one, 0) + 1 for one in connections if one not in self._known}
        strangers = [(one, _address(one)) for one, seen in self._sweeps.items() if seen > NEWCOMER_SWEEPS]
        left, closed = Counter(address for _, address in strangers), 0
        for one, address in strangers:
            if left[address] > MOST_STRANGERS:
                one.force_close()
                left[address] -= 1
                closed += 1
        return closed


DOORKEEPER: web.AppKey[Doorkeeper] = web.AppKey("doorkeeper", Doorkeeper)


@web.middleware
def punctual(request: web.Request, handler: Handler) -> Awaitable[web.StreamResponse]:
    """Let a body arrive within its time; one that does not is a 408 to whoever reads it."""
    request.app[DOORKEEPER].know(request)
    return handler(request) if request.content.is_eof() else _in_time(request, handler)


async def _in_time(request: web.Request, handler: Handler) -> web.StreamResponse:
    late = asyncio.get_running_loop().call_later(_seconds_for(request), _give_up, request)
    try:
        response = await handler(request)
    finally:
        late.cancel()
    if request.content.exception() is not None:
        request.content.feed_eof()  # else aiohttp would wait for the rest, and find the exception
        response.force_close()
    return response


def _seconds_for(request: web.Request) -> float:
    said = request.content_length
    size = UNSAID_BYTES if said is None else min(said, media.MOST_BYTES)
    return BODY_SECONDS + size / SLOWEST


def _give_up(request: web.Request) -> None:
    if not request.content.is_eof():
        request.content.set_exception(web.HTTPRequestTimeout())


def _address(connection: web.RequestHandler) -> str:
    peer = connection.peername
    return str(peer[0]) if peer else ""
