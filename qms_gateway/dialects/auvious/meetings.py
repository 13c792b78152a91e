"""What callers say about a new appointment, or instead of what was said: out of this dialect's bodies into ours."""

from collections.abc import Sequence
from typing import Any

import msgspec

from qms.domain.customer import Person
from qms.domain.errors import Invalid
from qms.domain.network import Network
from qms.domain.options import Options
from qms.services.booking.staff import Meeting
from qms_gateway.dialects.auvious import asked, wire
from qms_gateway.dialects.auvious.caller import AGENT, Caller
from qms_gateway.dialects.auvious.formats import duration_of, instant_of, period_of, user_of, zone_of

ORIGIN = "auvious"


def by_customer(network: Network, body: asked.Schedule, application: str) -> Meeting:
    """An appointment that a customer makes for himself (A-7)."""
    return _meeting(network, body, application, person=person_of(body.customer), by_customer=True)


def by_staff(caller: Caller, body: asked.StaffSchedule) -> Meeting:
    """An appointment that staff or a program makes (A-21).

    It is in the name of the organizer, or of the agent who makes it, or of the first agent who takes part, or of the
    customer. An agent in whose name it is takes part.

    Raises:
        NotFound: no such application or agent.
    """
    network = caller.network
    organizer, owner = _organizer(caller, body)
    named = [network.agents.find(id).id for id in _agents(body)]
    agents = tuple(dict.fromkeys([organizer, *named] if organizer is not None else named))
    customers = [person_of(one) for one in (body.customer, *_customers(body)) if one is not None]
    return _meeting(
        network,
        body,
        caller.application(body.application_id),
        agents=agents,
        owner=owner,
        person=customers[0] if customers else None,
        others=tuple(customers[1:]),
        by_customer=owner is None and not agents and bool(customers),
        made_by=caller.client.id if caller.client is not None else None,
    )


def person_of(customer: asked.Customer) -> Person:
    """A customer as he is kept."""
    name, contact = customer.name or wire.Name(), customer.contact or wire.Contact()
    return Person(
        username=customer.username,
        firstname=name.first_name,
        lastname=name.last_name,
        email=contact.primary_email,
        phone=contact.primary_phone,
        data=customer.metadata or {},
    )


def said(body: asked.Schedule | asked.Update) -> dict[str, Any]:
    """What can be replaced: notes, metadata and the conversation but for its state (A-16)."""
    talk = body.interaction or asked.Talk()
    return {
        "title": body.title,
        "notes": body.notes,
        "metadata": body.metadata or {},
        "interaction": {"customFields": talk.custom_fields or {}, "routing": msgspec.to_builtins(talk.routing)},
    }


def _organizer(caller: Caller, body: asked.StaffSchedule) -> tuple[str | None, str | None]:
    """The agent in whose name it is, if one is named or makes it; and under which id."""
    if body.organizer_id is not None:
        agent = caller.network.agents.find(user_of(body.organizer_id))
        return agent.id, agent.id
    if not caller.has(AGENT):
        return None, None
    return (caller.agent.id if caller.agent is not None else None), caller.user


def _agents(body: asked.StaffSchedule) -> list[str]:
    found = []
    for one in body.participants or ():
        if one.type == "AGENT":
            id = one.user_id or one.id
            if id is None:
                raise Invalid("participants", "the id of every agent")
            found.append(user_of(id))
    return found


def _customers(body: asked.StaffSchedule) -> list[asked.Customer]:
    customers = [one.customer for one in body.participants or () if one.type == "CUSTOMER"]
    if None in customers:
        raise Invalid("participants", "a customer object for every customer")
    return [one for one in customers if one is not None]


def _meeting(network: Network, body: asked.Schedule, application: str | None, **who: Any) -> Meeting:
    start, length = instant_of(body.start, "start"), duration_of(body.duration, "duration")
    grouped = network.applications.get(application or "")
    iso = Options(network.account.options).text("notification_period") == "iso"
    notifications = body.notifications or []
    data = {
        **said(body),
        "notifications": msgspec.to_builtins(notifications),
        "notificationsActive": body.notifications_active,
        "reminders": _reminders(notifications, minutes=not iso) if body.notifications_active else [],
    }
    return Meeting(
        title=body.title or "",
        starts_at=start,
        ends_at=start + length,
        timezone=zone_of(body.timezone, "timezone") if body.timezone else network.account.timezone,
        origin=ORIGIN,
        queue=grouped.queue_id if grouped is not None else None,
        application=application,
        locale=body.locale,
        data=data,
        **who,
    )


def _reminders(notifications: Sequence[wire.Notification], *, minutes: bool) -> list[str]:
    """The periods before the start of what is to remind; every other period is only looked at.

    Raises:
        Invalid: a period that is none, or a reminder that does not say when: it would never be sent.
    """
    found = []
    for one in notifications:
        if one.type == "REMINDER" and not one.period:
            raise Invalid("period", "when to remind, such as P1D")
        if one.period:
            period = str(period_of(one.period, "period", minutes=minutes))
            if one.type == "REMINDER":
                found.append(period)
    return list(dict.fromkeys(found))
