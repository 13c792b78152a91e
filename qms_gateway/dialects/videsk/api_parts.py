"""What the descriptions of this dialect's operations have in common."""

from collections.abc import Mapping
from typing import Any

from qms.web.openapi.operation import Parameter, Reply, Scheme
from qms_gateway.dialects.videsk import wire

KEY = Scheme(
    name="videskKey",
    schema={"type": "http", "scheme": "bearer", "bearerFormat": "JWT", "description": "A backend or public key."},
)

ALWAYS: Mapping[int, str] = {
    401: "No key, or not a genuine one.",
    403: "The key was taken back, or is not for this.",
    429: "More requests in a second than allowed.",
    503: "Nothing was changed; try again.",
}
BODY: Mapping[int, str] = {
    409: "The first request with this idempotency key is still under way.",
    413: "The body is larger than 1 MiB.",
}


def refusals(*more: Mapping[int, str]) -> dict[int, Reply]:
    """What may always be refused, and what is besides."""
    return {
        status: Reply(meaning=meaning, shape=wire.Envelope, headers=_headers(status))
        for table in (ALWAYS, *more)
        for status, meaning in table.items()
    }


def _headers(status: int) -> Mapping[str, str]:
    return {"Retry-After": "Seconds after which it is worth another try."} if status in (429, 503) else {}


def ok(shape: Any, meaning: str, status: int = 200) -> dict[int, Reply]:
    """What is answered when all is well."""
    return {status: Reply(meaning=meaning, shape=shape)}


PAGE = (
    Parameter(name="$limit", where="query", meaning="1 to 100; 10 unless said. What is no number counts as absent."),
    Parameter(name="$skip", where="query", meaning="So many are passed over; 0 unless said."),
)
