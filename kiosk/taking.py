"""What a kiosk asks for: its menu, a ticket, and a ticket for somebody with an appointment."""

from typing import Annotated

import msgspec
from aiohttp import web

from kiosk import sighting
from kiosk.addresses import ticket_url
from kiosk.hubs import told
from qms.domain.network import Branch, Kiosk, Network
from qms.services import callbacks, devices, kiosk_help, kiosk_menu, kiosk_tickets
from qms.services import check_in as checking_in
from qms.services.admission import TakeTicket
from qms.services.kiosk_tickets import Taken
from qms.web.access import allows
from qms.web.answers import Answer, empty, json_answer
from qms.web.bodies import read
from qms.web.keys import SECRET, STORE
from qms.web.perform import perform, perform_item

Language = Annotated[str, msgspec.Meta(pattern="^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=20)]


LONGEST_CODE = 8192
"""A link to join is as long as the page that it leads to, and its token."""


class Choice(msgspec.Struct, frozen=True, rename={"ticket_class": "class"}):
    """What was tapped: a queue by id or key, the language it was tapped in, perhaps a class."""

    queue: str
    language: Language | None = None
    ticket_class: str | None = None


class Arrival(msgspec.Struct, frozen=True):
    """The code of an appointment as it was typed or scanned."""

    code: Annotated[str, msgspec.Meta(min_length=1, max_length=LONGEST_CODE)]
    language: Language | None = None


class Wish(msgspec.Struct, frozen=True):
    """Whom to call as soon as somebody is there, and about what."""

    queue: str
    phone: Annotated[str, msgspec.Meta(min_length=1, max_length=40)]
    name: Annotated[str, msgspec.Meta(max_length=200, pattern=r"^[^\x00]*$")] | None = None
    language: Language | None = None


@allows("kiosk.use")
async def menu(request: web.Request) -> web.Response:
    """The languages and queues that the kiosk offers."""
    state = await request.app[STORE].read(kiosk_menu.menu, token=request.match_info["token"])
    await sighting.see(request, request.match_info["token"])
    return told(request, state).response()


@allows("kiosk.use")
async def take(request: web.Request) -> web.Response:
    """Take a number. A repeated Idempotency-Key gives the same ticket."""
    choice = await read(request, Choice)
    network, branch, kiosk = await request.app[STORE].read(devices.kiosk, token=request.match_info["token"])
    return await perform_item(
        request,
        kiosk_tickets.take,
        _wanted(network, branch, kiosk, choice),
        reply=lambda taken: handed_out(request, taken),
        principal=f"kiosk:{kiosk.id}",
        domain=branch.domain_id,
    )


@allows("kiosk.use")
async def check_in(request: web.Request) -> web.Response:
    """Turn an appointment into a ticket; asked again, the same one."""
    arrival = await read(request, Arrival)
    token = request.match_info["token"]
    _, branch, kiosk = await request.app[STORE].read(devices.kiosk, token=token)
    return await perform(
        request,
        checking_in.check_in,
        reply=lambda taken: handed_out(request, taken),
        principal=f"kiosk:{kiosk.id}",
        domain=branch.domain_id,
        token=token,
        code=arrival.code,
        language=arrival.language,
        secret=request.app[SECRET],
    )


@allows("kiosk.use")
async def call_back(request: web.Request) -> web.Response:
    """Leave a number while nobody is there; the same number again is the same wish."""
    wish = await read(request, Wish)
    token = request.match_info["token"]
    _, branch, kiosk = await request.app[STORE].read(devices.kiosk, token=token)
    return await perform(
        request,
        callbacks.ask,
        reply=lambda one: json_answer({"id": one.id, "state": one.state}, 201),
        principal=f"kiosk:{kiosk.id}",
        domain=branch.domain_id,
        token=token,
        queue=wish.queue,
        phone=wish.phone,
        name=wish.name,
        language=wish.language or next(iter(kiosk.languages), None),
    )


@allows("kiosk.use")
async def call_for_help(request: web.Request) -> web.Response:
    """Tell those who watch the branch that somebody at the kiosk needs somebody."""
    await request.app[STORE].write(kiosk_help.ask, token=request.match_info["token"])
    return empty().response()


def handed_out(request: web.Request, taken: Taken) -> Answer:
    """A ticket as the visitor gets it, with the addresses of its page and of its receipt."""
    url = ticket_url(request, taken.ticket.link)
    body = {
        "id": taken.ticket.id,
        "number": taken.ticket.number,
        "queue": {"id": taken.queue.public_id, "key": taken.queue.key, "name": taken.queue.name},
        "ahead": taken.ahead,
        "wait_minutes": None if taken.wait is None else {"p50": taken.wait[0], "p90": taken.wait[1]},
        "url": url,
        "receipt": f"{url}/receipt",
    }
    answer = json_answer(body, 201)
    answer.headers.update({"Cache-Control": "no-store", "Location": url})
    return answer


def _wanted(network: Network, branch: Branch, kiosk: Kiosk, choice: Choice) -> TakeTicket:
    queue = kiosk_menu.queue_at(network, branch, kiosk, choice.queue)
    return TakeTicket(
        account=network.account.id,
        branch=branch.id,
        queue=queue.id,
        source="kiosk",
        language=choice.language or next(iter(kiosk.languages), None),
        ticket_class=kiosk_menu.checked_class(kiosk, queue, choice.ticket_class),
    )
