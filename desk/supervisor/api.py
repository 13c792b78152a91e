"""The supervisor's board as it is described to programs."""

from typing import Any, Literal

from desk.operations import ID, PAGE, SIGNED_IN, TOKEN
from desk.supervisor import bodies
from desk.supervisor.queues import LineShape
from desk.supervisor.shapes import BoardShape
from qms.services.supervising.lines import MOST
from qms.web.openapi.operation import IDEMPOTENCY_KEY, LANGUAGE, SOCKET, Face, Operation, Parameter, Reply
from qms.web.openapi.problem import page, refusals

BRANCH = Parameter(
    name="branch",
    where="query",
    meaning="The board of this branch only, by id or key.",
    schema={"type": "string", "minLength": 1, "maxLength": 200},
)
BOARD = {200: Reply(meaning="The board as it has become.", shape=BoardShape)}


def _command(
    id: str, path: str, summary: str, *more: int, body: Any = None, method: Literal["post", "put"] = "post"
) -> Operation:
    return Operation(
        id=id,
        method=method,
        path=f"/supervisor/api/{path}",
        summary=summary,
        body=body,
        parameters=(IDEMPOTENCY_KEY, BRANCH),
        replies={**BOARD, **refusals(400, 401, 403, 404, 409, 413, 422, *more)},
        schemes=SIGNED_IN,
    )


OPERATIONS = (
    Operation(
        id="board",
        method="get",
        path="/supervisor/api/board",
        summary="The board as it is",
        parameters=(BRANCH,),
        replies={200: Reply(meaning="The board.", shape=BoardShape), **refusals(401, 403, 404, 422)},
        schemes=SIGNED_IN,
    ),
    Operation(
        id="line",
        method="get",
        path="/supervisor/api/line",
        summary=f"Who waits in a queue at a branch, in order (the first {MOST}), and who is with an agent",
        parameters=(
            Parameter(
                name="queue",
                where="query",
                meaning="The queue, by id or key.",
                schema={"type": "string", "minLength": 1, "maxLength": 200},
                required=True,
            ),
            Parameter(
                name="branch",
                where="query",
                meaning="The branch, by id or key; without it, those who wait from afar.",
                schema={"type": "string", "minLength": 1, "maxLength": 200},
            ),
        ),
        replies={200: Reply(meaning="The line.", shape=LineShape), **refusals(401, 403, 404, 422)},
        schemes=SIGNED_IN,
    ),
    _command("move", "agents/{agent}/move", "Move an agent to another POC or other queues", body=bodies.Move),
    _command(
        "sendAway",
        "agents/{agent}/presence",
        "Send an agent away, home, or back to work",
        body=bodies.Presence,
        method="put",
    ),
    _command("forceOffer", "tickets/{ticket}/offer", "Give a ticket that waits to an agent", body=bodies.ForcedOffer),
    _command(
        "takeBack", "tickets/{ticket}/take-back", "Take a ticket from its agent into the line", body=bodies.TakeBack
    ),
    _command(
        "putAt", "tickets/{ticket}/place", "Put a ticket elsewhere in its line, with a reason", body=bodies.Placement
    ),
    _command("showNotice", "notices", "Say something in the lobby, until a time", body=bodies.NewNotice),
    _command("withdrawNotice", "notices/{notice}/withdraw", "Take a notice off the screens", 410),
    Operation(
        id="socket",
        method="get",
        path="/supervisor/socket",
        summary="A socket that is told the whole board whenever it changes, and every few seconds",
        parameters=(BRANCH,),
        replies={
            101: Reply(meaning="Each message is a Board.", content_type=SOCKET),
            **refusals(400, 401, 403, 404, 426),
        },
        schemes=SIGNED_IN,
    ),
    Operation(
        id="page",
        method="get",
        path="/supervisor",
        summary="The supervisor's page",
        parameters=(LANGUAGE, BRANCH),
        replies={**page("The board, or the way in."), **refusals(403, 404, 422)},
    ),
)

FACE = Face(
    name="Supervisor",
    about="A branch as it is now, and what can be done about it. Commands answer with the whole board.",
    operations=OPERATIONS,
    schemes=(TOKEN, PAGE),
    parameters=(
        Parameter(name="agent", where="path", meaning="The agent, by id or key."),
        Parameter(name="ticket", where="path", meaning="The ticket's id.", schema=ID),
        Parameter(name="notice", where="path", meaning="The notice's id.", schema=ID),
    ),
)
