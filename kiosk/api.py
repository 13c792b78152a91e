"""The visitors' face as it is described to programs."""

from typing import Any

from kiosk import taking
from kiosk.booking.api import BOOKING
from kiosk.device_api import DEVICE_OPERATIONS
from kiosk.shapes import CallBack, HandedOut, Menu, PocState, Ticket
from kiosk.summoning_api import SUMMONING_OPERATIONS
from kiosk.waiting_room import WAITING_ROOM
from qms.web.openapi.operation import (
    IDEMPOTENCY_KEY,
    LANGUAGE,
    SOCKET,
    Face,
    Operation,
    Parameter,
    Reply,
)
from qms.web.openapi.problem import BODY, page, refusals

TAKEN = {201: Reply(meaning="The ticket.", shape=HandedOut, headers={"Location": "The ticket's page."})}


def _page(id: str, path: str, summary: str, *, language: bool = True) -> Operation:
    return Operation(
        id=id,
        method="get",
        path=path,
        summary=summary,
        parameters=(LANGUAGE,) if language else (),
        replies=page(),
    )


def _state(id: str, path: str, summary: str, shape: Any) -> Operation:
    replies = {200: Reply(meaning=summary, shape=shape), **refusals(404)}
    return Operation(id=id, method="get", path=path, summary=summary, replies=replies)


def _socket(id: str, path: str, told: str) -> Operation:
    return Operation(
        id=id,
        method="get",
        path=path,
        summary="A socket that is told the whole state whenever it changes, and every few seconds",
        replies={
            101: Reply(meaning=f"Each message is a {told}.", content_type=SOCKET),
            **refusals(400, 403, 404, 426),
        },
    )


def _wish(id: str, path: str, summary: str) -> Operation:
    return Operation(
        id=id,
        method="post",
        path=path,
        summary=summary,
        parameters=(IDEMPOTENCY_KEY,),
        replies={200: Reply(meaning="The ticket as it has become.", shape=Ticket), **refusals(404, 409, 410, 413, 422)},
    )


OPERATIONS = (
    _state("menu", "/kiosk/{token}/menu", "What a kiosk offers", Menu),
    Operation(
        id="take",
        method="post",
        path="/kiosk/{token}/tickets",
        summary="Take a number",
        body=taking.Choice,
        parameters=(IDEMPOTENCY_KEY,),
        replies={**TAKEN, **refusals(*BODY, 404, 409)},
    ),
    Operation(
        id="checkIn",
        method="post",
        path="/kiosk/{token}/check-in",
        summary="A ticket for somebody with an appointment today; asked again, the same one",
        body=taking.Arrival,
        parameters=(IDEMPOTENCY_KEY,),
        replies={**TAKEN, **refusals(*BODY, 404, 409)},
    ),
    Operation(
        id="callBack",
        method="post",
        path="/kiosk/{token}/callbacks",
        summary="Leave a number while nobody is there, to be called when somebody is",
        body=taking.Wish,
        parameters=(IDEMPOTENCY_KEY,),
        replies={201: Reply(meaning="It is noted.", shape=CallBack), **refusals(*BODY, 404, 409)},
    ),
    *DEVICE_OPERATIONS,
    _page("kiosk", "/kiosk/{token}", "The kiosk's page"),
    _state("ticket", "/t/{link}/state", "A ticket", Ticket),
    _socket("ticketSocket", "/t/{link}/socket", "Ticket"),
    _wish("leave", "/t/{link}/leave", "Not wait any longer"),
    _wish("later", "/t/{link}/later", "Let a few people pass"),
    *SUMMONING_OPERATIONS,
    _page("ticketPage", "/t/{link}", "A ticket's page"),
    Operation(
        id="ticketForm",
        method="post",
        path="/t/{link}",
        summary="What the buttons of a ticket's page do where no script does it",
        replies={
            303: Reply(meaning="Back to the page."),
            422: Reply(meaning="The page, with what is wrong with the address.", content_type="text/html"),
            **refusals(400, 404, 413),
        },
    ),
    Operation(
        id="qr",
        method="get",
        path="/t/{link}/qr.svg",
        summary="The address of a ticket's page as a QR code",
        replies={200: Reply(meaning="The drawing.", content_type="image/svg+xml"), **refusals(404)},
    ),
    _page("receipt", "/t/{link}/receipt", "What is printed of a ticket: one sheet, 80 mm wide"),
    Operation(
        id="receiptStyle",
        method="get",
        path="/t/{link}/receipt.css",
        summary="The dimensions of that sheet",
        parameters=(LANGUAGE,),
        replies={200: Reply(meaning="The stylesheet.", content_type="text/css"), **refusals(404)},
    ),
    _state("poc", "/poc/{token}/state", "What a point of contact's own device shows", PocState),
    _socket("pocSocket", "/poc/{token}/socket", "PocState"),
    _page("pocPage", "/poc/{token}", "The page of a point of contact"),
)

FACES = (
    Face(
        name="Kiosk",
        about="All that visitors touch. Kiosks and points of contact go by a token, tickets by a link.",
        operations=OPERATIONS,
        parameters=(
            Parameter(
                name="token",
                where="path",
                meaning="The device's token.",
                schema={"type": "string", "pattern": "^[A-Za-z0-9._~-]{1,200}$"},
            ),
            Parameter(
                name="link",
                where="path",
                meaning="The secret of the ticket's link.",
                schema={"type": "string", "pattern": "^[A-Za-z0-9_-]{16,64}$"},
            ),
        ),
    ),
    BOOKING,
    WAITING_ROOM,
)
