"""The workers of a process with the role `acd`: what is done by itself."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator, Mapping

import structlog
from aiohttp import web

from acd.calendar import CalendarKeeper
from acd.clock_keeper import ClockKeeper
from acd.delivery import DeliveryWorker, Guard, Renderer
from acd.distributor import Distributor
from acd.feeds.fetcher import Fetcher
from acd.feeds.keeper import FeedKeeper
from acd.forgetter import Forgetter
from acd.learner import Learner
from acd.summoner import Summoner
from acd.waitlist import WaitlistKeeper
from qms.bus.ending import end
from qms.web.keys import BUS, SITE, STORE
from qms_gateway import webhook_native
from qms_gateway.dialects.auvious import webhook as auvious_webhook
from qms_gateway.dialects.videsk import webhook as videsk_webhook
from qms_gateway.dialects.voki import webhook as voki_webhook
from server import sending
from server.archivists import archivist_of
from server.keys import WORKER_BEAT
from server.opened import Opened
from server.settings import Settings

log = structlog.get_logger(__name__)

Work = Callable[[], Awaitable[None]]

RENDERERS: Mapping[str, Renderer] = {
    "videsk": videsk_webhook.render,
    "auvious": auvious_webhook.render,
    "voki": voki_webhook.render,
    "native": webhook_native.render,
}

RESTART_SECONDS = 1.0

ORDER_SECONDS = 6.0
"""So long they may put things in order once they are told to end: what is on its way has half of it."""


def seat_of(settings: Settings) -> str | None:
    """The address that only this process listens at, so that it is known again when it is started anew."""
    return f"{socket.gethostname()} {settings.host}:{settings.port}" if settings.port else None


async def workers_run(app: web.Application, opened: Opened) -> AsyncIterator[None]:
    """Have them work for as long as the application lives."""
    tasks = [asyncio.create_task(keep_running(work)) for work in _works(app, opened)]
    yield
    await end(tasks, again_seconds=ORDER_SECONDS)


def _works(app: web.Application, opened: Opened) -> Iterator[Work]:
    store, bus, rate = app[STORE], app[BUS], opened.clock.rate
    distributor = Distributor(store, bus, rate=rate, seat=seat_of(opened.settings))
    app[WORKER_BEAT] = distributor.silent_seconds
    yield distributor.run
    yield Learner(store, rate=rate).run
    archivist = archivist_of(opened.settings, store.store)
    yield Forgetter(store, opened.settings.ages, archivist=archivist, rate=rate).run
    guard, version = Guard(opened.settings.allowed_networks), app[SITE].version
    delivery = DeliveryWorker(
        store, bus, RENDERERS, guard, version=version, wall=opened.clock.machine, worker=distributor.worker
    )
    yield delivery.run
    yield CalendarKeeper(store, rate=rate).run
    yield FeedKeeper(store, Fetcher(guard, user_agent=f"Turnero/{version}"), rate=rate).run
    yield WaitlistKeeper(store, rate=rate).run
    yield sending.message_worker(app, opened, guard).run
    yield Summoner(store, rate=rate).run
    yield ClockKeeper(store).run


async def keep_running(work: Work) -> None:
    """Run a worker for ever: a bug in it is logged, and it begins anew from the rows."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("worker_failed", worker=getattr(work, "__qualname__", str(work)))
        await asyncio.sleep(RESTART_SECONDS)
