"""The waiting room of an appointment from afar: whoever has its code gets what a customer works with.

Source: the vendor's tickets of type MULTI_USE_TICKET, which open one conference to a customer.
"""

from collections.abc import Mapping, Sequence
from datetime import datetime

from aiohttp import web
from msgspec import Struct

from kiosk import room_page
from kiosk.hubs import ROOM_HUB
from qms.services.booking import room_visits, waiting_rooms
from qms.web.access import allows
from qms.web.answers import json_answer
from qms.web.keys import BUS, NOW, SECRET, STORE
from qms.web.live import Hub, Told, end_all
from qms.web.openapi.operation import LANGUAGE, SOCKET, Face, Operation, Parameter, Reply
from qms.web.openapi.problem import page, refusals

GROUP = "[a-z]{3}"
CODE = f"{{code:{GROUP}(?:-{GROUP}){{5}}}}"
"""The code of a room, in groups of letters."""


class Room(Struct, kw_only=True, omit_defaults=True):
    """A waiting room as whoever is in it sees it; `phase`: early, now, ticket, late, none."""

    seq: int
    now: datetime
    state: str
    phase: str
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    opens_at: datetime | None = None
    ticket: str | None = None


class CustomerToken(Struct, kw_only=True):
    """What a customer works with, for one appointment, for `expires_in` seconds."""

    access_token: str
    token_type: str
    expires_in: int


def routes(app: web.Application) -> None:
    """Serve waiting rooms from this application."""
    app.on_startup.append(_start)
    app.on_shutdown.append(_stop)
    app.add_routes(
        [
            web.get(f"/q/{CODE}", room_page.page),
            web.post(f"/q/{CODE}", room_page.enter),
            web.get(f"/q/{CODE}/state", room_page.state),
            web.get(f"/q/{CODE}/socket", room_page.socket),
            web.post(f"/q/{CODE}/token", token),
        ]
    )


async def _start(app: web.Application) -> None:
    async def rooms(codes: Sequence[str]) -> Mapping[str, Told]:
        return await app[STORE].read(room_visits.states, codes=codes)

    app[ROOM_HUB] = Hub(rooms, app[BUS], app[NOW])


async def _stop(app: web.Application) -> None:
    await end_all([app[ROOM_HUB]])


@allows("room.enter")
async def token(request: web.Request) -> web.Response:
    """A token in the role of a customer, for the appointment whose room this is."""
    code, secret = request.match_info["code"], request.app[SECRET]
    given = await request.app[STORE].read(waiting_rooms.customer_token, code=code, secret=secret)
    answer = json_answer(
        CustomerToken(
            access_token=given.text,
            token_type="bearer",  # noqa: S106 - the kind of token, RFC 6749 section 7.1
            expires_in=int(given.lasts.total_seconds()),
        )
    )
    answer.headers["Cache-Control"] = "no-store"
    return answer.response()


WAITING_ROOM = Face(
    name="WaitingRoom",
    about="The room in which one waits for an appointment from afar.",
    operations=(
        Operation(
            id="page",
            method="get",
            path="/q/{code}",
            summary="When and where, and the way in when it is time",
            parameters=(LANGUAGE,),
            replies={**page(), **refusals(410)},
        ),
        Operation(
            id="enter",
            method="post",
            path="/q/{code}",
            summary="Come in, when it is time: a place in line",
            parameters=(LANGUAGE,),
            replies={303: Reply(meaning="To the page of the ticket."), **page(), **refusals(410)},
        ),
        Operation(
            id="state",
            method="get",
            path="/q/{code}/state",
            summary="What whoever waits sees",
            replies={200: Reply(meaning="The room.", shape=Room), **refusals(404)},
        ),
        Operation(
            id="socket",
            method="get",
            path="/q/{code}/socket",
            summary="A socket that is told the whole state whenever it changes, and every few seconds",
            replies={
                101: Reply(meaning="Each message is a Room.", content_type=SOCKET),
                **refusals(400, 403, 404, 410, 426),
            },
        ),
        Operation(
            id="token",
            method="post",
            path="/q/{code}/token",
            summary="What a customer works with in the Auvious dialect, for the appointment whose room this is",
            replies={200: Reply(meaning="The token.", shape=CustomerToken), **refusals(404, 410)},
        ),
    ),
    parameters=(
        Parameter(
            name="code",
            where="path",
            meaning="The code of the room.",
            schema={"type": "string", "pattern": f"^{GROUP}(-{GROUP}){{5}}$"},
        ),
    ),
)
