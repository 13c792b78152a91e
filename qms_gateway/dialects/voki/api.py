"""The dialect as it is described to programs."""

from collections.abc import Mapping
from typing import Any

from qms.domain.ids import UUID_ID
from qms.web.openapi.operation import IDEMPOTENCY_KEY, Face, Operation, Parameter, Reply, Scheme
from qms_gateway.dialects.voki import appointments, customers, departments, wire
from qms_gateway.dialects.voki.face import AUTH, ONE, PREFIX
from qms_gateway.dialects.voki.webhook_wire import WEBHOOKS

USER = Scheme(
    name="vokiUser",
    schema={
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The access token of a login, for 15 minutes.",
    },
)
TENANT = Parameter(
    name="X-Tenant",
    where="header",
    meaning="The account's slug: that of the token.",
    required=True,
)
UUID = {"type": "string", "format": "uuid"}
INSTANT = {"type": "string", "examples": ["2026-02-25T14:00:00Z"]}

ALWAYS: Mapping[int, str] = {
    429: "Too many logins failed within a minute, or too many tokens that are none came from this address.",
    503: "Nothing was changed; try again.",
}
STAFF: Mapping[int, str] = {
    401: "No token, not a genuine one any more, or another tenant's (K-6).",
    403: "The role is too low.",
}
BODY: Mapping[int, str] = {
    400: "The body is not JSON.",
    413: "The body is larger than 1 MiB.",
    415: "The body is of another media type.",
    422: "Some field cannot be used; `errors` says which, and why.",
}
KEYED: Mapping[int, str] = {409: "The first request with this idempotency key is still under way."}
UNKNOWN: Mapping[int, str] = {404: "There is no such thing here."}
QUERY: Mapping[int, str] = {422: "Some parameter cannot be used; `errors` says which, and why."}


def refusals(*more: Mapping[int, str]) -> dict[int, Reply]:
    """What may always be refused, and what is besides."""
    return {
        status: Reply(meaning=meaning, shape=wire.Errors, headers=_headers(status))
        for table in (ALWAYS, *more)
        for status, meaning in table.items()
    }


def _headers(status: int) -> Mapping[str, str]:
    return {"Retry-After": "Seconds after which it is worth another try."} if status in (429, 503) else {}


def _operation(id: str, method: Any, path: str, summary: str, answer: dict[int, Reply], **more: Any) -> Operation:
    parameters = (TENANT, *more.pop("parameters", ()), *((IDEMPOTENCY_KEY,) if method != "get" else ()))
    replies = {**answer, **refusals(STAFF, *more.pop("refused", ()), *((KEYED, BODY) if method != "get" else ()))}
    return Operation(
        id=id,
        method=method,
        path=PREFIX + path,
        summary=summary,
        replies=replies,
        parameters=parameters,
        schemes=(USER.name,),
        **more,
    )


def _ok(shape: Any, meaning: str, status: int = 200) -> dict[int, Reply]:
    return {status: Reply(meaning=meaning, shape=shape)}


def _query(name: str, meaning: str, schema: Mapping[str, Any], *, required: bool = False) -> Parameter:
    return Parameter(name=name, where="query", meaning=meaning, schema=schema, required=required)


def _pages(fields: Mapping[str, Any], usual: str) -> tuple[Parameter, ...]:
    return (
        _query("page", "Which page; 1 unless said, and at least.", {"type": "integer"}),
        _query("page_size", "How many on a page, from 1 to 100; 20 unless said.", {"type": "integer"}),
        _query("sort_by", f"By what it is sorted; {usual} unless said.", {"enum": list(fields)}),
        _query("sort_order", "Which way; asc unless said.", {"enum": ["asc", "desc"]}),
    )


FILTERS = (
    _query(
        "status",
        "Only those with this status.",
        {"enum": ["scheduled", "confirmed", "completed", "cancelled", "no_show"]},
    ),
    _query("date_from", "Only those that start then or later; a date is the whole day in UTC (K-8).", INSTANT),
    _query("date_to", "Only those that start then or earlier.", INSTANT),
    _query("user_id", "Only those of this user.", UUID),
    _query("department_id", "Only those of this department.", UUID),
)
CONFLICT = (
    _query("user_id", "Whose time it is.", UUID, required=True),
    _query("scheduled_at", "From when.", INSTANT, required=True),
    _query("duration_minutes", "For how long; 30 unless said.", {"type": "integer", "minimum": 1, "maximum": 44_640}),
    _query("exclude_id", "An appointment that does not count: the one that is being changed.", UUID),
)
SEARCH = _query("search", "Only those with this in name, e-mail address or telephone.", {"type": "string"})
SHOWN = "The appointment as it is now."


def _transition(id: str, path: str, summary: str, **more: Any) -> Operation:
    return _operation(id, "post", f"{ONE}/{path}", summary, _ok(wire.OneAppointment, SHOWN), refused=(UNKNOWN,), **more)


APPOINTMENTS = (
    _operation(
        "appointments",
        "get",
        "/appointments",
        "Appointments, one page of them",
        _ok(wire.Appointments, "One page, and where it stands."),
        refused=(QUERY,),
        parameters=(*_pages(appointments.SORTED, "scheduled_at"), *FILTERS),
    ),
    _operation(
        "create",
        "post",
        "/appointments",
        "Make an appointment",
        _ok(wire.OneAppointment, "The appointment.", 201),
        body=wire.Create,
    ),
    _operation(
        "conflicts",
        "get",
        "/appointments/conflicts",
        "What a user has at some time",
        _ok(wire.OneConflicts, "Whether there is anything, and what."),
        refused=(QUERY,),
        parameters=CONFLICT,
    ),
    _operation(
        "appointment", "get", ONE, "One appointment", _ok(wire.OneAppointment, "The appointment."), refused=(UNKNOWN,)
    ),
    _operation(
        "update",
        "put",
        ONE,
        "Change what is said about an appointment",
        _ok(wire.OneAppointment, SHOWN),
        refused=(UNKNOWN,),
        body=wire.Update,
        body_optional=True,
    ),
    _transition("confirm", "confirm", "It stands, say user or customer"),
    _transition("cancel", "cancel", "It does not take place", body=wire.Cancel, body_optional=True),
    _transition("complete", "complete", "It took place"),
    _transition("no_show", "no-show", "The customer did not come"),
)
PEOPLE = (
    _operation("me", "get", "/users/me", "Who is asking", _ok(wire.OneUser, "The user.")),
    _operation(
        "departments",
        "get",
        "/departments",
        "Departments, one page of them",
        _ok(wire.Departments, "One page."),
        refused=(QUERY,),
        parameters=_pages(departments.SORTED, "rank"),
    ),
    _operation(
        "department",
        "get",
        "/departments/{id}",
        "One department",
        _ok(wire.OneDepartment, "The department."),
        refused=(UNKNOWN,),
    ),
    _operation(
        "customers",
        "get",
        "/customers",
        "Customers, one page of them",
        _ok(wire.Customers, "One page."),
        refused=(QUERY,),
        parameters=(*_pages(customers.SORTED, "inserted_at"), SEARCH),
    ),
    _operation(
        "create_customer",
        "post",
        "/customers",
        "Keep a customer",
        _ok(wire.OneCustomer, "The customer.", 201),
        body=wire.CreateCustomer,
    ),
    _operation(
        "customer", "get", "/customers/{id}", "One customer", _ok(wire.OneCustomer, "The customer."), refused=(UNKNOWN,)
    ),
)


def _session(id: str, path: str, summary: str, answer: dict[int, Reply], **more: Any) -> Operation:
    replies = {**answer, **refusals({401: "Wrong credentials, or a token that is none any more."}, BODY)}
    return Operation(id=id, method="post", path=AUTH + path, summary=summary, replies=replies, **more)


SESSIONS = (
    _session(
        "login",
        "/login",
        "Log in",
        _ok(wire.OneLoggedIn, "Tokens, and whose they are."),
        body=wire.Login,
    ),
    _session("refresh", "/refresh", "Go on", _ok(wire.OneTokens, "New tokens."), body=wire.Refresh),
    _session(
        "verify",
        "/mfa/verify",
        "Show a second factor",
        _ok(wire.OneLoggedIn, "Tokens, and whose they are."),
        body=wire.Verify,
    ),
    _session(
        "logout",
        "/logout",
        "Log out",
        {204: Reply(meaning="Every token of this login is dead.")},
        body=wire.Logout,
        body_optional=True,
        parameters=(TENANT,),
        schemes=(USER.name,),
    ),
)

FACES = (
    Face(
        name="Voki",
        about="The appointment interface of the Voki dialect. Every refusal is in one envelope.",
        operations=(*APPOINTMENTS, *PEOPLE, *SESSIONS),
        schemes=(USER,),
        parameters=(
            Parameter(
                name="id",
                where="path",
                meaning="The id, spelled as a UUID.",
                schema={"type": "string", "pattern": UUID_ID.pattern},
            ),
        ),
    ),
    Face(
        name="VokiWebhooks",
        about="What webhooks of the Voki dialect are sent, signed in X-Voki-Signature. Instants are in UTC.",
        operations=(),
        webhooks=WEBHOOKS,
    ),
)
