"""Refusals in this dialect's words: one envelope, one table, one middleware for all routes, unknown ones included."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

import msgspec
import structlog
from aiohttp import web

from qms.domain import errors
from qms.web.answers import json_answer
from qms.web.rate_limit import retry_after
from qms.web.refusing import refusing, said_of
from qms_gateway.dialects.voki import wire
from qms_gateway.dialects.voki.casting import BLANK, INVALID, MISSING, Unusable
from qms_gateway.dialects.voki.views import status_of

log = structlog.get_logger(__name__)

WANTED: web.RequestKey[str] = web.RequestKey("wanted", str)
"""The status that a request wants an appointment to have."""

CREDENTIALS = frozenset({"password", "code"})
FIELDS: Mapping[str, str] = {"customer": "customer_id", "agent": "user_id", "queue": "department_id"}
"""What a body names by id → in which field."""

TIMES: Mapping[str, str] = {"starts_at": "scheduled_at", "ends_at": "duration_minutes"}
FUTURE = "must be in the future"


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """A refusal as it is said: in words, or by field."""

    status: int
    said: str | Mapping[str, list[str]]
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        """The envelope on its way."""
        told: dict[str, Any] = {"detail": self.said} if isinstance(self.said, str) else dict(self.said)
        answer = json_answer(wire.Errors(told), self.status)
        answer.headers.update(self.headers)
        return answer.response()


def wrong(name: str, text: str) -> Refusal:
    """One field is wrong."""
    return Refusal(422, {name: [text]})


def _not_found(error: errors.NotFound, request: web.Request) -> Refusal:
    """Something that the body names, or what the path names."""
    named = FIELDS.get(error.kind) if "/appointments" in request.path else None
    return wrong(named, MISSING) if named is not None else Refusal(404, "Not Found")


def _conflict(error: errors.Conflict, request: web.Request) -> Refusal:
    if error.kind == "slot":
        return wrong("scheduled_at", "conflicts with another appointment")
    if error.kind == "time":
        return wrong("scheduled_at", "cannot be changed any more")
    before = status_of(error.what)
    if before is None:
        return wrong("status", "has been changed meanwhile")
    if WANTED in request:
        return wrong("status", f"cannot be changed from {before} to {request[WANTED]}")
    return wrong("status", f"cannot be updated when {before}")


def _invalid(error: errors.Invalid, _: web.Request) -> Refusal:
    if error.field == "starts_at":
        return wrong("scheduled_at", FUTURE)
    return wrong(TIMES.get(error.field, error.field), INVALID)


def _unauthorized(error: errors.NotAuthenticated, _: web.Request) -> Refusal:
    text = "Invalid credentials" if error.reason in CREDENTIALS else "Unauthorized"
    return Refusal(401, text, {"WWW-Authenticate": 'Bearer realm="api"'})


def _too_many(error: errors.TooManyAttempts, _: web.Request) -> Refusal:
    return Refusal(429, "Too Many Requests", retry_after(error))


def _unavailable(_: Exception, __: web.Request) -> Refusal:
    return Refusal(503, "Service Unavailable", {"Retry-After": "1"})


def _http(error: web.HTTPException, _: web.Request) -> Refusal:
    kept = {name: value for name, value in error.headers.items() if name == "Allow"}
    return Refusal(error.status, error.reason, kept)


def _bug(_: Exception, request: web.Request) -> Refusal:
    log.exception("bug", path=request.path)
    return Refusal(500, "Internal Server Error")


REFUSALS: Mapping[type[Exception], Callable[[Any, web.Request], Refusal]] = {
    errors.NotFound: _not_found,
    errors.Conflict: _conflict,
    errors.Gone: lambda e, _: Refusal(404, "Not Found"),
    errors.Invalid: _invalid,
    errors.LimitExceeded: _invalid,
    errors.FieldInvalid: _invalid,
    errors.UnknownField: _invalid,
    errors.FormRequired: lambda e, _: wrong("form", BLANK),
    errors.SubmissionUnusable: lambda e, _: wrong("form", INVALID),
    errors.NoAgentAvailable: lambda e, _: Refusal(422, "Nobody is there to take it"),
    errors.BranchClosed: lambda e, _: Refusal(422, "The branch is closed"),
    errors.QueueFull: lambda e, _: Refusal(422, "The queue takes nobody more"),
    errors.NotAuthenticated: _unauthorized,
    errors.Forbidden: lambda e, _: Refusal(403, "Forbidden"),
    errors.TooManyAttempts: _too_many,
    errors.IdempotencyMismatch: lambda e, _: Refusal(422, "The idempotency key was used with another request"),
    errors.IdempotencyInFlight: lambda e, _: Refusal(409, "The first request with this key is still under way"),
    errors.Unavailable: _unavailable,
    errors.DomainMoved: _unavailable,
    errors.Refused: lambda e, _: Refusal(422, "Unprocessable Entity"),
    Refusal: lambda e, _: e,
    Unusable: lambda e, _: Refusal(422, e.errors),
    msgspec.ValidationError: lambda e, _: Refusal(422, "Unprocessable Entity"),
    msgspec.DecodeError: lambda e, _: Refusal(400, "Bad Request"),
    web.RequestPayloadError: lambda e, _: Refusal(400, "Bad Request"),
    web.HTTPException: _http,
    Exception: _bug,
}
"""Error → what is said, looked up along the error's classes."""


refusals = refusing(lambda error, request: said_of(error, request, REFUSALS).response())
"""Says every refusal, unknown route and bug in this dialect."""
