"""The printers that this process prints on: one thing at a time on each, and how they are is written down."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from typing import TYPE_CHECKING, TypeVar

import structlog
from aiohttp import web

from kiosk.printing.address import PrinterAddress
from kiosk.printing.printer import Printer
from qms.bus.ending import end
from qms.domain.errors import NotFound, Unavailable
from qms.services import printers
from qms.services.printers import PrinterState
from qms.web.keys import SITE, STORE

if TYPE_CHECKING:
    from PIL import Image

EVERY_SECONDS = 30.0
R = TypeVar("R")
log = structlog.get_logger()


class Printers:
    """Printers by `account/kiosk`."""

    def __init__(self, addresses: Mapping[str, str]) -> None:
        self._printers = {name: Printer(PrinterAddress.parse(address)) for name, address in addresses.items()}
        self._turns = {name: asyncio.Lock() for name in self._printers}

    def __contains__(self, name: str) -> bool:
        return name in self._printers

    def dots(self, name: str) -> int:
        """How many dots a row of a printer has."""
        return self._printers[name].address.dots

    async def state(self, name: str) -> PrinterState:
        """How a printer is now."""
        return await self._in_turn(name, self._printers[name].state)

    async def print(self, name: str, image: Image.Image) -> tuple[bool, PrinterState]:
        """Print; whether the printer says that it is done, and how it is then."""
        return await self._in_turn(name, lambda: self._printers[name].print(image))

    async def _in_turn(self, name: str, work: Callable[[], R]) -> R:
        async with self._turns[name]:
            return await asyncio.to_thread(work)

    async def watch(self, app: web.Application) -> None:
        """Ask every printer how it is, again and again, and write it down."""
        while True:
            await asyncio.gather(*(self._look(app, name) for name in self._printers))
            await asyncio.sleep(EVERY_SECONDS)

    async def _look(self, app: web.Application, name: str) -> None:
        try:
            await note(app, name, await self.state(name))
        except Exception:  # one printer's trouble is not to stop the look at the others
            log.exception("printer_not_asked", kiosk=name)


PRINTERS: web.AppKey[Printers] = web.AppKey("printers", Printers)


async def note(app: web.Application, name: str, state: PrinterState) -> None:
    """Write down how a printer is."""
    account, _, kiosk = name.partition("/")
    try:
        await app[STORE].write(printers.note, account=account, kiosk=kiosk, state=state)
    except NotFound:
        log.warning("printer_of_no_kiosk", kiosk=name)
    except Unavailable:
        pass  # it is asked again soon


async def printing(app: web.Application) -> AsyncIterator[None]:
    """Look after the printers of this process for as long as it runs."""
    app[PRINTERS] = Printers(app[SITE].printers)
    watching = [asyncio.create_task(app[PRINTERS].watch(app))] if app[SITE].printers else []
    yield
    await end(watching)
