"""The clinic, whose visitors have addresses, and a worker that sends to a mail server of the test's own."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any

import pytest

from acd.delivery import Guard
from acd.notification.courier import Courier
from acd.notification.mailbox import SmtpServer
from acd.notification.worker import MessageWorker
from kiosk.messages.links import Linker
from kiosk.messages.wording import Wordings
from qms.bus.ending import end
from qms.bus.memory import MemoryBus
from qms.domain.message import Message
from qms.services.notification import outbox
from qms.store.aio import AsyncStore
from qms.store.store import Store
from tests.db.booking.clinic import CLINIC, Clinic
from tests.post import Post

PUBLIC_URL = "https://desk.example"
SECRET = b"a secret that is long enough for a key"
MAILBOXES = CLINIC.replace('firstname = "Ana"', 'firstname = "Ana"\nlastname = "Rojas"\nemail = "ana@clinic.example"')

Sending = Callable[..., AbstractAsyncContextManager[MessageWorker]]


@pytest.fixture
def clinic(store: Store) -> Clinic:
    """The clinic on Monday at noon, with nobody booked; Ana has a mailbox."""
    return Clinic(store, MAILBOXES)


@pytest.fixture
async def post() -> AsyncIterator[Post]:
    """A mail server."""
    async with Post() as post:
        yield post


@pytest.fixture
def sending(open_store: Any, tmp_path: Path) -> Sending:
    """`async with sending(url)`: a worker in a process of its own sends meanwhile."""

    @asynccontextmanager
    async def sending(url: str | None, **how: Any) -> AsyncIterator[MessageWorker]:
        worker = worker_on(open_store(), url, tmp_path, **how)
        task = asyncio.create_task(worker.run())
        try:
            yield worker
        finally:
            await end([task])

    return sending


def worker_on(store: Store, url: str | None, folder: Path, **how: Any) -> MessageWorker:
    """A worker on a store."""
    courier = Courier(
        Wordings(Linker(public_url=PUBLIC_URL, secret=SECRET, bases={})),
        how.pop("guard", Guard()),
        server=SmtpServer.parse(url) if url else None,
        public_url=PUBLIC_URL,
        sender="no-reply@desk.example",
        version="1",
        wall=store.clock.machine,
        **how,
    )
    return MessageWorker(AsyncStore(store, MemoryBus()), MemoryBus(), courier, folder=folder)


@pytest.fixture
def messages(clinic: Clinic) -> Callable[..., list[Message]]:
    """The messages of the clinic, in the order of kinds and recipients."""

    def messages(**chosen: Any) -> list[Message]:
        found = clinic.store.read(outbox.list_messages, account_id=clinic.account, **chosen)
        return sorted(found, key=lambda one: (one.kind, one.occasion, one.recipient))

    return messages


@pytest.fixture
def until(messages: Callable[..., list[Message]]) -> Callable[..., Any]:
    """`await until(lambda rows: …)`: the messages, once they are so."""

    async def until(so: Callable[[list[Message]], bool], seconds: float = 20) -> list[Message]:
        async with asyncio.timeout(seconds):
            while not so(rows := await asyncio.to_thread(messages)):  # noqa: ASYNC110 - another process writes them
                await asyncio.sleep(0.02)
        return rows

    return until
