"""The desk as it is described to programs."""

from typing import Any, Literal

from msgspec import Struct

from desk import bodies
from desk.destinations import DestinationsShape
from desk.explained import Explained
from desk.identity import COOKIE
from desk.outbox import MOST, MessageShape, Outbox
from desk.state import State
from desk.wire import TicketShape
from qms.domain.message import STATES
from qms.web.openapi.operation import IDEMPOTENCY_KEY, LANGUAGE, SOCKET, Face, Operation, Parameter, Reply, Scheme
from qms.web.openapi.problem import BODY, page, refusals

TOKEN = Scheme(name="deskToken", schema={"type": "http", "scheme": "bearer"})
PAGE = Scheme(name="deskPage", schema={"type": "apiKey", "in": "cookie", "name": COOKIE})
SIGNED_IN = (TOKEN.name, PAGE.name)

ID = {"type": "string", "pattern": "^[0-9a-f]{24}$"}
STATE = {200: Reply(meaning="The desk as it has become.", shape=State)}


class SignedIn(Struct, kw_only=True):
    """The token, good for twelve hours, and the desk."""

    token: str
    state: State


def _read(id: str, path: str, summary: str, shape: Any, *more: int) -> Operation:
    return Operation(
        id=id,
        method="get",
        path=f"/desk/api/{path}",
        summary=summary,
        replies={200: Reply(meaning=summary, shape=shape), **refusals(401, *more)},
        schemes=SIGNED_IN,
    )


def _command(
    id: str,
    path: str,
    summary: str,
    *more: int,
    method: Literal["post", "put"] = "post",
    body: Any = None,
    optional: bool = False,
    replies: dict[int, Reply] = STATE,
) -> Operation:
    refused = refusals(400, 401, 403, 404, 409, 413, 422, *more)
    return Operation(
        id=id,
        method=method,
        path=f"/desk/api/{path}",
        summary=summary,
        body=body,
        body_optional=optional,
        parameters=(IDEMPOTENCY_KEY,),
        replies={**replies, **refused},
        schemes=SIGNED_IN,
    )


OPERATIONS = (
    Operation(
        id="signIn",
        method="post",
        path="/desk/api/session",
        summary="Sign in",
        body=bodies.Credentials,
        replies={201: Reply(meaning="A token, and the desk.", shape=SignedIn), **refusals(*BODY, 401, 403, 429)},
    ),
    Operation(
        id="signOut",
        method="delete",
        path="/desk/api/session",
        summary="End this login; with an agent's last one the session ends",
        replies={204: Reply(meaning="Signed out."), **refusals(401, 403)},
        schemes=SIGNED_IN,
    ),
    _read("state", "state", "The desk as it is", State),
    _read("destinations", "destinations", "Where a person can be sent on to", DestinationsShape),
    _read("ticket", "tickets/{ticket}", "A ticket", TicketShape, 404),
    _read("why", "tickets/{ticket}/why", "Why a ticket is where it is", Explained, 404),
    _command("presence", "presence", "Come to work, go away, go home", method="put", body=bodies.Presence),
    _command("answer", "offers/{offer}/answer", "Answer what rings", 410),
    _command("decline", "offers/{offer}/decline", "Leave what rings to others", 410),
    _command(
        "next",
        "next",
        "Finish, and call the next",
        body=bodies.Next,
        optional=True,
        replies={**STATE, 204: Reply(meaning="Finished; nobody waits.")},
    ),
    _command("recall", "ticket/recall", "Call the number once more"),
    _command("serve", "ticket/serve", "Whoever was called has come"),
    _command("noShow", "ticket/no-show", "Whoever was called has not come"),
    _command("finish", "ticket/finish", "Finish with whoever is here"),
    _command("park", "ticket/park", "Set aside whoever is here"),
    _command("undo", "ticket/undo", "Take back the last step, within five seconds", 410),
    _command("resume", "ticket/resume", "Call back whom one has set aside", 410, body=bodies.Resume, optional=True),
    _command("transfer", "ticket/transfer", "Send whoever is here on", body=bodies.Transfer),
    _command("finishWrapUp", "wrap-up/finish", "End the wrap-up"),
    _command(
        "take",
        "tickets",
        "A number for somebody who is here",
        body=bodies.WalkIn,
        replies={201: Reply(meaning="The ticket.", shape=TicketShape, headers={"Location": "Where the ticket is."})},
    ),
    _command("reactivate", "tickets/{ticket}/reactivate", "Put a no-show who came after all back in line", 410),
    Operation(
        id="outbox",
        method="get",
        path="/desk/api/outbox",
        summary="What people are told by message, the newest first; for supervisors",
        parameters=(
            Parameter(name="state", where="query", meaning="Only in this state.", schema={"enum": list(STATES)}),
            Parameter(name="appointment", where="query", meaning="Only about this appointment.", schema=ID),
            Parameter(
                name="limit",
                where="query",
                meaning="At most so many.",
                schema={"type": "integer", "minimum": 1, "maximum": MOST},
            ),
        ),
        replies={200: Reply(meaning="The messages.", shape=Outbox), **refusals(401, 403, 422)},
        schemes=SIGNED_IN,
    ),
    _command(
        "resend",
        "outbox/{message}/resend",
        "Send a message once more; for supervisors",
        replies={200: Reply(meaning="The message as it was.", shape=MessageShape)},
    ),
    Operation(
        id="socket",
        method="get",
        path="/desk/socket",
        summary="A socket that is told the whole state whenever it changes, and every few seconds",
        replies={
            101: Reply(meaning="Each message is a State.", content_type=SOCKET),
            **refusals(400, 403),
        },
        schemes=SIGNED_IN,
    ),
    Operation(
        id="page",
        method="get",
        path="/desk",
        summary="The desk's page",
        parameters=(LANGUAGE,),
        replies=page("The desk, or the way in."),
    ),
)

FACES = (
    Face(
        name="Desk",
        about="An agent's work. Commands answer with the whole state; refusals are problem documents (RFC 9457).",
        operations=OPERATIONS,
        schemes=(TOKEN, PAGE),
        parameters=(
            Parameter(name="ticket", where="path", meaning="The ticket's id.", schema=ID),
            Parameter(name="message", where="path", meaning="The message's id.", schema=ID),
            Parameter(name="offer", where="path", meaning="The offer's id.", schema=ID),
        ),
    ),
)
