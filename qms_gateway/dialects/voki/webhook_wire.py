"""The shapes of this dialect's webhooks, for those who are to receive them."""

from typing import Any, Literal

import msgspec

from qms.web.openapi.operation import Webhook
from qms_gateway.dialects.voki.webhook import EVENTS
from qms_gateway.dialects.voki.wire import Appointment, Customer


class Call(msgspec.Struct, kw_only=True):
    """Somebody who waits, or is served; `protocol` is the number he is called by, times are in seconds."""

    id: str
    status: Literal["queued", "active", "completed", "missed"]
    protocol: str
    department_id: str | None
    department_name: str | None
    user_id: str | None
    user_name: str | None
    inserted_at: str
    started_at: str | None
    ended_at: str | None
    wait_time: int | None
    duration: int | None


SUMMARIES = {
    "call.created": "Somebody has come into a queue",
    "call.assigned": "An agent has answered, or has called the number",
    "call.started": "Somebody is being served",
    "call.completed": "Somebody has been served",
    "call.missed": "Somebody has left, or did not come, unserved",
    "customer.created": "A customer is kept",
    "appointment.created": "An appointment was made",
    "appointment.confirmed": "An appointment stands",
    "appointment.moved": "An appointment is at another time",
    "appointment.changed": "Something else is said about an appointment",
    "appointment.reassigned": "An appointment is somebody else's",
    "appointment.checked_in": "The customer has come",
    "appointment.active": "An appointment is going on",
    "appointment.completed": "An appointment took place",
    "appointment.cancelled": "An appointment does not take place",
    "appointment.no_show": "The customer did not come",
    "appointment.reminder": "An appointment is near",
}
"""Event → what has happened."""

SHAPES: dict[str, type[msgspec.Struct]] = {"call": Call, "customer": Customer, "appointment": Appointment}


def _body(data: type[msgspec.Struct]) -> type[msgspec.Struct]:
    fields: list[Any] = [("event", str), ("timestamp", str), ("data", data)]
    return msgspec.defstruct(f"{data.__name__}Event", fields, kw_only=True)


_BY_KIND = {kind: _body(shape) for kind, shape in SHAPES.items()}
BODIES = {event: _BY_KIND[event.partition(".")[0]] for event in dict.fromkeys(EVENTS.values())}
"""Event → the shape of the whole body."""

WEBHOOKS = tuple(Webhook(event=event, summary=SUMMARIES[event], body=body) for event, body in BODIES.items())
