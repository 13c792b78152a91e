"""The desk as it is described to programs."""

from typing import Any

from msgspec import Struct

from desk import bodies
from desk.admin import api as admin
from desk.appointments_api import APPOINTMENTS
from desk.choosing import MOST
from desk.destinations import DestinationsShape
from desk.devices_api import DEVICES, LANGUAGE_TAG, NAME
from desk.explained import Explained
from desk.keeping import api as keeping
from desk.operations import ID, PAGE, SIGNED_IN, STATE, TICKET, TOKEN, command, reading
from desk.outbox import MessageShape, Outbox
from desk.own_logins_api import LOGINS
from desk.privacy_api import PRIVACY
from desk.remarks import HistoryShape
from desk.reports import api as reports
from desk.state import State
from desk.supervisor import api as supervisor
from desk.webhooks_api import WEBHOOKS
from desk.wire import TicketShape
from qms.domain.message import STATES
from qms.web.openapi.operation import LANGUAGE, SOCKET, Face, Operation, Parameter, Reply
from qms.web.openapi.problem import BODY, page, refusals


class SignedIn(Struct, kw_only=True):
    """The token, good for twelve hours, and the desk."""

    token: str
    state: State


ABOUT = (
    "An agent's work. Commands answer with the whole state; refusals are problem documents (RFC 9457). "
    "A command about the person at the desk should name the `ticket` that the program has seen there: where it comes "
    "late and somebody else is there by then, it is refused with 409 and changes nothing. `next` with a `ticket` "
    "finishes that one, or nobody. Without a `ticket` a command is about whoever is there when it arrives."
)

MEANT: dict[str, Any] = {"body": bodies.Meant, "optional": True}
"""The body of what is done with one of the people at the desk."""

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
    reading("state", "state", "The desk as it is", State),
    reading("destinations", "destinations", "Where a person can be sent on to", DestinationsShape),
    reading("ticket", "tickets/{ticket}", "A ticket", TicketShape, 404),
    reading("why", "tickets/{ticket}/why", "Why a ticket is where it is", Explained, 404),
    reading(
        "history", "tickets/{ticket}/history", "What the visitor came for before, and what was noted", HistoryShape, 404
    ),
    command("remark", "tickets/{ticket}/remark", "Note something of a visit", method="put", body=bodies.Remark),
    command("presence", "presence", "Come to work, go away, go home", method="put", body=bodies.Presence),
    command("answer", "offers/{offer}/answer", "Answer what rings", 410),
    command("decline", "offers/{offer}/decline", "Leave what rings to others", 410),
    command(
        "next",
        "next",
        "Finish, and call the next",
        body=bodies.Next,
        optional=True,
        replies={**STATE, 204: Reply(meaning="Finished; nobody waits.")},
    ),
    command("recall", "ticket/recall", "Call the number once more", **MEANT),
    command("serve", "ticket/serve", "Whoever was called has come", **MEANT),
    command("noShow", "ticket/no-show", "Whoever was called has not come", **MEANT),
    command("finish", "ticket/finish", "Finish with whoever is here", **MEANT),
    command("park", "ticket/park", "Set aside whoever is here", **MEANT),
    command("undo", "ticket/undo", "Take back the last step, within five seconds", 410),
    command("resume", "ticket/resume", "Call back whom one has set aside", 410, body=bodies.Resume, optional=True),
    command("transfer", "ticket/transfer", "Send whoever is here on", body=bodies.Transfer),
    command("finishWrapUp", "wrap-up/finish", "End the wrap-up"),
    command(
        "take",
        "tickets",
        "A number for somebody who is here",
        body=bodies.WalkIn,
        replies=TICKET,
    ),
    command("reactivate", "tickets/{ticket}/reactivate", "Put a no-show who came after all back in line", 410),
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
    command(
        "resend",
        "outbox/{message}/resend",
        "Send a message once more; for supervisors",
        replies={200: Reply(meaning="The message as it was.", shape=MessageShape)},
    ),
    *APPOINTMENTS,
    *LOGINS,
    *PRIVACY,
    *admin.OPERATIONS,
    *keeping.OPERATIONS,
    *reports.OPERATIONS,
    *DEVICES,
    *WEBHOOKS,
    Operation(
        id="socket",
        method="get",
        path="/desk/socket",
        summary="A socket that is told the whole state whenever it changes, and every few seconds",
        replies={
            101: Reply(
                meaning=(
                    "Each message is a State. A browser may say `{bell, sound, idle_seconds, rang}`: a name of its "
                    "own, whether it can be heard, how long ago the agent did something there, and the offer that it "
                    "rang for last. Then one of the agent's browsers rings, which `bell` in the State names; where it "
                    "has not said within some seconds that it did, the others ring too."
                ),
                content_type=SOCKET,
            ),
            **refusals(400, 403, 426),
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
        about=ABOUT,
        operations=OPERATIONS,
        schemes=(TOKEN, PAGE),
        parameters=(
            *admin.PARAMETERS,
            *keeping.PARAMETERS,
            *reports.PARAMETERS,
            Parameter(name="webhook", where="path", meaning="The webhook's key or id.", schema=NAME),
            Parameter(
                name="delivery",
                where="path",
                meaning="The delivery's id, which is its webhook-id.",
                schema={"type": "string", "pattern": "^[0-9a-z_]{1,40}$"},
            ),
            Parameter(name="ticket", where="path", meaning="The ticket's id.", schema=ID),
            Parameter(name="message", where="path", meaning="The message's id.", schema=ID),
            Parameter(name="login", where="path", meaning="The login's id.", schema=ID),
            Parameter(name="account", where="path", meaning="The account's slug."),
            Parameter(name="offer", where="path", meaning="The offer's id.", schema=ID),
            Parameter(name="appointment", where="path", meaning="The appointment's id.", schema=ID),
            Parameter(name="device", where="path", meaning="The screen's or the kiosk's id.", schema=ID),
            Parameter(name="name", where="path", meaning="A file's name, or what a clip says.", schema=NAME),
            Parameter(name="language", where="path", meaning="A language, such as es.", schema=LANGUAGE_TAG),
        ),
    ),
    supervisor.FACE,
)
