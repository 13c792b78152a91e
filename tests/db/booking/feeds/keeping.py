"""Whoever fetches agents' own calendars, and what became of it."""

from contextlib import asynccontextmanager
from ipaddress import ip_network

from acd.delivery.guard import Guard
from acd.feeds.fetcher import Fetcher
from acd.feeds.keeper import FeedKeeper
from qms.bus.memory import MemoryBus
from qms.store.aio import AsyncStore
from qms.store.schema.busy import feed
from tests.db.booking.calendars import at
from tests.db.booking.clinic import CLINIC, every

NINE_TO_TEN = at("0303T090000", "0303T100000")
LOOPBACK = (ip_network("127.0.0.0/8"),)


@asynccontextmanager
async def keeper_of(clinic, *, allow=LOOPBACK):
    fetcher = Fetcher(Guard(allow), user_agent="Turnero/test")
    keeper = FeedKeeper(AsyncStore(clinic.store, MemoryBus()), fetcher)
    try:
        yield keeper
    finally:
        await keeper.settled()
        await fetcher.close()


def of_ana(*urls: str) -> str:
    return CLINIC.replace('key = "ana"\n', f'key = "ana"\ncalendars = {list(urls)}\n'.replace("'", '"'), 1)


async def look(keeper) -> None:
    await keeper.look()
    await keeper.settled()


def state(clinic):
    ana = clinic.network.agents.find("ana").id
    (one,) = (row for row in clinic.store.read(every, of=feed) if row.agent_id == ana)
    return one
