"""Watching a desk: each change is told at once as the whole state, and every few seconds it is said again."""

import asyncio

import msgspec
import structlog
from aiohttp import web

from desk.connections import CONNECTIONS, Connection
from desk.replies import state_of
from qms.bus import Listener
from qms.domain.errors import Unavailable
from qms.services import desk_watch
from qms.services.desk_state import DeskState
from qms.services.logins import Login
from qms.web.keys import BUS, STORE

TICK_SECONDS = 1.0
"""Whatever the bus says, the desk is looked at this often."""

HEARTBEAT_SECONDS = 3.5
"""A message at least so often, checked every tick: who hears nothing for 5 s knows that he is alone."""

SPACING_SECONDS = 0.05
"""Between two looks, so that a burst of changes becomes one message."""

SENDING_SECONDS = 10.0
"""Whoever takes longer to take a message is as good as gone."""

log = structlog.get_logger(__name__)


class Watch:
    """One socket's view of a desk."""

    def __init__(self, request: web.Request, ws: web.WebSocketResponse, token_hash: str, login: Login) -> None:
        self._request = request
        self._app = request.app
        self._ws = ws
        self._token_hash = token_hash
        self._listener: Listener | None = None
        self._topics = frozenset({f"agent:{login.agent.id}", f"domain:{login.domain}"})
        self._connection: Connection = self._app[CONNECTIONS].join(login, self.wake)
        self._known: int | None = None
        self._told: DeskState | None = None
        self._told_at = 0.0

    def wake(self) -> None:
        """Look at the desk now."""
        if self._listener is not None:
            self._listener.hear("look")

    async def run(self) -> None:
        """Tell the socket what changes until it is closed.

        Raises:
            NotAuthenticated: the login has ended.
        """
        while not self._ws.closed:
            topics = self._topics
            with self._app[BUS].listen(*topics) as self._listener:
                await self._look(thorough=True)
                while not self._ws.closed and topics == self._topics:
                    await asyncio.sleep(SPACING_SECONDS)
                    heard = await self._listener.wait(TICK_SECONDS)
                    await self._look(thorough=bool(heard))

    async def leave(self) -> None:
        """The socket has closed."""
        try:
            await self._app[CONNECTIONS].leave(self._connection)
        except Unavailable as outage:  # the heartbeats that do not come say the same
            log.warning("desk_left_unsaid", error=str(outage))

    async def _look(self, *, thorough: bool) -> None:
        due = self._clock() - self._told_at >= HEARTBEAT_SECONDS
        try:
            desk = await self._desk(None if thorough or due else self._known)
        except Unavailable as outage:  # nothing is said that may not be so; the page notices the silence
            log.warning("desk_outage", error=str(outage))
            return
        if desk is None or self._ws.closed:
            return
        self._known, self._topics = desk.seq, desk_watch.topics(desk)
        if due or desk != self._told:
            await self._tell(desk)

    async def _desk(self, known: int | None) -> DeskState | None:
        """The desk, once the database knows that this socket is open; None where nothing has happened."""
        while True:
            desk = await self._app[STORE].read(desk_watch.look, token_hash=self._token_hash, known=known)
            if desk is None or self._ws.closed:
                return None
            session = desk.session.id if desk.session is not None else None
            if not await self._app[CONNECTIONS].attach(self._connection, session):
                return desk

    async def _tell(self, desk: DeskState) -> None:
        text = msgspec.json.encode(state_of(self._request, desk)).decode()
        try:
            async with asyncio.timeout(SENDING_SECONDS):
                await self._ws.send_str(text)
        except (TimeoutError, ConnectionError):
            if self._request.transport is not None:
                self._request.transport.abort()
            return
        self._told, self._told_at = desk, self._clock()

    def _clock(self) -> float:
        return asyncio.get_running_loop().time()
