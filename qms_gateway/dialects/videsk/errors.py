"""Refusals in this dialect's words: one envelope, one table, one middleware for all routes, unknown ones included.

The documents give some refusals an HTTP status that differs from the `code` in the body; both are sent as documented
unless the account has `status_policy = "body-code"` (D-1). Texts are the vendor's, spelling mistakes included.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import msgspec
import structlog
from aiohttp import web

from qms.domain import errors
from qms.services.booking.browsing import InThePast
from qms.services.signatures import TokenRefused
from qms.web.answers import json_answer
from qms.web.rate_limit import retry_after
from qms.web.refusing import said_of
from qms_gateway.dialects.videsk import wire
from qms_gateway.dialects.videsk.caller import CALLER, KeyRemoved

log = structlog.get_logger(__name__)


class Kind(NamedTuple):
    """A refusal's name, its code, and its name in kebab case."""

    name: str
    code: int
    class_name: str


BAD_REQUEST = Kind("BadRequest", 400, "bad-request")
NOT_AUTHENTICATED = Kind("NotAuthenticated", 401, "not-authenticated")
FORBIDDEN = Kind("Forbidden", 403, "forbidden")
NOT_FOUND = Kind("NotFound", 404, "not-found")
METHOD_NOT_ALLOWED = Kind("MethodNotAllowed", 405, "method-not-allowed")
NOT_ACCEPTABLE = Kind("NotAcceptable", 406, "not-acceptable")
CONFLICT = Kind("Conflict", 409, "conflict")
GONE = Kind("Gone", 410, "gone")
PAYLOAD_TOO_LARGE = Kind("PayloadTooLarge", 413, "payload-too-large")
UNPROCESSABLE = Kind("Unprocessable", 422, "unprocessable")
PRECONDITION = Kind("PreconditionRequired", 426, "precondition-require")
TOO_MANY_REQUESTS = Kind("TooManyRequests", 429, "too-many-requests")
GENERAL_ERROR = Kind("GeneralError", 500, "general-error")
UNAVAILABLE = Kind("Unavailable", 503, "unavailable")

HOUR: web.RequestKey[str] = web.RequestKey("hour", str)
"""The start that a request wants, as it is told where it cannot have it."""

BY_STATUS = {kind.code: kind for kind in (BAD_REQUEST, NOT_FOUND, METHOD_NOT_ALLOWED, PAYLOAD_TOO_LARGE)}


@dataclass(frozen=True, slots=True)
class Refusal(Exception):
    """A refusal as it is said. `status` is the documented HTTP status where it is not the code."""

    kind: Kind
    message: str
    data: Any = msgspec.UNSET
    status: int | None = None
    headers: Mapping[str, str] = field(default_factory=dict)

    def response(self, *, body_code: bool = False) -> web.Response:
        """The envelope on its way."""
        kind, status = self.kind, self.status or self.kind.code
        if body_code:
            status = 428 if kind is PRECONDITION else kind.code
            kind = kind._replace(code=status)
        envelope = wire.Envelope(kind.name, self.message, kind.code, kind.class_name, self.data)
        answer = json_answer(envelope, status)
        answer.headers.update(self.headers)
        return answer.response()


def no_field() -> Refusal:
    """An answer that belongs to no field, or a submission that cannot be used (D-9)."""
    data = "Maybe the organization has changed the form and you're submit is not valid anymore."
    return Refusal(BAD_REQUEST, "Some element not as field, please check or try again", data)


def no_service() -> Refusal:
    """No service, or none that the agent gives (D-26)."""
    return Refusal(BAD_REQUEST, "A valid service id is required")


def dead_token() -> Refusal:
    """The token of an appointment that opens it no longer."""
    return Refusal(NOT_AUTHENTICATED, "The token is not valid any more.")


def suspicious() -> Refusal:
    """A bot, as the captcha or the honeypot has it."""
    text = "Your submit looks suspicious, not pass the captcha validation."
    return Refusal(UNPROCESSABLE, text, {"extraData": "invalid-input-response"}, 400)


def _not_found(error: errors.NotFound, request: web.Request) -> Refusal:
    match request.match_info.route.name:
        case "enqueue":
            branch = request.match_info["branch"]
            text = f'The segment for the branch "{branch}" is not assigned or the branch id is incorrect'
            return Refusal(NOT_FOUND, text, status=400)
        case "queues":
            return Refusal(NOT_FOUND, "The branch was not found")
        case "queue":
            return Refusal(NOT_FOUND, "The branch or segment was not found")
        case "form" | "submit":
            return Refusal(NOT_FOUND, "Not form found in segment provided.", status=400)
        case "schedule_service" | "schedule_user" if error.kind == "service":
            return no_service()
    return Refusal(NOT_FOUND, f"No record found for id '{error.id}'")


def _conflict(error: errors.Conflict, request: web.Request) -> Refusal:
    if error.kind == "slot" and HOUR in request:
        return Refusal(CONFLICT, f'Sorry, the hour "{request[HOUR]}" is unavailable.')
    if error.kind == "appointment":  # its state does not allow it
        return dead_token()
    return Refusal(CONFLICT, str(error))


def _no_agent(error: errors.NoAgentAvailable, _: web.Request) -> Refusal:
    return Refusal(NOT_ACCEPTABLE, f'Not agent available in the segment "{error.queue}", please try later.')


def _field_invalid(error: errors.FieldInvalid, _: web.Request) -> Refusal:
    limit = wire.plain(error.limit or 0)
    said = {
        "required": f'The value is required for element "{error.field}".',
        "maximum": f'The maximum of value is {limit} for element "{error.field}".',
        "minimum": f'The minimum of value is {limit} for element "{error.field}".',
        "maxlength": f'You reach the max characters is {limit} for element "{error.field}".',
        "minlength": f'You need at least {limit} characters for element "{error.field}".',
    }
    return Refusal(BAD_REQUEST, said.get(error.rule, f'The value is invalid for element "{error.field}".'))


def _token_refused(error: TokenRefused, _: web.Request) -> Refusal:
    said = {
        "malformed": "jwt malformed",
        "undecodable": f"Unexpected token \ufffd in JSON at position {error.position}",
        "signature": "invalid signature",
        "expired": "jwt expired",
    }
    return Refusal(NOT_AUTHENTICATED, said.get(error.fault, "Authorization header with valid JWT is required."))


def _forbidden(_: errors.Forbidden, request: web.Request) -> Refusal:
    text = f"You don't have access to {request.path}. Please contact to your administrator."
    return Refusal(FORBIDDEN, text)


def _too_many(error: errors.TooManyAttempts, _: web.Request) -> Refusal:
    return Refusal(TOO_MANY_REQUESTS, "Too many requests, please try again later.", headers=retry_after(error))


def _unavailable(_: Exception, __: web.Request) -> Refusal:
    text = "The service cannot answer now and nothing was changed, please try again."
    return Refusal(UNAVAILABLE, text, headers={"Retry-After": "1"})


def _http(error: web.HTTPException, request: web.Request) -> Refusal:
    said = {
        404: "Page not found",
        405: f"Method `{request.method}` is not supported by this endpoint.",
        413: "The body is larger than allowed.",
    }
    kind = BY_STATUS.get(error.status, BAD_REQUEST if error.status < 500 else GENERAL_ERROR)
    kept = {name: value for name, value in error.headers.items() if name == "Allow"}
    return Refusal(kind, said.get(error.status, error.reason), status=error.status, headers=kept)


def _bug(_: Exception, request: web.Request) -> Refusal:
    log.exception("bug", path=request.path)
    return Refusal(GENERAL_ERROR, "Something went wrong on our side.")


REFUSALS: Mapping[type[Exception], Callable[[Any, web.Request], Refusal]] = {
    errors.NotFound: _not_found,
    errors.Conflict: _conflict,
    errors.Gone: lambda e, _: dead_token() if e.kind == "token" else Refusal(GONE, str(e)),
    errors.Invalid: lambda e, _: Refusal(BAD_REQUEST, str(e)),
    InThePast: lambda e, _: Refusal(BAD_REQUEST, "The date can not be in the past.", "dateInPast"),
    errors.LimitExceeded: lambda e, _: Refusal(BAD_REQUEST, str(e)),
    errors.FieldInvalid: _field_invalid,
    errors.UnknownField: lambda e, _: no_field(),
    errors.FormRequired: lambda e, _: Refusal(
        PRECONDITION, "Is mandatory to provide a forms submission id.", status=428
    ),
    errors.SubmissionUnusable: lambda e, _: no_field(),
    errors.NoAgentAvailable: _no_agent,
    errors.BranchClosed: lambda e, _: Refusal(
        UNPROCESSABLE, "We're not able to request adding you to the queue, try again."
    ),
    errors.QueueFull: lambda e, _: Refusal(
        UNPROCESSABLE, "We're not able to request adding you to the queue, try again."
    ),
    TokenRefused: _token_refused,
    errors.NotAuthenticated: lambda e, _: Refusal(
        NOT_AUTHENTICATED, "Authorization header with valid JWT is required."
    ),
    KeyRemoved: lambda e, _: Refusal(FORBIDDEN, "The integration token it's invalid or was removed."),
    errors.Forbidden: _forbidden,
    errors.TooManyAttempts: _too_many,
    errors.IdempotencyMismatch: lambda e, _: Refusal(
        UNPROCESSABLE, "The idempotency key was used before with another request."
    ),
    errors.IdempotencyInFlight: lambda e, _: Refusal(
        CONFLICT, "The first request with this idempotency key is still under way."
    ),
    errors.Unavailable: _unavailable,
    errors.DomainMoved: _unavailable,
    errors.Refused: lambda e, _: Refusal(BAD_REQUEST, "The request cannot be carried out."),
    Refusal: lambda e, _: e,
    msgspec.ValidationError: lambda e, _: Refusal(BAD_REQUEST, str(e)),
    msgspec.DecodeError: lambda e, _: Refusal(BAD_REQUEST, f"The body is not JSON: {e}"),
    web.RequestPayloadError: lambda e, _: Refusal(BAD_REQUEST, "The body cannot be read."),
    web.HTTPException: _http,
    Exception: _bug,
}
"""Error → what is said, looked up along the error's classes."""


def envelope(error: Exception, request: web.Request) -> web.Response:
    """Any refusal, unknown route or bug, in the envelope."""
    caller = request.get(CALLER)
    body_code = caller is not None and caller.options.text("status_policy") == "body-code"
    return said_of(error, request, REFUSALS).response(body_code=body_code)
