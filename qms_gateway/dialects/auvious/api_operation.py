"""How the operations of this dialect are described: their refusals, keys and ways to say who is asking."""

from collections.abc import Mapping
from typing import Any

from qms.web.openapi.operation import IDEMPOTENCY_KEY, Operation, Parameter, Reply, Scheme
from qms_gateway.dialects.auvious import wire

TOKEN = Scheme(
    name="jwtBearerToken",
    schema={"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "A client's token."},
)
CODE = Scheme(
    name="otpBasic",
    schema={"type": "http", "scheme": "basic", "description": "The id of a code that was sent, and the code."},
)

ALWAYS: Mapping[int, str] = {
    400: "The request cannot be understood.",
    429: "More requests in a second than allowed.",
    503: "Nothing was changed; try again.",
}
WITH_TOKEN: Mapping[int, str] = {401: "No token, or not a genuine one (any more).", 403: "The token is not for this."}
BODY: Mapping[int, str] = {
    409: "Somebody else was faster; or the first request with this idempotency key is still under way.",
    413: "The body is larger than 1 MiB.",
    422: "The idempotency key came with another request before.",
}
NOTHING: Mapping[int, str] = {404: "No such appointment, or none that the token reaches."}
STATE: Mapping[int, str] = {409: "The appointment's state does not allow it, or somebody else was faster."}


def _refusals(*tables: Mapping[int, str]) -> dict[int, Reply]:
    return {
        status: Reply(meaning=meaning, shape=wire.Refusal, headers=_headers(status))
        for table in (ALWAYS, *tables)
        for status, meaning in table.items()
    }


def _headers(status: int) -> Mapping[str, str]:
    return {"Retry-After": "Seconds after which it is worth another try."} if status in (429, 503) else {}


def operation(id: str, method: Any, path: str, summary: str, ok: Reply, *tables: Any, **more: Any) -> Operation:
    """An operation for a token; a POST may be repeated under its key."""
    status = more.pop("status", 200)
    parameters = more.pop("parameters", ())
    keyed = (IDEMPOTENCY_KEY,) if method == "post" and more.pop("keyed", True) else ()
    replies = {status: ok, **_refusals(*(BODY,) if "body" in more or keyed else (), *tables)}
    schemes = more.pop("schemes", (TOKEN.name,))
    known = WITH_TOKEN if schemes else {}
    return Operation(
        id=id,
        method=method,
        path=path,
        summary=summary,
        replies={**replies, **_refusals(known), status: ok} if known else replies,
        parameters=(*parameters, *keyed),
        schemes=schemes,
        **more,
    )


def query(name: str, meaning: str, *, required: bool = False, **schema: Any) -> Parameter:
    return Parameter(name=name, where="query", meaning=meaning, required=required, schema={"type": "string", **schema})


DONE = Reply(meaning="Done.")
