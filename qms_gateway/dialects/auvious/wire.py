"""The shapes of this dialect: every body as it goes over the wire, its keys in the documented order."""

from collections.abc import Mapping, Sequence
from typing import Annotated, Any, Literal

import msgspec
from msgspec import UNSET, Meta, UnsetType

Text = Annotated[str, Meta(max_length=200, pattern=r"^[^\x00]*$")]
Words = Annotated[str, Meta(max_length=20_000, pattern=r"^[^\x00]*$")]
Id = Annotated[str, Meta(min_length=1, max_length=64, pattern=r"^[^\x00]*$")]
Locale = Annotated[str, Meta(max_length=20, pattern=r"^[^\x00]*$")]
Instant = Annotated[str, Meta(max_length=40, extra_json_schema={"format": "date-time"})]
Duration = Annotated[str, Meta(max_length=40, examples=["PT5M"])]
Free = dict[str, Any]

KINDS = ("CREATE", "REMINDER", "ROOM", "RESCHEDULE", "CANCELLED", "FOLLOW_UP", "UPDATE")
NoticeKind = Literal["CREATE", "REMINDER", "ROOM", "RESCHEDULE", "CANCELLED", "FOLLOW_UP", "UPDATE"]
Channel = Literal["SMS", "EMAIL", "WEBHOOK"]
Kind = Literal["AGENT", "CUSTOMER"]


class Shape(msgspec.Struct, rename="camel"):
    """What all bodies have in common."""


class Refusal(Shape):
    """A refusal (A-1): the status, its name, and what was wrong."""

    status: int
    error: str
    message: str


# -- what goes both ways ----------------------------------------------------------------------------------------------


class Routing(Shape):
    """Where a contact centre takes the appointment's conversation."""

    properties: dict[str, str] | None = None
    type: Text | None = None


class Notification(Shape, kw_only=True):
    """What participants are told, and when; `period` before the start (A-3)."""

    channel: Channel
    html_body: Words | UnsetType | None = UNSET
    period: Duration | UnsetType | None = UNSET
    subject: Words | UnsetType | None = UNSET
    text_body: Words | UnsetType | None = UNSET
    type: NoticeKind


class Name(Shape):
    """What somebody is called."""

    first_name: Text | None = None
    last_name: Text | None = None


class Contact(Shape):
    """How somebody can be reached."""

    primary_email: Annotated[str, Meta(max_length=320, pattern=r"^[^\x00]*$")] | None = None
    primary_phone: Annotated[str, Meta(max_length=40, pattern=r"^[^\x00]*$")] | None = None


# -- what goes out ----------------------------------------------------------------------------------------------------


class Interaction(Shape):
    """The conversation of an appointment; `state`: PENDING, ACTIVE, ENDED."""

    custom_fields: Mapping[str, str]
    routing: Routing | None
    state: Literal["PENDING", "ACTIVE", "ENDED"]


class Somebody(Shape):
    """A participant, or the organizer, by id."""

    id: str
    type: Kind


class Appointment(Shape):
    """An appointment. Source: GetAppointmentResponse."""

    application_id: str | None
    duration: str
    end: str
    id: str
    interaction: Interaction
    locale: str | None
    metadata: Mapping[str, Any]
    notes: str | None
    notifications: Sequence[Notification]
    notifications_active: bool
    organizer: Somebody | None
    participant_ids: Sequence[Somebody]
    start: str
    timezone: str
    title: str | None


class Page(Shape):
    """One page of appointments. Source: FindAppointmentsResponsePaged."""

    content: Sequence[Appointment]
    page_count: int
    page_number: int
    page_size: int
    sort_field: str
    sort_order: str
    total: int


class ParticipantDetails(Shape):
    """Who somebody is. Source: GetParticipantDetailsResponse."""

    contact: Contact
    id: str
    metadata: Mapping[str, Any]
    name: Name
    type: Kind
    username: str | None


class Activation(Shape):
    """The way in. Source: AppointmentActivationResponse."""

    expires: str
    type: str
    url: str


class Count(Shape):
    """How many appointments are at a time. Source: AppointmentCountResponse."""

    count: int
    duration: str
    end: str
    start: str
    timezone: str


class Overlap(Shape):
    """How many appointments lie over a time."""

    count: int


class Eligible(Shape):
    """An appointment that can be activated. Source: FindAppointmentsEligibleResponse."""

    eligible_from: str
    id: str
    start: str
    timezone: str


class Token(msgspec.Struct, kw_only=True):
    """What a client works with; `expires_in` seconds."""

    access_token: str
    token_type: str
    expires_in: int
    scope: str


class Otp(Shape):
    """The id under which a code was sent."""

    id: str
