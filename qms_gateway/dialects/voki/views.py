"""Appointments, people and departments as this dialect shows them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta
from math import ceil
from typing import Any

from qms.domain.appointment import Appointment
from qms.domain.customer import Customer
from qms.domain.network import Agent, Network, Queue
from qms.services.booking.booked import Booked
from qms_gateway.dialects.voki import wire
from qms_gateway.dialects.voki.formats import instant_text, spelled

STATUSES: Mapping[str, wire.Status] = {
    "scheduled": "scheduled",
    "confirmed": "confirmed",
    "checked_in": "confirmed",
    "active": "confirmed",
    "completed": "completed",
    "cancelled": "cancelled",
    "no_show": "no_show",
}
"""The state of an appointment → its status here; the other states are never seen."""

MINUTE = timedelta(minutes=1)


def status_of(state: str) -> str | None:
    """The status that a state is shown as."""
    return STATUSES.get(state)


def states_of(status: str) -> list[str]:
    """The states that are shown as a status."""
    return [state for state, shown in STATUSES.items() if shown == status]


def minutes_of(it: Appointment) -> int:
    """How long it is, in whole minutes, the last one begun."""
    return ceil((it.ends_at - it.starts_at) / MINUTE)


def customer_name(firstname: str | None, lastname: str | None, username: str | None) -> str | None:
    """What a customer is called."""
    return " ".join(part for part in (firstname, lastname) if part) or username


@dataclass(frozen=True, slots=True)
class View:
    """How an account's things are shown."""

    network: Network

    def appointment(self, booked: Booked) -> wire.Appointment:
        """An appointment."""
        it, said = booked.appointment, booked.appointment.data
        queue, agent = self.network.queues.get(it.queue_id or ""), self.network.agents.get(it.agent_id or "")
        return wire.Appointment(
            id=spelled(it.id),
            title=it.title or said.get("title") or "",
            description=_text(said.get("description")),
            status=STATUSES[it.state],
            scheduled_at=instant_text(it.starts_at),
            duration_minutes=minutes_of(it),
            department_id=_id(queue, it.queue_id),
            department_name=queue.name if queue is not None else None,
            user_id=_id(agent, it.agent_id),
            user_name=agent.name if agent is not None else None,
            **_customer_fields(booked.customer),
            notes=_text(said.get("notes")),
            inserted_at=instant_text(it.created_at),
            updated_at=instant_text(it.updated_at),
        )

    def department(self, queue: Queue) -> wire.Department:
        """A department."""
        return wire.Department(
            id=spelled(queue.public_id),
            name=queue.name,
            identifier=queue.key,
            sector_id=None,
            active=True,
            max_queue_size=None,
            max_wait_time=round(queue.max_wait_minutes * 60),
            user_count=len(self.network.agents_by_queue.get(queue.id, ())),
        )


def user(agent: Agent, *, coded: bool) -> wire.User:
    """Somebody of the staff; `coded`: he has a second factor."""
    return wire.User(
        id=spelled(agent.public_id),
        name=agent.name,
        email=agent.email,
        role=agent.role,
        avatar_url=None,
        mfa_enabled=coded,
    )


def customer(it: Customer) -> wire.Customer:
    """A customer."""
    return wire.Customer(
        id=spelled(it.id),
        name=customer_name(it.firstname, it.lastname, it.username),
        email=it.email,
        phone=it.phone,
        inserted_at=instant_text(it.created_at),
    )


def _customer_fields(it: Customer | None) -> dict[str, Any]:
    return {
        "customer_id": spelled(it.id) if it else None,
        "customer_name": customer_name(it.firstname, it.lastname, it.username) if it else None,
        "customer_email": it.email if it else None,
        "customer_phone": it.phone if it else None,
    }


def _id(thing: Queue | Agent | None, id: str | None) -> str | None:
    """Something by the id that callers know; what is not there any more by its own."""
    return spelled(thing.public_id) if thing is not None else spelled(id) if id is not None else None


def _text(value: object) -> str | None:
    return value if isinstance(value, str) else None
