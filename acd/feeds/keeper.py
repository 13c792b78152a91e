"""The keeper of agents' calendars: looks at each every few minutes, and puts down when they are busy."""

import asyncio
import hashlib

import structlog

from acd.feeds.fetcher import Fetched, Fetcher, NotFetched
from acd.feeds.reader import Unreadable, read
from acd.rounds import rounds, tick
from qms.bus.ending import end
from qms.domain.errors import Refused
from qms.domain.feed import Errand
from qms.services import feeds
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

TICK_SECONDS = 5.0
"""What is due is looked for this often, in business seconds where they run faster, but no oftener than …"""

FASTEST_TICK_SECONDS = 0.25
MOST_AT_ONCE = 8
READ_AT_ONCE = 2
"""Reading a calendar keeps a processor busy; offers and deliveries shall not notice."""


class FeedKeeper:
    """Keeps calendars. Any number of keepers may run: whoever claims a feed looks at it."""

    def __init__(self, store: AsyncStore, fetcher: Fetcher, *, rate: float = 1.0) -> None:
        self._store = store
        self._fetcher = fetcher
        self._tick = tick(TICK_SECONDS, FASTEST_TICK_SECONDS, rate)
        self._readers = asyncio.Semaphore(READ_AT_ONCE)
        self._under_way: dict[str, asyncio.Task[None]] = {}

    async def run(self) -> None:
        """Work until cancelled; outages are outlived."""
        try:
            await rounds(self.look, self._tick, waits="calendars_wait")
        finally:
            await end(self._under_way.values())
            await self._fetcher.close()

    async def look(self) -> None:
        """Begin with the feeds that are due."""
        if await self._store.read(feeds.unsettled):
            await self._store.write(feeds.settle)
        room = MOST_AT_ONCE - len(self._under_way)
        if room <= 0 or not await self._store.read(feeds.due):
            return
        for errand in await self._store.write(feeds.claim, most=room):
            if errand.feed.id not in self._under_way:
                self._under_way[errand.feed.id] = asyncio.create_task(self._run(errand))

    @property
    def under_way(self) -> tuple[asyncio.Task[None], ...]:
        """The feeds that are being looked at."""
        return tuple(self._under_way.values())

    async def settled(self) -> None:
        """Wait until nothing is under way."""
        while self._under_way:
            await asyncio.gather(*self.under_way, return_exceptions=True)

    async def _run(self, errand: Errand) -> None:
        try:
            await self._update(errand)
        except (NotFetched, Unreadable) as failure:
            await self._failed(errand, str(failure))
        except Refused as outage:
            log.warning("calendar_waits", feed=errand.feed.id, error=str(outage))
        except Exception:
            log.exception("bug", feed=errand.feed.id)
        finally:
            self._under_way.pop(errand.feed.id, None)

    async def _update(self, errand: Errand) -> None:
        feed = errand.feed
        known = {"etag": feed.etag, "modified": feed.modified} if feed.unrolled else {}
        fetched = await self._fetcher.fetch(feed.url, **known)
        digest = None if fetched.calendar is None else _digest(fetched.calendar)
        if errand.suffices(digest):
            await self._store.write(feeds.unchanged, errand=errand)
        elif fetched.calendar is None:
            await self._read_again(errand)
            await self._store.write(feeds.unchanged, errand=errand)
        else:
            await self._read(errand, fetched.calendar)
            await self._keep(errand, fetched, fetched.calendar)

    async def _read(self, errand: Errand, calendar: bytes) -> None:
        async with self._readers:
            busy = await read(calendar, errand.zone, errand.first, errand.last)
        made = {"errand": errand, "busy": busy, "digest": _digest(calendar)}
        await self._store.write(feeds.unrolled, domain=errand.domain, **made)
        log.info("calendar_read", agent=errand.feed.agent_id, feed=errand.feed.id, times=len(busy))

    async def _keep(self, errand: Errand, fetched: Fetched, calendar: bytes) -> None:
        copy = await asyncio.to_thread(feeds.packed, calendar)
        said = {"etag": fetched.etag, "modified": fetched.modified}
        await self._store.write(feeds.fetched, errand=errand, copy=copy, **said)

    async def _read_again(self, errand: Errand) -> None:
        """Make busy times from the last good copy: for days that have come into view, or in another zone."""
        copy = await self._store.read(feeds.copy_of, id=errand.feed.id)
        if copy is not None:
            await self._read(errand, copy)

    async def _failed(self, errand: Errand, error: str) -> None:
        feed = errand.feed
        log.warning("calendar_failed", agent=feed.agent_id, feed=feed.id, error=error, failures=feed.failures + 1)
        await self._store.write(feeds.failed, errand=errand, error=error)
        if feed.unrolled is not None and not errand.suffices():
            try:
                await self._read_again(errand)
            except Unreadable:
                log.warning("calendar_copy_unreadable", feed=feed.id)


def _digest(calendar: bytes) -> str:
    return hashlib.sha256(calendar).hexdigest()[:40]
