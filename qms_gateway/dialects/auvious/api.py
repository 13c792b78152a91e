"""The dialect as it is described to programs."""

from collections.abc import Mapping, Sequence
from typing import Any

from qms.web.openapi.operation import IDEMPOTENCY_KEY, Face, Operation, Parameter, Reply, Scheme
from qms_gateway.dialects.auvious import wire
from qms_gateway.dialects.auvious.face import APPOINTMENTS, EVENTS, NOTIFICATIONS, SECURITY
from qms_gateway.dialects.auvious.webhook_wire import WEBHOOKS

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


def _operation(id: str, method: Any, path: str, summary: str, ok: Reply, *tables: Any, **more: Any) -> Operation:
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


def _query(name: str, meaning: str, *, required: bool = False, **schema: Any) -> Parameter:
    return Parameter(name=name, where="query", meaning=meaning, required=required, schema={"type": "string", **schema})


APPOINTMENT = Reply(meaning="The appointment as it is now.", shape=wire.Appointment)
DONE = Reply(meaning="Done.")
APPLICATION = _query("applicationId", "The application.", required=True, minLength=1)
START = _query("start", "An instant, RFC 3339.", required=True, format="date-time")
LONGEST = "an ISO 8601 duration such as PT10H, of at most 3660 days."
ONE = f"{APPOINTMENTS}/{{id}}"

LIST = _operation(
    "findAll",
    "get",
    f"{APPOINTMENTS}/",
    "The appointments that one sees, a page at a time",
    Reply(meaning="A page; one beyond the last is empty.", shape=wire.Page),
    {404: "No such application."},
    parameters=(
        _query("organizerId", "Ids of organizers, separated by commas; for supervisors only."),
        _query("duration", "Durations, separated by commas."),
        _query("range", "A start and an end, separated by a comma: both ends of an appointment lie between."),
        _query("applicationId", "One application's appointments only."),
        Parameter(
            name="pageSize",
            where="query",
            meaning="25 unless said.",
            schema={"type": "integer", "minimum": 1, "maximum": 100},
        ),
        Parameter(
            name="pageNumber",
            where="query",
            meaning="From 1.",
            schema={"type": "integer", "minimum": 1, "maximum": 10**9},
        ),
        _query("sortField", "start unless said.", enum=["start", "end", "duration", "id"]),
        _query("sortOrder", "asc unless said.", enum=["asc", "desc"]),
    ),
)
OPERATIONS = (
    LIST,
    _operation(
        "create",
        "post",
        f"{APPOINTMENTS}/",
        "Make an appointment, as staff or as a program (A-21)",
        APPOINTMENT,
        {404: "No such application or agent."},
        body=wire.StaffSchedule,
    ),
    _operation(
        "createForOneself",
        "post",
        f"{APPOINTMENTS}/basic",
        "Make an appointment of one's own, with a code that proves who one is (A-7)",
        APPOINTMENT,
        body=wire.Schedule,
        schemes=(CODE.name,),
    ),
    _operation(
        "update",
        "put",
        f"{APPOINTMENTS}/",
        "Replace title, notes, metadata and interaction (A-16)",
        APPOINTMENT,
        NOTHING,
        body=wire.Update,
    ),
    _operation("delete", "delete", ONE, "Cancel an appointment (A-6)", DONE, NOTHING, STATE, status=204),
    _operation("find", "get", ONE, "One appointment", APPOINTMENT, NOTHING),
    _operation("end", "put", f"{ONE}/end", "The conversation is over (A-17)", APPOINTMENT, NOTHING, STATE),
    _operation(
        "removeParticipant",
        "delete",
        f"{ONE}/participants/{{pid}}",
        "Somebody does not take part any more (A-14)",
        APPOINTMENT,
        NOTHING,
        STATE,
    ),
    _operation(
        "participant",
        "get",
        f"{ONE}/participants/{{pid}}",
        "Who somebody is; a customer only for a while after the end (A-15)",
        Reply(meaning="Who it is.", shape=wire.ParticipantDetails),
        NOTHING,
    ),
    _operation(
        "activate",
        "post",
        f"{APPOINTMENTS}/activate/{{id}}",
        "Open the way into an appointment; asked again, the same (A-9)",
        Reply(meaning="The way in.", shape=wire.Activation),
        NOTHING,
    ),
    _operation(
        "count",
        "get",
        f"{APPOINTMENTS}/count",
        "How many appointments start at each time (A-11)",
        Reply(meaning="The times at which there are any, in order.", shape=Sequence[wire.Count]),
        parameters=(APPLICATION, START, _query("timeFrame", f"How far on: {LONGEST}", required=True)),
        schemes=(),
    ),
    _operation(
        "eligible",
        "get",
        f"{APPOINTMENTS}/eligible/",
        "Appointments that can be activated (A-10)",
        Reply(meaning="Those, by start.", shape=Sequence[wire.Eligible]),
        parameters=(_query("timeFrame", f"How long before the start: {LONGEST} Nothing unless said."),),
    ),
    _operation(
        "overlapCount",
        "get",
        f"{APPOINTMENTS}/overlap/count",
        "How many appointments lie over a time (A-11)",
        Reply(meaning="So many.", shape=wire.Overlap),
        parameters=(APPLICATION, START, _query("duration", f"How long: {LONGEST}", required=True)),
        schemes=(),
    ),
    _operation(
        "addAgent",
        "post",
        f"{APPOINTMENTS}/participants/agents/",
        "An agent takes part; 409 if he does",
        APPOINTMENT,
        {404: "No such appointment or agent."},
        body=wire.AgentOf,
    ),
    _operation(
        "addCustomer",
        "post",
        f"{APPOINTMENTS}/participants/customers/",
        "A customer takes part",
        APPOINTMENT,
        NOTHING,
        body=wire.CustomerOf,
    ),
    _operation(
        "reassign",
        "put",
        f"{APPOINTMENTS}/reassign/",
        "Another agent in the place of whose it was (A-12)",
        APPOINTMENT,
        {404: "No such appointment or agent."},
        body=wire.AgentOf,
    ),
    _operation(
        "reschedule",
        "put",
        f"{APPOINTMENTS}/reschedule/",
        "To another time (A-13)",
        APPOINTMENT,
        NOTHING,
        body=wire.Reschedule,
    ),
    _operation(
        "googleEvent",
        "get",
        f"{EVENTS}/google/{{id}}/event",
        "To Google's page for a new event (A-18)",
        Reply(meaning="Where that is."),
        {404: "No such appointment."},
        status=302,
        schemes=(),
    ),
    _operation(
        "icalEvent",
        "get",
        f"{EVENTS}/ical/{{id}}/event",
        "The appointment as an iCalendar file (A-18)",
        Reply(meaning="The file.", content_type="text/calendar"),
        {404: "No such appointment."},
        schemes=(),
    ),
    _operation(
        "confirmEmails",
        "post",
        f"{NOTIFICATIONS}/emails/confirm",
        "Say back the code that came by e-mail (A-19)",
        DONE,
        {404: "No such application, or no code was sent."},
        status=204,
        body=wire.Confirmation,
    ),
    _operation(
        "testEmails",
        "post",
        f"{NOTIFICATIONS}/emails/test",
        "Send one notification to somebody",
        DONE,
        {404: "No such application."},
        status=204,
        body=wire.EmailTest,
    ),
    _operation(
        "token",
        "post",
        f"{SECURITY}/oauth/token",
        "A token for a client; its id and secret may stand in a form or in Basic instead",
        Reply(meaning="The token.", shape=wire.Token),
        {401: "No such client."},
        parameters=(
            _query("grant_type", "client_credentials.", enum=["client_credentials"]),
            _query("client_id", "As `turnero token --kind client` printed it."),
            _query("client_secret", "The same."),
        ),
        keyed=False,
        schemes=(),
    ),
    _operation(
        "otp",
        "post",
        f"{SECURITY}/otp",
        "Send a code to a contact",
        Reply(meaning="It is on its way; this is its id.", shape=wire.Otp),
        {401: "A token came along that is not genuine."},
        body=wire.OtpRequest,
        schemes=(),
    ),
    _operation(
        "otpVerify",
        "post",
        f"{SECURITY}/otp/verify",
        "See whether a code is the one that was sent",
        Reply(meaning="It is."),
        {404: "No such code was sent."},
        status=204,
        body=wire.OtpVerify,
        schemes=(),
    ),
)

FACES = (
    Face(
        name="Auvious",
        about="The appointments interface of the Auvious dialect. Every refusal has one body (A-1). The last slash of "
        "an address may be there or not; an account's auvious_prefix may stand before it (A-8).",
        operations=OPERATIONS,
        schemes=(TOKEN, CODE),
        parameters=(
            Parameter(name="id", where="path", meaning="The appointment's id, a UUID."),
            Parameter(name="pid", where="path", meaning="The participant's id, a UUID."),
        ),
    ),
    Face(
        name="AuviousWebhooks",
        about="What webhooks of the Auvious dialect are sent. `x-signature` is the HMAC-SHA256 of the payload's text, "
        "in hex, under the webhook's secret.",
        operations=(),
        webhooks=WEBHOOKS,
    ),
)
