"""The waiting room of an appointment from afar: whoever has its code gets what a customer works with.

Source: the vendor's tickets of type MULTI_USE_TICKET, which open one conference to a customer.
"""

from aiohttp import web
from msgspec import Struct

from qms.services.booking import waiting_rooms
from qms.web.answers import json_answer
from qms.web.keys import SECRET, STORE
from qms.web.openapi.operation import Face, Operation, Parameter, Reply
from qms.web.openapi.problem import refusals

GROUP = "[a-z]{3}"
CODE = f"{{code:{GROUP}(?:-{GROUP}){{5}}}}"
"""The code of a room, in groups of letters."""


class CustomerToken(Struct, kw_only=True):
    """What a customer works with, for one appointment, for `expires_in` seconds."""

    access_token: str
    token_type: str
    expires_in: int


def routes(app: web.Application) -> None:
    """Serve waiting rooms from this application."""
    app.add_routes([web.post(f"/q/{CODE}/token", token)])


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
