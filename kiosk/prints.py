"""A kiosk's own printer: a ticket is printed once it has been given out, once unless somebody asks again."""

import asyncio
from collections.abc import Callable, Mapping
from datetime import datetime
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from aiohttp import web

from kiosk.addresses import ticket_url
from kiosk.printing.printers import PRINTERS, note
from kiosk.receipt import Line, Sheet
from kiosk.receipt_page import sheet_of
from qms.domain.errors import NotFound
from qms.domain.network import Branch, Kiosk, Network
from qms.domain.own import Own, own_of
from qms.domain.ticket import Ticket
from qms.services import devices, logos, printers
from qms.web.access import allows
from qms.web.addresses import reachable
from qms.web.answers import json_answer
from qms.web.bodies import read
from qms.web.keys import NOW, STORE
from qms.web.pages import N_, SHIPPED, translations
from qms.web.pages.formats import filters
from qms.web.pages.languages import first_shipped, match

if TYPE_CHECKING:
    from PIL import Image

Writer = Callable[[], tuple[Sheet, str, bytes | None]]
"""What is to be printed, the address that its code leads to, and the logo above."""


class Print(msgspec.Struct, frozen=True):
    """The id of a ticket; `again`: a word of the caller's own for each further time that it is to be printed."""

    ticket: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{24}$")]
    again: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9-]{1,64}$")] | None = None


class Test(msgspec.Struct, frozen=True):
    """Which of the orders to try the printer it is, as `device.orders.test` of the menu counts them."""

    order: Annotated[int, msgspec.Meta(ge=1, lt=1 << 53)]


class Printed(msgspec.Struct, kw_only=True):
    """Whether it was printed, now or before; `printer`: ok, low (little paper), out (no paper), offline."""

    printed: bool
    printer: str


def printer_name(network: Network, kiosk: Kiosk) -> str:
    """How settings call a kiosk."""
    return f"{network.account.slug}/{kiosk.key}"


@allows("kiosk.use")
async def print_ticket(request: web.Request) -> web.Response:
    """Print a ticket of the kiosk's branch. A ticket that was printed is not printed again, unless by a new word."""
    token = request.match_info["token"]
    network, branch, kiosk = await request.app[STORE].read(devices.kiosk, token=token)
    wanted, own = await read(request, Print), own_of(network, branch)
    name = _printer(request, network, kiosk)
    ticket, told = await request.app[STORE].read(printers.ticket_at, token=token, ticket=wanted.ticket)
    url = ticket_url(request, ticket.link)
    logo = await _logo(request, network, branch)
    return await _reply(request, name, ticket.id, wanted.again, lambda: (_ticket_sheet(ticket, told, own), url, logo))


@allows("kiosk.use")
async def print_test(request: web.Request) -> web.Response:
    """Try the kiosk's printer: once for each time that somebody who looks after it has said so."""
    network, branch, kiosk = await request.app[STORE].read(devices.kiosk, token=request.match_info["token"])
    wanted = await read(request, Test)
    name, now = _printer(request, network, kiosk), request.app[NOW]()
    url, logo = reachable(request), await _logo(request, network, branch)
    return await _reply(
        request, name, kiosk.id, str(wanted.order), lambda: (_test_sheet(branch, kiosk, now), url, logo)
    )


async def _logo(request: web.Request, network: Network, branch: Branch) -> bytes | None:
    found = await request.app[STORE].read(logos.logo, network=network, branch=branch)
    return found.content if found is not None else None


def _printer(request: web.Request, network: Network, kiosk: Kiosk) -> str:
    """The name of the kiosk's printer, if this process prints on it."""
    name = printer_name(network, kiosk)
    if name not in request.app[PRINTERS]:
        raise NotFound("printer", kiosk.key)
    return name


async def _reply(request: web.Request, name: str, what: str, again: str | None, write: Writer) -> web.Response:
    done = await _printed(request, name, what, again, write)
    await note(request.app, name, done[1])
    return json_answer(Printed(printed=done[0], printer=done[1])).response()


async def _printed(
    request: web.Request, name: str, what: str, again: str | None, write: Writer
) -> tuple[bool, printers.PrinterState]:
    """A printer that cannot print is asked for nothing: the wish stays good for when it can."""
    mine = request.app[PRINTERS]
    state = await mine.state(name)
    if state not in printers.PRINTING:
        return False, state
    if not await request.app[STORE].write(printers.claim, what=what, again=again):
        return True, state
    image = await asyncio.to_thread(_drawn, write, mine.dots(name))
    return await mine.print(name, image)


def _drawn(write: Writer, dots: int) -> "Image.Image":
    from kiosk.printing.drawing import drawn  # with the extra that prints; nothing else draws

    return drawn(*write(), dots=dots)


def _ticket_sheet(ticket: Ticket, told: Mapping[str, Any], own: Own) -> Sheet:
    return sheet_of(ticket, dict(told), match(ticket.language or "") or SHIPPED[0], own)


def _test_sheet(branch: Branch, kiosk: Kiosk, now: datetime) -> Sheet:
    language = first_shipped(kiosk.languages)
    write, texts = filters(language), translations(language)
    at = f"{write['day'](now, branch.timezone, 'medium')} {write['time'](now, branch.timezone)}"
    above = [
        Line(name="place", text=branch.label, size_mm=4),
        Line(name="queue", text=str(kiosk.settings.get("name") or kiosk.key), size_mm=5),
        Line(name="number", text=texts.gettext(N_("Test")), size_mm=12),
    ]
    return Sheet(above=above, below=[Line(name="taken", text=at, size_mm=3.5)])
