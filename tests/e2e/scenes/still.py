"""The whole server in a thread of this process, on a clock that stands still until it is moved."""

import asyncio
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from unittest.mock import patch

from aiohttp import web

from qms.domain.network_file import read_network
from qms.services.almanac import WORLD
from qms.web.keys import STOPPING
from server.applying import apply_to
from server.clock import SystemClock
from server.opened import Opened, open_installation
from server.settings import Settings
from server.wiring import EVENT_NAMES, application

MORNING = datetime(2026, 3, 2, 8, 30, tzinfo=UTC)
"""A Monday, half past eight in Lisbon."""


class StillClock(SystemClock):
    """Business and machine time alike stand still, but in a sandbox's banner nobody is told of it."""

    def __init__(self) -> None:
        super().__init__()
        self.at = MORNING

    def machine(self) -> datetime:
        """Where it stands."""
        return self.at

    def move(self, **by: float) -> None:
        """Move it on: `move(minutes=5)`."""
        self.at += timedelta(**by)


@contextmanager
def still(folder: Path, network: str) -> Iterator[Opened]:
    """An installation of a network that serves at `settings.public_url` until the block ends."""
    door = socket.create_server(("127.0.0.1", 0))
    port = door.getsockname()[1]
    settings = Settings.of(
        {
            "database_url": f"sqlite:///{folder / 'turnero.db'}",
            "port": port,
            "public_url": f"http://127.0.0.1:{port}",
            "rate_limit": 0,
            "media_folder": str(folder),
        }
    )
    with patch("server.opened.clock_of", lambda *_, **__: StillClock()):
        opened = open_installation(settings, event_names=EVENT_NAMES)
    apply_to(opened.store, read_network(network, "network.toml", WORLD))
    try:
        with _serving(opened, door):
            yield opened
    finally:
        opened.store.close()


@contextmanager
def _serving(opened: Opened, door: socket.socket) -> Iterator[None]:
    loop, stop, up = asyncio.new_event_loop(), asyncio.Event(), threading.Event()

    async def serve() -> None:
        app = application(opened)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=1.0, auto_decompress=False)
        await runner.setup()
        await web.SockSite(runner, door).start()
        up.set()
        await stop.wait()
        app[STOPPING].begin()
        await runner.cleanup()

    thread = threading.Thread(target=loop.run_until_complete, args=(serve(),))
    thread.start()
    try:
        if not up.wait(30):
            raise RuntimeError("the server did not start")
        yield
    finally:
        loop.call_soon_threadsafe(stop.set)
        thread.join()
        loop.close()
