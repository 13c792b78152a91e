"""The shapes of this dialect's webhooks, for those who are to receive them."""

from typing import Any

import msgspec

from qms.web.openapi.operation import Webhook
from qms_gateway.dialects.videsk.wire import Shape


class Segment(Shape):
    """A queue."""

    id: str
    name: str


class Branch(Shape):
    """A branch; `location` is latitude, longitude."""

    id: str
    name: str
    label: str
    address: str
    location: tuple[float, float]


class Poc(Shape):
    """Where the visitor is."""

    id: str
    label: str


class Agent(Shape):
    """Who serves."""

    id: str = msgspec.field(name="_id")
    firstname: str
    lastname: str
    email: str | None


class Call(Shape):
    """The answer to a ticket."""

    id: str
    started_at: str | None


class Entry(Shape):
    """The ticket as an entry in its queue; `duration` in minutes."""

    id: str
    created_at: str
    answered_at: str | None
    duration: float | None


class Queued(Shape):
    """Somebody has a place in a queue."""

    id: str
    ticket_id: str
    integration_data: Any
    created_at: str
    segment: Segment | None
    branch: Branch | None
    submitted_form: list[dict[str, Any]]


class Abandoned(Queued):
    """… and does not wait any longer; `duration` in minutes."""

    ended_at: str | None
    duration: float | None
    canceled_reason: str | None


class Assigned(Shape):
    """Somebody has been answered: by whom, and where."""

    id: str
    ticket_id: str
    integration_data: Any
    segment: Segment | None
    branch: Branch | None
    poc: Poc | None
    agent: Agent | None
    call: Call
    queue: Entry
    submitted_form: list[dict[str, Any]]


class CallCreated(Assigned):
    """The same, of the call; `id` is the call's."""

    started_at: str | None


class FormReceived(Shape):
    """A form was answered."""

    id: str
    type: str
    created_at: str
    segment: Segment | None
    submitted_form: list[dict[str, Any]]


class SurveyReceived(FormReceived):
    """A survey was answered, about the call of this ticket or about this appointment."""

    call: str | None
    appointment: str | None


class User(Shape):
    """An agent has come, or gone."""

    id: str | None
    agent: Agent | None
    poc: Poc | None


class Service(Shape):
    """What was booked."""

    id: str
    title: str
    description: str


class Appointment(Shape):
    """An appointment; `duration` in minutes, `status` is pending, attended, not-attended or canceled."""

    id: str
    start_at: str
    end_at: str
    duration: float
    timezone: str
    status: str
    cancel_reason: str | None
    service: Service | None
    agent: Agent | None
    branch: Branch | None
    submitted_form: list[dict[str, Any]]


class Rescheduled(Appointment):
    """… and when it was before."""

    previous_start_at: str
    previous_end_at: str


DATA: dict[str, tuple[str, type[Shape]]] = {
    "qms.assigned": ("A ticket has been answered by an agent, at a point of contact", Assigned),
    "queue.created": ("A ticket has been taken", Queued),
    "queue.abandoned": ("Somebody does not wait any longer", Abandoned),
    "call.created": ("A call has begun", CallCreated),
    "form.received": ("A form has been answered", FormReceived),
    "survey.received": ("A survey has been answered", SurveyReceived),
    "user.connected": ("An agent has come to work", User),
    "user.disconnected": ("An agent has gone", User),
    "appointment.created": ("An appointment was booked, or is now at this time", Appointment),
    "appointment.canceled": ("An appointment was cancelled, or is not at this time any more", Appointment),
    "appointment.rescheduled": ("An appointment was moved, for whoever asks for this event by name", Rescheduled),
    "appointment.reminder": ("An appointment is near", Appointment),
}
"""Event → what has happened, and the shape of `data`."""


def _body(data: type[Shape]) -> type[msgspec.Struct]:
    fields = [("event", str), ("traceId", str), ("createdAt", str), ("data", data)]
    return msgspec.defstruct(f"{data.__name__}Event", fields, kw_only=True)


_BY_DATA = {data: _body(data) for _, data in DATA.values()}
BODIES = {event: _BY_DATA[data] for event, (_, data) in DATA.items()}
"""Event → the shape of the whole body. `traceId` stays the same over retries."""

WEBHOOKS = tuple(Webhook(event=event, summary=DATA[event][0], body=body) for event, body in BODIES.items())
