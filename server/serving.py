"""`turnero serve`."""

import asyncio
import os
import signal
from collections.abc import Callable

import typer
from aiohttp import web

from qms.web.keys import STOPPING
from server import logs
from server.opened import Opened, open_installation
from server.settings import Settings
from server.wiring import EVENT_NAMES, application

BACKLOG = 2048
LAST_REQUESTS_SECONDS = 6.0
"""How long requests under way may take once the server is told to stop."""


def serve() -> None:
    """Serve the roles of TURNERO_ROLES (all of them by default) until told to stop."""
    settings = Settings.read(os.environ)
    logs.configure(settings.log_level)
    opened = open_installation(settings, event_names=EVENT_NAMES)
    try:
        run(opened)
    finally:
        opened.store.close()


def run(opened: Opened, *, ready: Callable[[web.Application, str], None] | None = None) -> None:
    """Serve on an event loop of its own until SIGTERM or SIGINT; `ready` is told the address once it listens."""
    with asyncio.Runner(loop_factory=_loop_factory()) as runner:
        runner.run(_serve(opened, ready))


def _loop_factory() -> Callable[[], asyncio.AbstractEventLoop] | None:
    try:
        import uvloop
    except ImportError:
        return None
    factory: Callable[[], asyncio.AbstractEventLoop] = uvloop.new_event_loop
    return factory


async def _serve(opened: Opened, ready: Callable[[web.Application, str], None] | None) -> None:
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(number, stop.set)
    app = application(opened)
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=LAST_REQUESTS_SECONDS, auto_decompress=False)
    await runner.setup()
    site = web.TCPSite(runner, opened.settings.host, opened.settings.port, backlog=BACKLOG)
    try:
        await site.start()
        address = _address(runner, opened.settings)
        typer.echo(f"listening on {address}")
        if ready is not None:
            ready(app, address)
        await stop.wait()
        app[STOPPING].begin()
    finally:
        await runner.cleanup()


def _address(runner: web.AppRunner, settings: Settings) -> str:
    port = runner.addresses[0][1] if runner.addresses else settings.port
    host = f"[{settings.host}]" if ":" in settings.host else settings.host
    return f"http://{host}:{port}"
