"""What the operations of the desk have in common: who may ask, and how they are refused."""

from typing import Any, Literal

from desk.state import State
from desk.wire import TicketShape
from qms.web.openapi.operation import IDEMPOTENCY_KEY, Operation, Parameter, Reply, Scheme
from qms.web.openapi.problem import refusals
from qms.web.people import COOKIE

TOKEN = Scheme(name="deskToken", schema={"type": "http", "scheme": "bearer"})
PAGE = Scheme(name="deskPage", schema={"type": "apiKey", "in": "cookie", "name": COOKIE})
SIGNED_IN = (TOKEN.name, PAGE.name)

ID = {"type": "string", "pattern": "^[0-9a-f]{24}$"}
STATE = {200: Reply(meaning="The desk as it has become.", shape=State)}
TICKET = {201: Reply(meaning="The ticket.", shape=TicketShape, headers={"Location": "Where the ticket is."})}


def reading(id: str, path: str, summary: str, shape: Any, *more: int, asked: tuple[Parameter, ...] = ()) -> Operation:
    """Something to look at under `/desk/api/`; `more` are the refusals that are its own."""
    return Operation(
        id=id,
        method="get",
        path=f"/desk/api/{path}",
        summary=summary,
        parameters=asked,
        replies={200: Reply(meaning=summary, shape=shape), **refusals(401, *more)},
        schemes=SIGNED_IN,
    )


def command(
    id: str,
    path: str,
    summary: str,
    *more: int,
    method: Literal["post", "put"] = "post",
    body: Any = None,
    optional: bool = False,
    replies: dict[int, Reply] = STATE,
) -> Operation:
    """Something to be done under `/desk/api/`; `more` are the refusals that are its own."""
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
