"""The shapes of this dialect's webhooks, for those who are to receive them."""

import msgspec

from qms.web.openapi.operation import Webhook
from qms_gateway.dialects.auvious.webhook import EVENTS
from qms_gateway.dialects.auvious.wire import Appointment


class Envelope(msgspec.Struct, kw_only=True):
    """What is sent. `payload` is a text: JSON of the appointment, which `x-signature` signs exactly as it stands."""

    id: str
    type: str
    payload: str
    timestamp: str


class Payload(Appointment, kw_only=True):
    """What `payload` spells: the appointment, and the way in once it is open."""

    room_link: str | msgspec.UnsetType = msgspec.UNSET


SUMMARIES = {
    "CREATE": "An appointment was made, or somebody takes part from now on",
    "RESCHEDULE": "An appointment is at another time",
    "UPDATE": "Something else is said about an appointment, or another agent answers for it",
    "CANCELLED": "An appointment was cancelled, or somebody does not take part any more",
    "REMINDER": "An appointment is near",
    "ROOM": "The way into an appointment is open",
    "FOLLOW_UP": "An appointment took place",
}

WEBHOOKS = tuple(Webhook(event=name, summary=SUMMARIES[name], body=Envelope) for name in dict.fromkeys(EVENTS.values()))
