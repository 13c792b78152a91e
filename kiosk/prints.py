"""A kiosk's own printer: a ticket is printed once it has been given out, once unless somebody asks again."""

import asyncio
from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated, Any

import msgspec
from aiohttp import web

from kiosk.addresses import ticket_url
from kiosk.printing.printers import PRINTERS, note
from kiosk.receipt_page import sheet_of
from qms.domain.errors import NotFound
from qms.domain.network import Kiosk, Network
from qms.domain.ticket import Ticket
from qms.services import devices, printers
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.bodies import read
from qms.web.keys import STORE
from qms.web.pages import SHIPPED
from qms.web.pages.languages import match

if TYPE_CHECKING:
    from PIL import Image


class Print(msgspec.Struct, frozen=True):
    """The id of a ticket; `again`: a word of the caller's own for each further time that it is to be printed."""

    ticket: Annotated[str, msgspec.Meta(pattern="^[0-9a-f]{24}$")]
    again: Annotated[str, msgspec.Meta(pattern="^[A-Za-z0-9-]{1,64}$")] | None = None


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
    store, token = request.app[STORE], request.match_info["token"]
    network, _, kiosk = await store.read(devices.kiosk, token=token)
    wanted = await read(request, Print)
    name = printer_name(network, kiosk)
    if name not in request.app[PRINTERS]:
        raise NotFound("printer", kiosk.key)
    ticket, told = await store.read(printers.ticket_at, token=token, ticket=wanted.ticket)
    done = await _printed(request, name, ticket, told, wanted.again)
    await note(request.app, name, done[1])
    return json_answer(Printed(printed=done[0], printer=done[1])).response()


async def _printed(
    request: web.Request, name: str, ticket: Ticket, told: Mapping[str, Any], again: str | None
) -> tuple[bool, printers.PrinterState]:
    """A printer that cannot print is asked for nothing: the wish stays good for when it can."""
    mine = request.app[PRINTERS]
    state = await mine.state(name)
    if state not in printers.PRINTING:
        return False, state
    if not await request.app[STORE].write(printers.claim, ticket=ticket.id, again=again):
        return True, state
    image = await asyncio.to_thread(_drawn, ticket, told, ticket_url(request, ticket.link), mine.dots(name))
    return await mine.print(name, image)


def _drawn(ticket: Ticket, told: Mapping[str, Any], url: str, dots: int) -> "Image.Image":
    from kiosk.printing.drawing import drawn  # with the extra that prints; nothing else draws

    language = match(ticket.language or "") or SHIPPED[0]
    return drawn(sheet_of(ticket, dict(told), language), url, dots=dots)
