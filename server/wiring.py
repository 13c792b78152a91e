"""Wiring: the only place that knows which parts run in this process, and on what they stand."""

from collections.abc import AsyncIterator
from importlib import metadata
from pathlib import Path

import structlog
from aiohttp import web

from acd.delivery import Guard
from qms.bus import Bus
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
from qms.web.ways import remember_ways
from qms_gateway import webhook_native
from qms_gateway.dialects.auvious import webhook as auvious_webhook
from qms_gateway.dialects.videsk import webhook as videsk_webhook
from qms_gateway.dialects.videsk.playground import try_out
from qms_gateway.dialects.voki import webhook as voki_webhook
from screens.voice import espeak
from screens.voice.reader import Reader
from server import faces, operations
from server.elsewhere import send_elsewhere
from server.keys import SETTINGS
from server.metrics import happenings
from server.metrics.loop import LAG, LoopLag, lag_is_watched
from server.metrics.requests import carry_id, measured
from server.opened import Opened
from server.patience import DOORKEEPER, Doorkeeper, punctual
from server.secret import secret_of
from server.settings import Settings
from server.tracing import traced, tracer_of
from server.workers import workers_run

log = structlog.get_logger(__name__)

EVENT_NAMES: EventNames = {
    "videsk": videsk_webhook.NAMES,
    "auvious": auvious_webhook.EVENTS,
    "voki": voki_webhook.EVENTS,
    "native": webhook_native.EVENTS,
}

MOST_BODY_BYTES = 1024 * 1024


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
    remember_ways(app.router)
    app.on_response_prepare.append(_finish)
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
        app.cleanup_ctx.append(lambda app: workers_run(app, opened))
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


async def _finish(request: web.Request, response: web.StreamResponse) -> None:
    carry_id(request, response)
    send_elsewhere(request, response)


async def _bus_runs(app: web.Application) -> AsyncIterator[None]:
    await app[BUS].start()
    yield
    await app[BUS].close()
