"""Refusals on our own interfaces: RFC 9457 problem details, one table for all faces."""

from collections.abc import Awaitable, Callable, Mapping

import msgspec
import structlog
from aiohttp import web

from qms.domain import errors
from qms.domain.passwords import SHORTEST
from qms.services.one_time_passwords import NewPasswordWanted
from qms.services.second_factor import CodeWanted
from qms.web.answers import Answer, json_answer
from qms.web.pages.rendering import ENVIRONMENTS, render_refusal
from qms.web.rate_limit import retry_after

log = structlog.get_logger(__name__)
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


def problem(status: int, title: str, detail: str = "", **more: object) -> Answer:
    """A problem document; `type` is about:blank, the title is the status's own meaning here."""
    body = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return json_answer(body, status, content_type="application/problem+json")


def _too_many(error: errors.TooManyAttempts) -> Answer:
    answer = problem(429, "Too many attempts", "Please try again later.")
    answer.headers.update(retry_after(error))
    return answer


def _under_way() -> Answer:
    answer = problem(409, "The first request with this key is still under way")
    answer.headers["Retry-After"] = "1"
    return answer


REFUSALS: Mapping[type[Exception], Callable[..., Answer]] = {
    errors.NotFound: lambda e: problem(404, "Not found", str(e), kind=e.kind),
    errors.Conflict: lambda e: problem(409, "Conflict", str(e), kind=e.kind, winner=e.what),
    errors.CheckedInElsewhere: lambda e: problem(409, "Conflict", str(e), kind=e.kind, winner=e.what, branch=e.branch),
    errors.Gone: lambda e: problem(410, "Gone", str(e), kind=e.kind, winner=e.what),
    errors.Invalid: lambda e: problem(422, "Invalid", str(e), field=e.field, expected=e.expected),
    errors.FormRequired: lambda e: problem(428, "A form is required", "", queue=e.queue),
    errors.SubmissionUnusable: lambda e: problem(422, "The form submission cannot be used", str(e)),
    errors.NoAgentAvailable: lambda e: problem(
        409, "Nobody serves this queue now", "", kind="queue", winner="unstaffed"
    ),
    errors.BranchClosed: lambda e: problem(409, "The branch is closed", "", kind="branch", winner="closed"),
    errors.QueueFull: lambda e: problem(409, "The queue takes nobody more", "", kind="queue", winner=e.why),
    CodeWanted: lambda e: problem(401, "A code is wanted", "", kind="code"),
    NewPasswordWanted: lambda e: problem(
        401, "A new password is wanted", "", kind="new_password", expected=f"{SHORTEST} letters or more"
    ),
    errors.NotAuthenticated: lambda e: problem(401, "Not signed in"),
    errors.Forbidden: lambda e: problem(403, "Not allowed", e.action),
    errors.TooManyAttempts: _too_many,
    errors.IdempotencyMismatch: lambda e: problem(422, "The idempotency key was used with another request"),
    errors.IdempotencyInFlight: lambda e: _under_way(),
    errors.Unavailable: lambda e: problem(503, "The database cannot answer now", "Nothing was changed."),
    msgspec.ValidationError: lambda e: problem(422, "Invalid", str(e)),
    msgspec.DecodeError: lambda e: problem(400, "Malformed JSON", str(e)),
    web.RequestPayloadError: lambda e: problem(400, "The body cannot be read"),
}
"""Error → answer, looked up along the error's classes."""


def refusal(error: Exception) -> Answer | None:
    """The answer for an error that means something to a caller."""
    for kind in type(error).__mro__:
        if kind in REFUSALS:
            return REFUSALS[kind](error)
    return None


def has_left(request: web.Request, error: Exception) -> bool:
    """Whether an error is only that the caller has hung up; whatever is answered then, nobody hears."""
    gone = request.transport is None or request.transport.is_closing()
    return gone and isinstance(error, ConnectionError)


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Answer refusals, unknown routes and bugs as problem documents; a bug is logged and says nothing."""
    try:
        return await handler(request)
    except web.HTTPException as error:
        if error.status < 400 or error.content_type == "application/problem+json":
            raise
        answer = problem(error.status, error.reason)
        answer.headers.update({k: v for k, v in error.headers.items() if k in ("Allow", "Retry-After")})
    except Exception as error:
        found = refusal(error)
        if found is None and has_left(request, error):
            return web.Response(status=400)
        if found is None:
            log.exception("bug", path=request.path)
        answer = found or problem(500, "Something went wrong on our side")
    return _page(request, answer) if _is_for_a_person(request) else answer.response()


def _is_for_a_person(request: web.Request) -> bool:
    return request.method == "GET" and "text/html" in request.headers.get("Accept", "") and ENVIRONMENTS in request.app


def _page(request: web.Request, answer: Answer) -> web.Response:
    page = render_refusal(request, answer.status)
    page.headers.update({k: v for k, v in answer.headers.items() if k in ("Allow", "Retry-After")})
    return page
