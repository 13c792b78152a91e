"""What callers ask for in this dialect: the shapes of bodies as they come in."""

from typing import Annotated, Any, Literal

from msgspec import Meta

from qms_gateway.dialects.auvious.wire import (
    Channel,
    Contact,
    Duration,
    Free,
    Id,
    Instant,
    Kind,
    Locale,
    Name,
    NoticeKind,
    Notification,
    Routing,
    Shape,
    Text,
    Words,
)


class Talk(Shape):
    """The conversation as a caller describes it; its state is not his to set (A-16), and is passed over."""

    custom_fields: dict[str, str] | None = None
    routing: Routing | None = None
    state: Any = None


class Customer(Shape):
    """A customer who is to take part."""

    contact: Contact | None = None
    metadata: Free | None = None
    name: Name | None = None
    username: Text | None = None


class Participant(Shape):
    """Somebody who is to take part: an agent by id, or a customer (A-21)."""

    type: Kind
    id: Id | None = None
    user_id: Id | None = None
    customer: Customer | None = None


class Schedule(Shape, kw_only=True):
    """A new appointment of a customer himself (A-7)."""

    application_id: Id
    start: Instant
    duration: Duration
    customer: Customer
    timezone: Text | None = None
    locale: Locale | None = None
    title: Words | None = None
    notes: Words | None = None
    metadata: Free | None = None
    interaction: Talk | None = None
    notifications: Annotated[list[Notification], Meta(max_length=50)] | None = None
    notifications_active: bool = True


class StaffSchedule(Schedule, kw_only=True):
    """A new appointment that staff or a program makes (A-21)."""

    application_id: Id | None = None  # type: ignore[assignment]  # here the client may imply it
    customer: Customer | None = None  # type: ignore[assignment]  # and there may be no customer yet
    organizer_id: Id | None = None
    participants: Annotated[list[Participant], Meta(max_length=50)] | None = None


class Update(Shape):
    """What is to be said of an appointment instead of what was; what is missing is gone too (A-16)."""

    id: Id
    interaction: Talk | None = None
    metadata: Free | None = None
    notes: Words | None = None
    title: Words | None = None


class AgentOf(Shape):
    """An agent for an appointment."""

    id: Id
    user_id: Id


class CustomerOf(Shape):
    """A customer for an appointment."""

    customer: Customer
    id: Id


class Reschedule(Shape):
    """When an appointment is to be instead; what is missing stays (A-13)."""

    id: Id
    start: Instant
    duration: Duration | None = None
    timezone: Text | None = None
    locale: Locale | None = None


class Confirmation(Shape):
    """The code that came by e-mail."""

    application_id: Id
    code: Annotated[str, Meta(pattern=r"^[0-9]{6}$")]


class EmailTest(Shape):
    """A notification to be sent to somebody, to see what it looks like."""

    application_id: Id
    to_email: Annotated[str, Meta(max_length=320)]
    channel: Channel = "EMAIL"
    type: NoticeKind = "REMINDER"
    subject: Words | None = None
    text_body: Words | None = None
    html_body: Words | None = None
    period: Duration | None = None
    locale: Locale | None = None
    timezone: Text | None = None


class OtpRequest(Shape):
    """A code is wanted, by a contact of one's own."""

    to: Annotated[str, Meta(min_length=1, max_length=320)]
    channel: Literal["SMS", "EMAIL"] = "SMS"
    custom_name: Text | None = None
    locale: Locale | None = None
    application_id: Id | None = None


class OtpVerify(Shape):
    """A code that was sent to a contact."""

    to: Annotated[str, Meta(min_length=1, max_length=320)]
    code: Annotated[str, Meta(max_length=20)]
    verification_id: Id
