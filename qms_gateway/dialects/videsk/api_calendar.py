"""The calendar of this dialect as it is described to programs."""

from collections.abc import Sequence
from typing import Any

from qms.web.openapi.operation import IDEMPOTENCY_KEY, Operation, Parameter, Reply, Scheme
from qms_gateway.dialects.videsk import calendar_wire as wire
from qms_gateway.dialects.videsk.api_parts import BODY, KEY, PAGE, ok, refusals
from qms_gateway.dialects.videsk.face import PREFIX, ROOT

APPOINTMENT = Scheme(
    name="videskAppointment",
    schema={
        "type": "http",
        "scheme": "bearer",
        "bearerFormat": "JWT",
        "description": "The accessToken (to look) or the actionToken (to change) that a booking gave.",
    },
)

DATE = "No date, one in the past, or no time zone."
TAKEN = "The hour is unavailable; or the first request with this idempotency key is still under way."
REUSED = "The idempotency key came with another request before."
DEAD = "Moved, cancelled, started or over (`The token is not valid any more.`); no token, or not a genuine one."
ELSEWHERE = "A key, or the token of the other kind."

WHEN = (
    Parameter(
        name="date",
        where="query",
        meaning="Any moment of the month (dates) or of the day (hours) that is asked for.",
        schema={"type": "string", "format": "date-time"},
        required=True,
    ),
    Parameter(
        name="timezone",
        where="query",
        meaning="Whose days: an IANA name, an offset such as +02:00, or Z.",
        required=True,
    ),
)
SERVICE = Parameter(
    name="service", where="query", meaning="Which of the agent's services; his first unless said (D-30)."
)


def _look(what: str, whose: str, summary: str) -> Operation:
    kind = whose.removesuffix("s")
    meaning = {"dates": "The first instants of the days.", "hours": "The starts, in order."}[what]
    return Operation(
        id=f"{kind}_{what}",
        method="get",
        path=f"{PREFIX}{ROOT}/{whose}/{{{kind}}}/{what}",
        summary=summary,
        parameters=(*WHEN, SERVICE) if kind == "user" else WHEN,
        replies={**ok(Sequence[str], meaning), **refusals({400: DATE, 404: f"No such {kind}."})},
        schemes=(KEY.name,),
    )


def _change(id: str, path: str, summary: str, body: Any, replies: dict[int, Reply], scheme: Scheme) -> Operation:
    return Operation(
        id=id,
        method="post",
        path=f"{PREFIX}{ROOT}/schedule/{path}",
        summary=summary,
        body=body,
        body_optional=body is wire.Cancellation,
        parameters=(IDEMPOTENCY_KEY,),
        replies=replies,
        schemes=(scheme.name,),
    )


def _book(id: str, path: str, summary: str, wrong: str, more: dict[int, str]) -> Operation:
    told = refusals(BODY, {400: f"{wrong} or an answer that does not fit its form.", 409: TAKEN, 422: REUSED, **more})
    booked = ok(wire.Confirmation, "Booked, with the tokens to look at it, move it and cancel it.", 201)
    return _change(id, path, summary, wire.Booking, {**booked, **told}, KEY)


OPERATIONS = (
    Operation(
        id="services",
        method="get",
        path=f"{PREFIX}{ROOT}/services",
        summary="The services that can be booked, one page of them",
        parameters=PAGE,
        replies={**ok(wire.Services, "One page."), **refusals()},
        schemes=(KEY.name,),
    ),
    _look("dates", "services", "The days of a month on which a service can be booked"),
    _look("hours", "services", "The hours of a day at which a service can be booked"),
    _look("dates", "users", "The days of a month on which an agent can be booked"),
    _look("hours", "users", "The hours of a day at which an agent can be booked"),
    _book(
        "schedule_service",
        "service/{service}",
        "Book a service, with whichever agent is free",
        "No service, date, time zone or referrer,",
        {},
    ),
    _book(
        "schedule_user",
        "user/{user}",
        "Book a service with a certain agent",
        "No service that the agent gives, no date, time zone or referrer,",
        {404: "No such agent."},
    ),
    _change(
        "cancel",
        "cancel",
        "Cancel an appointment with its actionToken",
        wire.Cancellation,
        {
            **ok(wire.Cancelled, "Cancelled: the time is free, its tokens are dead.", 201),
            **refusals(BODY, {400: "The reason is no text, or too long.", 401: DEAD, 403: ELSEWHERE, 422: REUSED}),
        },
        APPOINTMENT,
    ),
    _change(
        "reschedule",
        "reschedule",
        "Move an appointment with its actionToken",
        wire.Rescheduling,
        {
            **ok(wire.Confirmation, "Moved, with new tokens; those before are dead.", 201),
            **refusals(BODY, {400: "No date.", 401: DEAD, 403: ELSEWHERE, 409: TAKEN, 422: REUSED}),
        },
        APPOINTMENT,
    ),
    Operation(
        id="info",
        method="get",
        path=f"{PREFIX}{ROOT}/schedule/info",
        summary="An appointment, with its accessToken",
        replies={
            **ok(wire.Info, "The appointment (a success is 201, as documented).", 201),
            **ok(wire.Info, "The same, for accounts with status_policy body-code (D-2)."),
            **refusals({401: DEAD, 403: ELSEWHERE}),
        },
        schemes=(APPOINTMENT.name,),
    ),
)
