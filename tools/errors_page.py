"""The page of refusals: what each fact for which a command is refused becomes in every dialect."""

import inspect
import json
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime

import msgspec
from aiohttp import web
from aiohttp.test_utils import make_mocked_request

from qms.domain import errors
from qms.web.problems import problem, refusal
from qms.web.refusing import said_of
from qms_gateway.dialects.auvious import errors as auvious
from qms_gateway.dialects.videsk import errors as videsk
from qms_gateway.dialects.voki import errors as voki

HEAD = """\
# Refusals

What is refused, and how each interface says so: our own in `application/problem+json` (`kind` and `winner` say what
won), the dialects in their vendors' envelopes. Names and numbers are examples. Where a vendor documents words of its
own for a route, that route says them: [Videsk](videsk.md), [Auvious](auvious.md), [Voki](voki.md). A mistake of ours is
a 500 in every envelope, which says nothing more; the log does.

| what happened | our own | Videsk | Auvious | Voki |
|---|---|---|---|---|"""

EXAMPLES: Sequence[Exception] = (
    errors.NotFound("branch", "north"),
    errors.Conflict("ticket", "serving"),
    errors.CheckedInElsewhere("Centre"),
    errors.Gone("offer", "withdrawn"),
    errors.Invalid("timezone", "the name of a time zone"),
    errors.LimitExceeded("reason", 500),
    errors.FieldInvalid("age", "minimum", 18),
    errors.UnknownField("shoe"),
    errors.FormRequired("loans"),
    errors.SubmissionUnusable("652a1ae848880e168884e49b"),
    errors.NoAgentAvailable("loans"),
    errors.BranchClosed("centre", datetime(2027, 1, 4, 9, tzinfo=UTC)),
    errors.QueueFull("loans", "full"),
    errors.NotAuthenticated("key"),
    errors.Forbidden("issue and take back keys"),
    errors.TooManyAttempts(12),
    errors.IdempotencyMismatch(),
    errors.IdempotencyInFlight(),
    errors.Unavailable(),
    msgspec.DecodeError("JSON is malformed"),
    web.HTTPNotFound(),
    web.HTTPMethodNotAllowed("PUT", ["GET"]),
    web.HTTPRequestEntityTooLarge(max_size=1_000_000, actual_size=2_000_000),
)
WHAT = {
    msgspec.DecodeError: "The body is not JSON.",
    web.HTTPNotFound: "There is nothing at this address.",
    web.HTTPMethodNotAllowed: "The address does not take this method.",
    web.HTTPRequestEntityTooLarge: "The body is too large.",
}
"""What happened, where no fact of ours says it."""


def page() -> str:
    """The whole page."""
    return "\n".join([HEAD, *(f"| {' | '.join(_row(error))} |" for error in EXAMPLES)]) + "\n"


def _row(error: Exception) -> Iterator[str]:
    request = make_mocked_request("PUT", "/branches")
    yield WHAT.get(type(error)) or (inspect.getdoc(type(error)) or "").splitlines()[0]
    own = problem(error.status, error.reason) if isinstance(error, web.HTTPException) else refusal(error)
    about = json.loads(own.body) if own is not None else {}
    yield _said(about["status"], about["title"], about["detail"])
    said = said_of(error, request, videsk.REFUSALS)
    status = said.status or said.kind.code
    yield _said(status, said.kind.name + (f", code {said.kind.code}" if status != said.kind.code else ""), said.message)
    told = said_of(error, request, auvious.REFUSALS)
    yield _said(told.status, auvious.NAMES.get(told.status, ""), told.message)
    spoken = said_of(error, request, voki.REFUSALS)
    if isinstance(spoken.said, str):
        yield _said(spoken.status, "", spoken.said)
    else:
        yield _said(spoken.status, f"`{json.dumps(dict(spoken.said))}`", "")


def _said(status: int, name: str, text: str) -> str:
    words = " · ".join(part for part in (name, f"“{text}”" if text else "") if part)
    return f"{status} {words}".replace("|", "\\|").strip()
