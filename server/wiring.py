"""Wiring: the only place that knows which parts run in this process, and on what they stand."""

import asyncio
import socket
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping
from importlib import metadata
from pathlib import Path

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
from qms.bus import Bus
from qms.bus.ending import end
from qms.bus.memory import MemoryBus
from qms.store.aio import AsyncStore
from qms.store.store import EventNames
from qms.web.counting import count_together
from qms.web.key_uses import key_uses_run
from qms.web.keys import BUS, NOW, SECRET, SITE, STOPPING, STORE, Site, Stopping
from qms.web.networks import NETWORKS, NetworkView
from qms.web.openid import PROVIDERS, Providers
from qms.web.pages import setup_pages
from qms.web.perform import IN_FLIGHT
from qms.web.playground import PLAYGROUND
from qms.web.problems import problems
from qms.web.voice import VOICE
from qms_gateway import webhook_native
from qms_gateway.dialects.auvious import webhook as auvious_webhook
from qms_gateway.dialects.videsk import webhook as videsk_webhook
from qms_gateway.dialects.videsk.playground import try_out
from qms_gateway.dialects.voki import webhook as voki_webhook
from screens.voice import espeak
from screens.voice.reader import Reader
from server import faces, operations, sending
from server.archivists import archivist_of
from server.elsewhere import send_elsewhere
from server.keys import SETTINGS, WORKER_BEAT
from server.metrics import happenings
from server.metrics.loop import LAG, LoopLag, lag_is_watched
from server.metrics.requests import carry_id, measured
from server.opened import Opened
from server.patience import DOORKEEPER, Doorkeeper, punctual
from server.secret import secret_of
from server.settings import Settings
from server.tracing import traced, tracer_of

log = structlog.get_logger(__name__)

EVENT_NAMES: EventNames = {
    "videsk": videsk_webhook.NAMES,
    "auvious": auvious_webhook.EVENTS,
    "voki": voki_webhook.EVENTS,
    "native": webhook_native.EVENTS,
}
RENDERERS: Mapping[str, Renderer] = {
    "videsk": videsk_webhook.render,
    "auvious": auvious_webhook.render,
    "voki": voki_webhook.render,
    "native": webhook_native.render,
}

MOST_BODY_BYTES = 1024 * 1024
RESTART_SECONDS = 1.0


def bus_of(settings: Settings) -> Bus:
    """The bus that this installation's processes share: in memory for one, Redis for many."""
    if settings.redis_url is None:
        return MemoryBus()
    from qms.bus.redis import RedisBus  # half a second to load, and most installations have no Redis

    return RedisBus(settings.redis_url)


def application(opened: Opened) -> web.Application:
    """The whole application of this process, with the faces of its roles. To be made on a running event loop."""
    settings, clock = opened.settings, opened.clock
    app = web.Application(client_max_size=MOST_BODY_BYTES, middlewares=[punctual, measured, problems])
    app.on_response_prepare.extend((carry_id, send_elsewhere))
    if (tracer := tracer_of(metadata.version("turnero"))) is not None:
        app.middlewares.insert(0, traced(tracer))
    bus = bus_of(settings)
    store = AsyncStore(opened.store, bus)
    app[STORE], app[BUS], app[STOPPING], app[IN_FLIGHT] = store, bus, Stopping(), set()
    app[SECRET] = secret_of(settings)
    app[NOW] = lambda: clock.business(clock.machine())
    app[SITE] = site_of(opened)
    app[NETWORKS] = NetworkView(store)
    if (program := espeak.find()) is not None:
        app[VOICE] = Reader(program)
    app[SETTINGS], app[LAG], app[DOORKEEPER] = settings, LoopLag(), Doorkeeper()
    opened.store.on_events = happenings.count
    setup_pages(app, *faces.PACKAGES, sandbox=clock.sandbox)
    app[PLAYGROUND] = try_out
    app[PROVIDERS] = Providers(Guard(settings.allowed_networks))
    operations.setup(app)
    faces.setup(app, settings.role_set)
    app.cleanup_ctx.append(_bus_runs)
    if settings.redis_url is not None:
        count_together(app)
    app.cleanup_ctx.append(lag_is_watched)
    app.cleanup_ctx.append(key_uses_run)
    if "acd" in settings.role_set:
        app.cleanup_ctx.append(lambda app: _worker_runs(app, opened))
    return app


def site_of(opened: Opened) -> Site:
    """What the faces know of the installation."""
    settings = opened.settings
    return Site(
        public_url=(settings.public_url or f"http://{settings.host}:{settings.port}").rstrip("/"),
        version=metadata.version("turnero"),
        sandbox=opened.clock.sandbox,
        rate_limit=settings.rate_limit,
        trusted_proxies=settings.proxies,
        media_folder=Path(settings.media_folder) if settings.media_folder else None,
        printers=settings.printers_of_kiosks,
        mails=settings.smtp_server is not None,
    )


def seat_of(settings: Settings) -> str | None:
    """The address that only this process listens at, so that it is known again when it is started anew."""
    return f"{socket.gethostname()} {settings.host}:{settings.port}" if settings.port else None


async def _bus_runs(app: web.Application) -> AsyncIterator[None]:
    await app[BUS].start()
    yield
    await app[BUS].close()


async def _worker_runs(app: web.Application, opened: Opened) -> AsyncIterator[None]:
    distributor = Distributor(app[STORE], app[BUS], rate=opened.clock.rate, seat=seat_of(opened.settings))
    guard = Guard(opened.settings.allowed_networks)
    delivery = DeliveryWorker(
        app[STORE],
        app[BUS],
        RENDERERS,
        guard,
        version=app[SITE].version,
        wall=opened.clock.machine,
        worker=distributor.worker,
    )
    app[WORKER_BEAT] = distributor.silent_seconds
    calendar = CalendarKeeper(app[STORE], rate=opened.clock.rate)
    fetcher = Fetcher(guard, user_agent=f"Turnero/{app[SITE].version}")
    feeds = FeedKeeper(app[STORE], fetcher, rate=opened.clock.rate)
    waitlist = WaitlistKeeper(app[STORE], rate=opened.clock.rate)
    messages = sending.message_worker(app, opened, guard)
    learner = Learner(app[STORE], rate=opened.clock.rate)
    archivist = archivist_of(opened.settings, app[STORE].store)
    forgetter = Forgetter(app[STORE], opened.settings.ages, archivist=archivist, rate=opened.clock.rate)
    workers = (
        distributor.run,
        learner.run,
        forgetter.run,
        delivery.run,
        calendar.run,
        feeds.run,
        waitlist.run,
        messages.run,
        Summoner(app[STORE], rate=opened.clock.rate).run,
        ClockKeeper(app[STORE]).run,
    )
    tasks = [asyncio.create_task(keep_running(work)) for work in workers]
    yield
    await end(tasks)


async def keep_running(work: Callable[[], Awaitable[None]]) -> None:
    """Run a worker for ever: a bug in it is logged, and it begins anew from the rows."""
    while True:
        try:
            await work()
        except Exception:
            log.exception("worker_failed", worker=getattr(work, "__qualname__", str(work)))
        await asyncio.sleep(RESTART_SECONDS)
