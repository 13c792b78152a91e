"""The dialect as it is described to programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from qms.web.openapi.operation import IDEMPOTENCY_KEY, Face, Operation, Parameter, Reply, Scheme
from qms_gateway.dialects.videsk import wire
from qms_gateway.dialects.videsk.face import PREFIX, QUEUES, ROOT
from qms_gateway.dialects.videsk.webhook_wire import WEBHOOKS

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
WRONG_SUBMISSION = "the form's submission cannot be used"


def _refusals(*more: Mapping[int, str]) -> dict[int, Reply]:
    return {
        status: Reply(meaning=meaning, shape=wire.Envelope, headers=_headers(status))
        for table in (ALWAYS, *more)
        for status, meaning in table.items()
    }


def _headers(status: int) -> Mapping[str, str]:
    return {"Retry-After": "Seconds after which it is worth another try."} if status in (429, 503) else {}


def _ok(shape: Any, meaning: str, status: int = 200) -> dict[int, Reply]:
    return {status: Reply(meaning=meaning, shape=shape)}


def _whole(name: str, meaning: str) -> Parameter:
    return Parameter(name=name, where="query", meaning=meaning)


BRANCHES = Operation(
    id="branches",
    method="get",
    path=f"{PREFIX}{ROOT}/branches",
    summary="All branches of the account",
    replies={**_ok(Sequence[wire.Branch], "The branches, in the order of the network file."), **_refusals()},
    schemes=(KEY.name,),
)
LIST_QUEUES = Operation(
    id="queues",
    method="get",
    path=PREFIX + QUEUES,
    summary="The queues of a branch, with how they are doing",
    replies={
        **_ok(Sequence[wire.Queue], "The queues attached to the branch."),
        **_refusals({404: "No such branch."}),
    },
    schemes=(KEY.name,),
)
QUEUE = Operation(
    id="queue",
    method="get",
    path=f"{PREFIX}{QUEUES}/{{queue}}",
    summary="One queue of a branch",
    replies={**_ok(wire.Queue, "The queue."), **_refusals({404: "No such branch, or no such queue there."})},
    schemes=(KEY.name,),
)
ENQUEUE = Operation(
    id="enqueue",
    method="post",
    path=f"{PREFIX}{QUEUES}/{{queue}}",
    summary="Put somebody who is in the branch into a queue",
    body=wire.Enqueue,
    body_optional=True,
    parameters=(IDEMPOTENCY_KEY,),
    replies={
        **_ok(wire.Enqueued, "The ticket, once it is on disk.", 201),
        **_refusals(
            BODY,
            {
                400: f"The body cannot be used, {WRONG_SUBMISSION}; or no such queue there (`code` 404, D-1).",
                404: "No such queue there, for accounts with status_policy body-code (D-1).",
                406: "Nobody who serves the queue is signed in (D-8).",
                422: "The branch is closed; or the idempotency key came with another request before.",
                428: "The queue wants a form's submission (`code` 426, D-1).",
            },
        ),
    },
    schemes=(KEY.name,),
)
SEGMENTS = Operation(
    id="segments",
    method="get",
    path=f"{PREFIX}{ROOT}/segments",
    summary="The queues, one page of them",
    parameters=(
        _whole("$limit", "1 to 100; 10 unless said. What is no number counts as absent."),
        _whole("$skip", "So many are passed over; 0 unless said."),
    ),
    replies={**_ok(wire.Segments, "One page."), **_refusals()},
    schemes=(KEY.name,),
)
FORM = Operation(
    id="form",
    method="get",
    path=f"{PREFIX}{ROOT}/forms/{{segment}}",
    summary="The form that a queue asks for, and how to get a captcha token for it",
    parameters=(
        Parameter(
            name="version", where="query", meaning="Which form; base unless said.", schema={"enum": ["base", "contact"]}
        ),
    ),
    replies={
        **_ok(wire.Form, "The form."),
        **_refusals(
            {400: "No such form (`code` 404, D-1).", 404: "The same, for accounts with status_policy body-code."}
        ),
    },
    schemes=(KEY.name,),
)
SUBMIT = Operation(
    id="submit",
    method="post",
    path=f"{PREFIX}{ROOT}/forms",
    summary="Keep somebody's answers to a form",
    body=wire.Submission,
    parameters=(IDEMPOTENCY_KEY,),
    replies={
        **_ok(wire.Submitted, "Kept; `submission` is what an enqueue wants as `form`.", 201),
        **_refusals(
            BODY,
            {
                400: "No such form (`code` 404), answers that do not fit it, or a bot (`code` 422, D-1).",
                404: "No such form, for accounts with status_policy body-code.",
                422: "A bot, for such accounts; or the idempotency key came with another request before.",
            },
        ),
    },
    schemes=(KEY.name,),
)

FACES = (
    Face(
        name="Videsk",
        about="The QMS and forms interfaces of the Videsk dialect. Every refusal is in one envelope.",
        operations=(BRANCHES, LIST_QUEUES, QUEUE, ENQUEUE, SEGMENTS, FORM, SUBMIT),
        schemes=(KEY,),
        parameters=(
            Parameter(name="branch", where="path", meaning="The branch's id, or its key (the vendor's integrationId)."),
            Parameter(name="queue", where="path", meaning="The queue's id or key."),
            Parameter(name="segment", where="path", meaning="The queue's id or key."),
        ),
    ),
    Face(
        name="VideskWebhooks",
        about="What webhooks of the Videsk dialect are sent. Dates are in UTC, durations in minutes.",
        operations=(),
        webhooks=WEBHOOKS,
    ),
)
