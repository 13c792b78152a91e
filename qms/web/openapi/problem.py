"""Refusals of our own interfaces, as they are described: problem documents (RFC 9457)."""

from collections.abc import Mapping

from msgspec import UNSET, Struct, UnsetType

from qms.web.openapi.operation import HTML, PROBLEM, Reply


class Problem(Struct, kw_only=True):
    """A refusal. `kind` and `winner` say what stood in the way, `field` and `expected` which value was wrong."""

    type: str
    title: str
    status: int
    detail: str
    kind: str | UnsetType = UNSET
    winner: str | UnsetType = UNSET
    field: str | UnsetType = UNSET
    expected: str | UnsetType = UNSET
    queue: str | UnsetType = UNSET


MEANINGS: Mapping[int, str] = {
    400: "The body is not JSON, or the handshake of a socket has no good key.",
    401: "Nobody is signed in with this token, or not any more.",
    403: "Not allowed, or another site's page is asking.",
    404: "There is no such thing, or not for whoever asks.",
    409: "Something else won, and `winner` names it; or the first request with this key is still under way.",
    410: "It was there, and is over; `winner` names how it ended.",
    413: "The body is larger than 1 MiB.",
    422: "A value is not as expected, or the idempotency key came with another request before.",
    426: "A WebSocket is expected at this address.",
    429: "Too many attempts.",
    503: "The database cannot answer now, and nothing was changed; or the server is stopping.",
}

BODY = (400, 413, 422)
"""What may be wrong with a body."""


def refusals(*statuses: int) -> dict[int, Reply]:
    """The refusals with these statuses, and that the database cannot answer, which is always possible."""
    return {status: _refusal(status) for status in (*statuses, 503)}


def page(meaning: str = "The page.") -> dict[int, Reply]:
    """A page, and what stands at its address where there is nothing to show."""
    return {200: Reply(meaning=meaning, content_type=HTML), **refusals(404)}


def _refusal(status: int) -> Reply:
    headers = {"Retry-After": "Seconds after which it is worth another try."} if status == 429 else {}
    return Reply(meaning=MEANINGS[status], shape=Problem, content_type=PROBLEM, headers=headers, page=True)
