"""Appointments that staff makes: with any agents, at any time, without a service's rules; over others if need be."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from qms.domain.appointment import Anchor, Appointment, TimeTaken
from qms.domain.customer import Person
from qms.domain.errors import Invalid
from qms.domain.network import Network
from qms.services.booking import reminders
from qms.services.booking.codes import new_code
from qms.services.booking.overbooking import noted
from qms.services.booking.people import add_customer
from qms.services.booking.seating import clear
from qms.services.booking.timing import timing
from qms.services.booking.told import appointment_event
from qms.store import appointments, times
from qms.store.tx import Tx

LONGEST = timedelta(days=31)
YEARS = range(1971, 9000)


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """An appointment as staff puts it down: agents, queue, branch and service by id or key, all of their time taken.

    `customer` is an existing customer's id and goes before `person`; `others` come along. `owner` answers for it, if
    not the first agent; `by_customer`: the customer does, who made it himself. `made_by` is the key of a program.
    """

    title: str
    starts_at: datetime
    ends_at: datetime
    timezone: str
    origin: str
    agents: tuple[str, ...] = ()
    owner: str | None = None
    customer: str | None = None
    person: Person | None = None
    others: tuple[Person, ...] = ()
    by_customer: bool = False
    made_by: str | None = None
    queue: str | None = None
    branch: str | None = None
    service: str | None = None
    application: str | None = None
    locale: str | None = None
    anchor: Anchor = "instant"
    data: Mapping[str, Any] = field(default_factory=dict)


def book_by_staff(tx: Tx, *, account: str, meeting: Meeting, actor: str, refuse_overlap: bool = False) -> Appointment:
    """Put down an appointment; time that is taken already is overbooked, unless that is to be refused.

    Raises:
        NotFound: no such agent, queue, branch, service or customer.
        Invalid: it ends before it starts, takes too long, or is not to come.
        Conflict: somebody's time is taken, and that is refused.
    """
    check_times(tx, meeting.starts_at, meeting.ends_at)
    network = tx.network(account)
    agents = [network.agents.find(one) for one in dict.fromkeys(meeting.agents)]
    for agent in agents:
        tx.hold(agent.domain_id)
    clear(tx, agents)
    booked = appointments.add(tx, _new(tx, network, meeting, [agent.id for agent in agents]))
    taken = [taken_by(booked, agent.id) for agent in agents]
    over = [noted(tx, booked, time, actor=actor, refuse=refuse_overlap) for time in taken]
    times.take(tx, [replace(time, overbooked=o) for time, o in zip(taken, over, strict=True)])
    others = [add_customer(tx, network.account.id, person).id for person in meeting.others]
    customers = [id for id in (booked.customer_id, *others) if id is not None]
    people = [*(("AGENT", agent.id) for agent in agents), *(("CUSTOMER", id) for id in customers)]
    appointments.add_participants(tx, booked.id, people)
    reminders.write(tx, network, booked)
    appointment_event(tx, "created", booked, agent=booked.agent_id, origin=booked.origin, overbooked=any(over))
    return booked


def check_times(tx: Tx, starts_at: datetime, ends_at: datetime) -> None:
    """See that staff may want an appointment to be then.

    Raises:
        Invalid: it ends before it starts, takes too long, or is not to come.
    """
    if starts_at.year not in YEARS or starts_at < tx.now:
        raise Invalid("starts_at", "an instant to come")
    if not timedelta() < ends_at - starts_at <= LONGEST:
        raise Invalid("ends_at", f"after the start, by {LONGEST.days} days at most")


def taken_by(booked: Appointment, agent: str) -> TimeTaken:
    """An agent's time that an appointment takes which staff has put down."""
    return TimeTaken(
        appointment_id=booked.id,
        agent_id=agent,
        group_id=booked.id,
        blocked_start=booked.starts_at,
        blocked_end=booked.ends_at,
    )


def _new(tx: Tx, network: Network, meeting: Meeting, agents: list[str]) -> Appointment:
    service = network.services.find(meeting.service) if meeting.service is not None else None
    queue = network.queues.find(meeting.queue) if meeting.queue is not None else None
    branch = network.branches.find(meeting.branch) if meeting.branch is not None else None
    first = agents[0] if agents else None
    customer = _customer(tx, network, meeting)
    return Appointment(
        id=tx.new_id(),
        account_id=network.account.id,
        application_id=meeting.application,
        service_id=service.id if service else None,
        queue_id=queue.id if queue else (service.queue_id if service else None),
        branch_id=branch.id if branch else (service.branch_id if service else None),
        agent_id=first,
        owner_id=customer if meeting.by_customer else meeting.owner or first,
        made_by=meeting.made_by,
        origin=meeting.origin,
        state="scheduled",
        title=meeting.title,
        anchor=meeting.anchor,
        timezone=meeting.timezone,
        locale=meeting.locale,
        code=new_code(tx, network.account.id),
        customer_id=customer,
        data=meeting.data,
        created_at=tx.now,
        updated_at=tx.now,
        **timing(network, service, meeting.starts_at, meeting.ends_at),
    )


def _customer(tx: Tx, network: Network, meeting: Meeting) -> str | None:
    if meeting.customer is not None:
        return appointments.customer_of(tx, network.account.id, meeting.customer).id
    return add_customer(tx, network.account.id, meeting.person).id if meeting.person is not None else None
