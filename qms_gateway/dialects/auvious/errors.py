"""Refusals in this dialect's words: one body, one table, one middleware for all routes, unknown ones included (A-1)."""

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
from qms_gateway.dialects.auvious import wire
from qms_gateway.dialects.auvious.formats import spelled

log = structlog.get_logger(__name__)

NAMES: Mapping[int, str] = {
    400: "StatusBadRequest",
    401: "StatusUnauthorized",
    403: "StatusForbidden",
    404: "StatusNotFound",
    405: "StatusMethodNotAllowed",
    409: "StatusConflict",
    413: "StatusRequestEntityTooLarge",
    415: "StatusUnsupportedMediaType",
    422: "StatusUnprocessableEntity",
    429: "StatusTooManyRequests",
    500: "StatusInternalServerError",
    503: "StatusServiceUnavailable",
}


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """A refusal as it is said."""

    status: int
    message: str
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self) -> web.Response:
        """The body on its way."""
        error = NAMES.get(self.status, "StatusBadRequest" if self.status < 500 else "StatusInternalServerError")
        answer = json_answer(wire.Refusal(status=self.status, error=error, message=self.message), self.status)
        answer.headers.update(self.headers)
        return answer.response()


WIRE_NAMES = {"starts_at": "start", "ends_at": "duration"}
"""What the house calls a value → what it is called here."""


def _missing(error: errors.NotFound, _: web.Request) -> Refusal:
    return Refusal(404, f"no {error.kind} {spelled(error.id)!r}")


def _invalid(error: errors.Invalid, _: web.Request) -> Refusal:
    return Refusal(400, f"{WIRE_NAMES.get(error.field, error.field)}: expected {error.expected}")


def _unauthorized(_: errors.NotAuthenticated, request: web.Request) -> Refusal:
    scheme = "Basic" if request.path.rstrip("/").endswith("/basic") else "Bearer"
    return Refusal(401, "A valid token is required.", {"WWW-Authenticate": f'{scheme} realm="appointments"'})


def _too_many(error: errors.TooManyAttempts, _: web.Request) -> Refusal:
    return Refusal(429, "Too many requests, please try again later.", retry_after(error))


def _unavailable(_: Exception, __: web.Request) -> Refusal:
    return Refusal(503, "The service cannot answer now and nothing was changed.", {"Retry-After": "1"})


def _http(error: web.HTTPException, _: web.Request) -> Refusal:
    kept = {name: value for name, value in error.headers.items() if name == "Allow"}
    return Refusal(error.status, error.reason, kept)


def _bug(_: Exception, request: web.Request) -> Refusal:
    log.exception("bug", path=request.path)
    return Refusal(500, "Something went wrong on our side.")


def _said(status: int) -> Callable[[Exception, web.Request], Refusal]:
    return lambda error, _: Refusal(status, str(error))


REFUSALS: Mapping[type[Exception], Callable[[Any, web.Request], Refusal]] = {
    errors.NotFound: _missing,
    errors.Conflict: _said(409),
    errors.Gone: _said(404),
    errors.Invalid: _invalid,
    errors.LimitExceeded: _invalid,
    errors.FieldInvalid: _invalid,
    errors.UnknownField: _invalid,
    errors.FormRequired: lambda e, _: Refusal(400, "A form is required first."),
    errors.SubmissionUnusable: lambda e, _: Refusal(400, "The form's submission cannot be used."),
    errors.NoAgentAvailable: lambda e, _: Refusal(409, "Nobody is there to take it."),
    errors.BranchClosed: lambda e, _: Refusal(409, "The branch is closed."),
    errors.QueueFull: lambda e, _: Refusal(409, "The queue takes nobody more."),
    errors.NotAuthenticated: _unauthorized,
    errors.Forbidden: lambda e, _: Refusal(403, "The token is not for this."),
    errors.TooManyAttempts: _too_many,
    errors.IdempotencyMismatch: lambda e, _: Refusal(422, "The idempotency key was used with another request."),
    errors.IdempotencyInFlight: lambda e, _: Refusal(409, "The first request with this key is still under way."),
    errors.Unavailable: _unavailable,
    errors.DomainMoved: _unavailable,
    errors.Refused: lambda e, _: Refusal(400, "The request cannot be carried out."),
    Refusal: lambda e, _: e,
    msgspec.ValidationError: _said(400),
    msgspec.DecodeError: lambda e, _: Refusal(400, f"The body is not JSON: {e}"),
    web.RequestPayloadError: lambda e, _: Refusal(400, "The body cannot be read."),
    web.HTTPException: _http,
    Exception: _bug,
}
"""Error → what is said, looked up along the error's classes."""


refusals = refusing(lambda error, request: said_of(error, request, REFUSALS).response())
"""Says every refusal, unknown route and bug in this dialect."""
