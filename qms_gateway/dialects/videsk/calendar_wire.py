"""The shapes of the calendar: every body as it goes over the wire, its keys in the documented order."""

from collections.abc import Sequence
from typing import Annotated, Any

import msgspec

from qms.domain import network
from qms.services.booking.own import Looked
from qms_gateway.dialects.videsk.calendar_words import status_of
from qms_gateway.dialects.videsk.moments import text_of
from qms_gateway.dialects.videsk.wire import Given, Shape, described


class ListedUser(Shape):
    """An agent whom one may choose."""

    id: str = msgspec.field(name="_id")
    firstname: str
    lastname: str

    @classmethod
    def of(cls, agent: network.Agent) -> "ListedUser":
        """The agent."""
        return cls(agent.public_id, agent.firstname, agent.lastname)


class Service(Shape, kw_only=True):
    """A service that can be booked; `users` only where one chooses the agent oneself (D-27)."""

    users: Sequence[ListedUser] | msgspec.UnsetType = msgspec.UNSET
    title: str
    description: str
    automatic: bool
    id: str

    @classmethod
    def of(cls, service: network.Service, agents: Sequence[network.Agent]) -> "Service":
        """The service, and who gives it."""
        return cls(
            users=msgspec.UNSET if service.automatic else [ListedUser.of(agent) for agent in agents],
            title=service.title,
            description=service.description,
            automatic=service.automatic,
            id=service.public_id,
        )


class Services(Shape):
    """One page of services."""

    total: int
    limit: int
    skip: int
    data: Sequence[Service]


class Booking(Shape):
    """Somebody wants a start. `token` is the captcha's."""

    service: Annotated[Any, described(type="string", description="With a chosen agent: which service.")] = None
    start_at: Annotated[Any, described(type="string", format="date-time", description="One of the hours.")] = None
    timezone: Annotated[Any, described(type="string", description="An IANA name, an offset or Z.")] = None
    form: Annotated[Any, described(type="array", items=msgspec.json.schema(Given)["$defs"]["Given"])] = None
    referrer: Annotated[Any, described(type="string", minLength=1, description="The page that links lead to.")] = None
    token: Annotated[Any, described(type=["string", "null"])] = None


class Cancellation(Shape):
    """Somebody does not come."""

    cancel_reason: Annotated[Any, described(type=["string", "number", "boolean", "null"], maxLength=1000)] = None


class Rescheduling(Shape):
    """Somebody would rather come at another time."""

    date: Annotated[Any, described(type="string", format="date-time", description="One of the hours.")] = None


class Confirmation(Shape, kw_only=True):
    """A booking as it stands, with its tokens and where they lead; `duration` in minutes (D-14)."""

    email: str | None
    service: str
    start_at: str
    end_at: str
    duration: int
    timezone: str
    join_url: str = msgspec.field(name="joinURL")
    reschedule_url: str = msgspec.field(name="rescheduleURL")
    cancel_url: str = msgspec.field(name="cancelURL")
    access_token: str
    action_token: str
    message: str


class Cancelled(Shape):
    """It does not take place."""

    service: str
    message: str


class BookedService(Shape):
    """What was booked."""

    id: str | None
    title: str
    description: str


class User(Shape):
    """Who gives it."""

    firstname: str
    lastname: str
    id: str = msgspec.field(name="_id")


class Info(Shape, kw_only=True):
    """An appointment as whoever booked it may see it."""

    id: str
    service: BookedService
    user: User | None
    start_at: str
    end_at: str
    status: str | None

    @classmethod
    def of(cls, looked: Looked) -> "Info":
        """The appointment; its service by the name it had then, where that never was in the network."""
        it, service, agent = looked.appointment, looked.service, looked.agent
        return cls(
            id=it.id,
            service=BookedService(service.public_id, service.title, service.description)
            if service
            else BookedService(it.service_id, it.title, ""),
            user=User(agent.firstname, agent.lastname, agent.public_id) if agent else None,
            start_at=text_of(it.starts_at),
            end_at=text_of(it.ends_at),
            status=status_of(it.state),
        )
