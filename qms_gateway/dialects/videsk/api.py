"""The dialect as it is described to programs."""

from collections.abc import Sequence

from qms.web.openapi.operation import IDEMPOTENCY_KEY, Face, Operation, Parameter
from qms_gateway.dialects.videsk import api_calendar, api_exports, api_surveys, wire
from qms_gateway.dialects.videsk.api_parts import BODY, KEY, PAGE, ok, refusals
from qms_gateway.dialects.videsk.face import PREFIX, QUEUES, ROOT
from qms_gateway.dialects.videsk.webhook_wire import WEBHOOKS

WRONG_SUBMISSION = "the form's submission cannot be used"

BRANCHES = Operation(
    id="branches",
    method="get",
    path=f"{PREFIX}{ROOT}/branches",
    summary="All branches of the account",
    replies={**ok(Sequence[wire.Branch], "The branches, in the order of the network file."), **refusals()},
    schemes=(KEY.name,),
)
LIST_QUEUES = Operation(
    id="queues",
    method="get",
    path=PREFIX + QUEUES,
    summary="The queues of a branch, with how they are doing",
    replies={
        **ok(Sequence[wire.Queue], "The queues attached to the branch."),
        **refusals({404: "No such branch."}),
    },
    schemes=(KEY.name,),
)
QUEUE = Operation(
    id="queue",
    method="get",
    path=f"{PREFIX}{QUEUES}/{{queue}}",
    summary="One queue of a branch",
    replies={**ok(wire.Queue, "The queue."), **refusals({404: "No such branch, or no such queue there."})},
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
        **ok(wire.Enqueued, "The ticket, once it is on disk.", 201),
        **refusals(
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
    parameters=PAGE,
    replies={**ok(wire.Segments, "One page."), **refusals()},
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
        **ok(wire.Form, "The form."),
        **refusals(
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
        **ok(wire.Submitted, "Kept; `submission` is what an enqueue wants as `form`.", 201),
        **refusals(
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
        about="QMS, forms, surveys and calendar of the Videsk dialect. Every refusal is in one envelope.",
        operations=(
            BRANCHES,
            LIST_QUEUES,
            QUEUE,
            ENQUEUE,
            SEGMENTS,
            FORM,
            SUBMIT,
            *api_surveys.OPERATIONS,
            *api_calendar.OPERATIONS,
        ),
        schemes=(KEY, api_calendar.APPOINTMENT),
        parameters=(
            Parameter(name="branch", where="path", meaning="The branch's id, or its key (the vendor's integrationId)."),
            Parameter(name="queue", where="path", meaning="The queue's id or key."),
            Parameter(name="segment", where="path", meaning="The queue's id or key."),
            api_surveys.ASKER,
            Parameter(name="service", where="path", meaning="The service's id or key."),
            Parameter(name="user", where="path", meaning="The agent's id or key."),
        ),
    ),
    Face(
        name="VideskReports",
        about="The exports of the Videsk dialect, for keys of the kind api-token, in the same envelope.",
        operations=api_exports.OPERATIONS,
        schemes=(api_exports.API_TOKEN,),
    ),
    Face(
        name="VideskWebhooks",
        about="What webhooks of the Videsk dialect are sent. Dates are in UTC, durations in minutes.",
        operations=(),
        webhooks=WEBHOOKS,
    ),
)
