"""What screens report over their sockets, written down at most once a second each."""

import asyncio
from collections.abc import Callable, Collection
from typing import Annotated

import msgspec
import structlog
from aiohttp import web

from qms.bus.ending import end
from qms.domain.errors import Unavailable
from qms.domain.network import Screen
from qms.services import screen_reports
from qms.services.screen_reports import Audio
from qms.store.aio import AsyncStore
from qms.web.about import About

SPACING_SECONDS = 1.0

log = structlog.get_logger(__name__)


class Report(msgspec.Struct, frozen=True):
    """`painted`: the `seq` of the newest call on the glass. `audio`: whether it could be heard.

    `device` is what it says of itself besides: how large it is, how far it can be read, since when it runs.
    """

    painted: Annotated[int, msgspec.Meta(ge=0, lt=1 << 53)] | None = None
    audio: Audio | None = None
    device: About | None = None


_decoder = msgspec.json.Decoder(Report)


class Reports:
    """Keeps the newest report of each screen until it may be written."""

    def __init__(self, store: AsyncStore, *, spacing_seconds: float = SPACING_SECONDS) -> None:
        self._store = store
        self._spacing = spacing_seconds
        self._newest: dict[str, tuple[Screen, Collection[str], Report]] = {}
        self._writing: dict[str, asyncio.Task[None]] = {}

    def ear(self, screen: Screen, domains: Collection[str]) -> Callable[[str], None]:
        """What takes the words of one screen of some routing domains; what is no report is not heard."""

        def heard(text: str) -> None:
            try:
                report = _decoder.decode(text)
            except (msgspec.DecodeError, RecursionError):
                return
            self._newest[screen.id] = (screen, domains, report)
            if screen.id not in self._writing:
                self._writing[screen.id] = asyncio.create_task(self._write(screen.id))

        return heard

    async def close(self) -> None:
        """Write nothing more."""
        await end(self._writing.values())

    async def _write(self, id: str) -> None:
        try:
            while (newest := self._newest.pop(id, None)) is not None:
                screen, domains, report = newest
                await self._store.write(
                    screen_reports.note,
                    screen=screen,
                    routing_domains=domains,
                    painted=report.painted,
                    audio=report.audio,
                    about=msgspec.to_builtins(report.device) if report.device is not None else None,
                )
                await asyncio.sleep(self._spacing)
        except Unavailable:
            log.warning("screen_report_lost", screen=id)
        finally:
            self._writing.pop(id, None)


REPORTS: web.AppKey[Reports] = web.AppKey("screen_reports", Reports)
