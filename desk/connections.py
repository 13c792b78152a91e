"""The desks that are connected to this process, as the database is told of them."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta

import structlog
from aiohttp import web

from desk.bells import said_in
from qms.bus.ending import end
from qms.domain.bell import Said
from qms.domain.errors import Refused
from qms.services import logins, sockets
from qms.services.desk_view import DeskState
from qms.store.aio import AsyncStore
from qms.web.keys import STORE

BEAT_SECONDS = 5.0
"""So often a process says which sockets are open; a session is not offered anything once nobody says so."""

SPACING_SECONDS = 0.5
"""Between two times that what a socket says of its bell is written down."""

log = structlog.get_logger(__name__)


@dataclass(slots=True, eq=False)
class Connection:
    """One open socket of an agent, who came with that token; `session` is the one that the database knows it for."""

    id: str
    agent: str
    token_hash: str
    session: str | None = None
    said: Said | None = None
    said_at: float = 0.0
    writing: asyncio.Task[None] | None = None

    def bell(self, at: float) -> Said | None:
        """What it has said of its bell, as it is at a time of the loop."""
        if self.said is None:
            return None
        return replace(self.said, idle=self.said.idle + timedelta(seconds=at - self.said_at))


class Connections:
    """Tells the database which sockets open and close here, and every few seconds which are still open."""

    def __init__(self, store: AsyncStore) -> None:
        self._store = store
        self._process = secrets.token_hex(12)
        self._open: dict[str, set[Connection]] = {}

    def join(self, agent: str, token_hash: str) -> Connection:
        """A socket of an agent has opened."""
        connection = Connection(id=secrets.token_hex(12), agent=agent, token_hash=token_hash)
        self._open.setdefault(token_hash, set()).add(connection)
        return connection

    async def follow(self, desks: Mapping[str, DeskState]) -> bool:
        """Let every socket stand for its agent's present session; whether the database had to be told of any.

        `desks` are by the hash of the token.
        """
        told = False
        for token_hash, desk in desks.items():
            session = desk.session.id if desk.session is not None else None
            for one in tuple(self._open.get(token_hash, ())):
                if one.session != session:
                    told |= await self._attach(one, desk, session)
        return told

    def ear(self, connection: Connection) -> Callable[[str], None]:
        """What takes the words of a socket about its bell; anything else is not heard."""

        def heard(text: str) -> None:
            said = said_in(text)
            if said is None:
                return
            connection.said, connection.said_at = said, _at()
            if connection.writing is None or connection.writing.done():
                connection.writing = asyncio.create_task(self._write(connection))

        return heard

    async def leave(self, connection: Connection) -> None:
        """The socket has closed; a session without another one has so long until it is lost."""
        if connection.writing is not None:
            await end([connection.writing])
        others = self._open.get(connection.token_hash, set())
        others.discard(connection)
        if not others:
            self._open.pop(connection.token_hash, None)
        if connection.session is not None:
            await self._store.write(sockets.closed, agent=connection.agent, socket=connection.id)

    async def beat(self) -> None:
        """Say which sockets are open. One that the database has forgotten, after an outage, is opened again."""
        attached = {one.id: one for some in self._open.values() for one in some if one.session is not None}
        known = await self._store.write(sockets.seen, process=self._process, ids=sorted(attached))
        for id, one in attached.items():
            if id not in known:
                one.session = None  # the next look at the desk opens it

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

    async def _attach(self, one: Connection, desk: DeskState, session: str | None) -> bool:
        if session is not None:
            opened = {"agent": one.agent, "socket": one.id, "process": self._process, "said": one.bell(_at())}
            await self._store.write(sockets.opened, domain=desk.agent.domain_id, **opened)
        one.session = session
        return session is not None

    async def _write(self, one: Connection) -> None:
        written = None
        try:
            while one.said is not written:
                written = one.said
                await self._store.write(sockets.told, socket=one.id, said=one.bell(_at()))
                await asyncio.sleep(SPACING_SECONDS)
        except Refused as outage:  # whoever is not known to ring leaves it to all
            log.warning("bell_unsaid", error=str(outage))


def _at() -> float:
    return asyncio.get_running_loop().time()


CONNECTIONS: web.AppKey[Connections] = web.AppKey("connections", Connections)


async def connections_run(app: web.Application) -> AsyncIterator[None]:
    """Make `app[CONNECTIONS]` and let it beat while the application runs."""
    app[CONNECTIONS] = Connections(app[STORE])
    task = asyncio.create_task(app[CONNECTIONS].run())
    yield
    await end([task])
