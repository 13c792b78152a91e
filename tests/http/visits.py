"""What tests of screens and visitors' devices do: serve their faces, let people come and agents call them, listen."""

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from aiohttp import web
from aiohttp.test_utils import TestClient
from websockets.asyncio.client import ClientConnection, connect

import kiosk.face
import screens.face
from qms.domain.ticket import Ticket
from qms.services import serving
from qms.services.admission import TakeTicket
from qms.services.intake import take_tickets
from qms.store.schema.network import account as accounts
from qms.store.tx import Tx
from qms.web.keys import STORE
from qms.web.pages import setup_pages
from qms.web.problems import problems
from tests.http.seed import Seeded, sign_in

PATIENCE_SECONDS = 30
"""So long is waited for what is due at once: the machine may have much else to do."""


def faces(app: web.Application) -> None:
    """Screens and kiosks in an application, as the server would hang them there."""
    app.middlewares.append(problems)
    setup_pages(app, "screens", "kiosk")
    screens.face.routes(app)
    kiosk.face.routes(app)


@dataclass(frozen=True, slots=True)
class Branch:
    """People and agents of the seeded account, acting through the application's own store."""

    client: TestClient[Any, Any]
    seeded: Seeded

    @property
    def store(self) -> Any:
        """The application's store: what it writes is told on the application's bus."""
        return self.client.app[STORE]

    async def arrive(self, queue: str = "caja", branch: str | None = "main", **more: Any) -> Ticket:
        """Somebody takes a number."""
        here = self.seeded.branches[branch] if branch is not None else None
        item = TakeTicket(
            account=self.seeded.account, branch=here, queue=self.seeded.queues[queue], source="kiosk", **more
        )
        ticket: Ticket = await self.store.take(take_tickets, item, domain=self.seeded.domain)
        return ticket

    async def work(self, agent: str = "ana", poc: str = "c1", **more: Any) -> None:
        """An agent signs in at a counter."""
        await self.store.write(sign_in, domain=self.seeded.domain, seeded=self.seeded, agent=agent, poc=poc, **more)

    async def do(self, service: Any, agent: str = "ana", **more: Any) -> Any:
        """An agent does something."""
        who = self.seeded.agents[agent]
        return await self.store.write(
            service, domain=self.seeded.domain, account=self.seeded.account, agent=who, **more
        )

    async def call_next(self, agent: str = "ana") -> Ticket:
        """An agent calls the next."""
        ticket: Ticket = await self.do(serving.next_ticket, agent)
        return ticket

    def address(self, path: str) -> str:
        """The address of a socket."""
        return str(self.client.make_url(path)).replace("http://", "ws://", 1)


def change(tx: Tx, *, table: sa.Table, **values: Any) -> None:
    """Change every row of a table of the network, and say so by the account's version."""
    tx.execute(table.update().values(values))
    tx.execute(accounts.update().values(version=accounts.c.version + 1))


def give_rooms(tx: Tx) -> None:
    """Let calls be carried by somebody."""
    change(tx, table=accounts, room_url="https://video.example/{room}?name={name}&role={role}")


class Listening:
    """A device that listens, and remembers nothing but the last message."""

    def __init__(self, socket: ClientConnection) -> None:
        self.socket = socket

    async def next(self) -> dict[str, Any]:
        """The next message."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            message: dict[str, Any] = json.loads(await self.socket.recv())
        return message

    async def until(self, wanted: Any) -> dict[str, Any]:
        """The first message that is as wanted."""
        async with asyncio.timeout(PATIENCE_SECONDS):
            while not wanted(message := await self.next()):
                pass
        return message


@asynccontextmanager
async def listening(branch: Branch, path: str, **more: Any) -> AsyncIterator[Listening]:
    """A socket of another implementation than the server's."""
    async with connect(branch.address(path), compression=None, **more) as socket:
        yield Listening(socket)
