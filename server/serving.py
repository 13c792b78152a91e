"""`turnero serve`."""

import asyncio
import os
import signal
import time
from collections.abc import Callable

import structlog
from aiohttp import web

from qms.bus.ending import end
from qms.domain.errors import Unavailable
from qms.services import setting_up
from qms.web.keys import SECRET, STOPPING, STORE
from server import interpreter, logs
from server.failing import NotAnswering
from server.loops import loop_factory
from server.notifying import notify, watched
from server.opened import Opened, open_installation
from server.patience import DOORKEEPER, HEAD_SECONDS
from server.reception import Runner
from server.settings import Settings
from server.wiring import EVENT_NAMES, application

log = structlog.get_logger(__name__)

BACKLOG = 2048
DATABASE_SECONDS = 60.0
"""How long a database may take to start."""

LAST_REQUESTS_SECONDS = 6.0
"""How long requests under way may take once the server is told to stop."""


def serve() -> None:
    """Serve the roles of TURNERO_ROLES (all of them by default) until told to stop."""
    settings = Settings.read(os.environ)
    logs.configure(settings.log_level)
    interpreter.take_short_turns()
    opened = _opened(settings)
    try:
        run(opened)
    finally:
        opened.store.close()


def _opened(settings: Settings) -> Opened:
    """The installation; a database that is only starting is waited for, so that the order of starting does not matter.

    Raises:
        Unavailable: it cannot be opened, or nobody has answered for a minute.
    """
    until = time.monotonic() + DATABASE_SECONDS
    while True:
        try:
            return open_installation(settings, event_names=EVENT_NAMES)
        except NotAnswering as outage:
            if time.monotonic() > until:
                raise
            log.warning("waiting_for_database", error=str(outage))
            time.sleep(1.0)


def run(opened: Opened, *, ready: Callable[[web.Application, str], None] | None = None) -> None:
    """Serve on an event loop of its own until SIGTERM or SIGINT; `ready` is told the address once it listens."""
    with asyncio.Runner(loop_factory=loop_factory()) as runner:
        runner.run(_serve(opened, ready))


async def _serve(opened: Opened, ready: Callable[[web.Application, str], None] | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    app = application(opened)
    runner = await _runner(app)
    site = web.TCPSite(runner, opened.settings.host, opened.settings.port, backlog=BACKLOG)
    try:
        await _listen(site, opened.settings)
        interpreter.spare_what_stays()
        address = _address(runner, opened.settings)
        print(f"listening on {address}", flush=True)
        await tell_newcomers(app, opened.settings, address)
        if ready is not None:
            ready(app, address)
        notify("READY=1")
        watching = [
            asyncio.create_task(work) for work in (watched(), _doors_kept(app, runner), interpreter.look_for_garbage())
        ]
        await stop.wait()
        notify("STOPPING=1")
        await end(watching)
        app[STOPPING].begin()
    finally:
        await runner.cleanup()


async def tell_newcomers(app: web.Application, settings: Settings, address: str) -> None:
    """Tell whoever starts an empty installation how to set it up: where people reach it, else where it listens."""
    if "desk" in settings.role_set and await app[STORE].read(setting_up.is_bare):
        password = setting_up.password_of(app[SECRET])
        where = (settings.public_url or address).rstrip("/")
        print(f"nothing is set up yet: open {where}/setup with the one-time password {password}", flush=True)


async def _runner(app: web.Application) -> web.AppRunner:
    runner = Runner(
        app,
        access_log=None,
        shutdown_timeout=LAST_REQUESTS_SECONDS,
        auto_decompress=False,
        keepalive_timeout=HEAD_SECONDS,
    )
    await runner.setup()
    return runner


async def _doors_kept(app: web.Application, runner: web.AppRunner) -> None:
    if runner.server is not None:
        await app[DOORKEEPER].watch(runner.server)


async def _listen(site: web.TCPSite, settings: Settings) -> None:
    try:
        await site.start()
    except OSError as error:
        reason = os.strerror(error.errno) if error.errno and error.errno > 0 else error.strerror or str(error)
        raise Unavailable(f"cannot listen on {settings.host}:{settings.port}: {reason}") from None


def _address(runner: web.AppRunner, settings: Settings) -> str:
    port = runner.addresses[0][1] if runner.addresses else settings.port
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{port}"
