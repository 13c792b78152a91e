"""The desks that are connected to this process, as the database is told of them."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass

import structlog
from aiohttp import web

from qms.domain.errors import Refused
from qms.services import logins, sockets
from qms.services.logins import Login
from qms.store.aio import AsyncStore
from qms.web.keys import STORE

BEAT_SECONDS = 5.0
"""So often a process says which sockets are open; a session is not offered anything once nobody says so."""

log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class Connection:
    """One open socket of an agent; `session` is the one to which the database knows it to belong."""

    id: str
    agent: str
    domain: str
    wake: Callable[[], None]
    session: str | None = None


class Connections:
    """Tells the database which sockets open and close here, and every few seconds which are still open."""

    def __init__(self, store: AsyncStore) -> None:
        self._store = store
        self._process = secrets.token_hex(12)
        self._open: set[Connection] = set()

    def join(self, login: Login, wake: Callable[[], None]) -> Connection:
        """A socket has opened; `wake` lets it look at its desk again."""
        connection = Connection(id=secrets.token_hex(12), agent=login.agent.id, domain=login.domain, wake=wake)
        self._open.add(connection)
        return connection

    async def attach(self, connection: Connection, session: str | None) -> bool:
        """Let the socket stand for a session, when there is one; whether the database had to be told."""
        if session == connection.session:
            return False
        if session is not None:
            opened = {"agent": connection.agent, "socket": connection.id, "process": self._process}
            await self._store.write(sockets.opened, domain=connection.domain, **opened)
        connection.session = session
        return session is not None

    async def leave(self, connection: Connection) -> None:
        """The socket has closed; a session without another one has so long until it is lost."""
        self._open.discard(connection)
        if connection.session is not None:
            gone = {"agent": connection.agent, "socket": connection.id}
            await self._store.write(sockets.closed, domain=connection.domain, **gone)

    async def beat(self) -> None:
        """Say which sockets are open. One that the database has forgotten, after an outage, is opened again."""
        attached = {one.id: one for one in self._open if one.session is not None}
        known = await self._store.write(sockets.seen, process=self._process, ids=sorted(attached))
        for one in attached.values():
            if one.id not in known and one in self._open:
                one.session = None
                one.wake()

    async def end_outlived(self) -> None:
        """End the logins whose time is over, and with them sessions that nothing else keeps."""
        for login in await self._store.read(logins.outlived):
            await self._store.write(logins.end, id=login)

    async def run(self) -> None:
        """Beat until cancelled; outages are outlived."""
        while True:
            try:
                await self.beat()
                await self.end_outlived()
            except Refused as outage:
                log.warning("connections_wait", error=str(outage))
            except Exception:
                log.exception("bug", task="connections")
            await asyncio.sleep(BEAT_SECONDS)


CONNECTIONS: web.AppKey[Connections] = web.AppKey("connections", Connections)


async def connections_run(app: web.Application) -> AsyncIterator[None]:
    """Make `app[CONNECTIONS]` and let it beat while the application runs."""
    app[CONNECTIONS] = Connections(app[STORE])
    task = asyncio.create_task(app[CONNECTIONS].run())
    yield
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
