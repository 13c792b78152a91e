"""Putting an appointment down: its row, and the agent's time that it takes."""

from datetime import UTC
from typing import Any

from qms.domain.appointment import Appointment, AppointmentState, TimeTaken
from qms.domain.network import Agent, Network, Service
from qms.services.booking.bookables import group_of, rules_of
from qms.services.booking.day_sheets import DaySheets
from qms.services.booking.timing import timing
from qms.services.booking.wishes import Wish
from qms.store import appointments, times
from qms.store.tx import Tx


def put_down(
    tx: Tx, network: Network, service: Service, agent: Agent, wish: Wish, state: AppointmentState, **more: Any
) -> Appointment:
    """Write a new appointment at a start, `more` being what is known of it by now, and take the agent's time for it.

    Raises:
        Conflict: the time is taken.
    """
    end = wish.starts_at + rules_of(network, service).duration
    it = Appointment(
        id=tx.new_id(),
        account_id=network.account.id,
        application_id=wish.application,
        service_id=service.id,
        queue_id=service.queue_id,
        branch_id=service.branch_id,
        agent_id=agent.id,
        owner_id=agent.id,
        origin=wish.origin,
        state=state,
        title=service.title,
        anchor="wall",
        timezone=wish.timezone,
        locale=wish.locale,
        data=wish.data,
        created_at=tx.now,
        updated_at=tx.now,
        **timing(network, service, wish.starts_at.astimezone(UTC), end),
        **more,
    )
    appointments.add(tx, it)
    _take(tx, network, service, agent, it)
    return it


def _take(tx: Tx, network: Network, service: Service, agent: Agent, booked: Appointment) -> None:
    start, end = rules_of(network, service).blocked(booked.starts_at)
    time = TimeTaken(
        appointment_id=booked.id,
        agent_id=agent.id,
        group_id=group_of(network, service) or booked.id,
        blocked_start=start,
        blocked_end=end,
        expires_at=booked.hold_expires_at,
    )
    leap = times.take(tx, [time])[agent.id]
    DaySheets.of(network).enter(leap, time, booked.starts_at)
