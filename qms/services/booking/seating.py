"""Seating: which agent gets a start. Expired holds are cleared away first, in the same transaction."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from qms.domain.appointment import Appointment
from qms.domain.errors import Conflict
from qms.domain.network import Agent, Network, Service
from qms.services.booking.availability import free_agents, in_reach
from qms.services.booking.bookables import agents_of, domains_of, zone_of
from qms.services.booking.day_sheets import UNKNOWN, Day, DaySheet, DaySheets
from qms.services.booking.told import appointment_event
from qms.services.booking.waiting import given_back
from qms.store import appointments, times
from qms.store.tx import Tx


def seat(
    tx: Tx, network: Network, service: Service, start: datetime, chosen: str | None, without: Appointment | None = None
) -> Agent:
    """The agent who is free for a start: the chosen one, or of all that are the one with the fewest bookings that day.

    The agents' routing domains are held from here on. `without`: time of one's own, a hold or what is being moved.

    Raises:
        NotFound: the chosen agent does not give the service. Conflict: the start is not offered.
        DomainMoved: a domain is not held yet.
    """
    agents = agents_of(network, service, chosen)
    for domain in domains_of(network, agents):
        tx.hold(domain)
    if not agents or not in_reach(tx, network, service, start):
        raise Conflict("slot", "not offered")
    clear(tx, agents)
    day, sheets, own = Day.around(start, zone_of(network, service)), UNKNOWN, without.id if without else None
    if len(agents) > 1 and own is None:
        sheets = DaySheets.of(network).on(tx, agents, day)
    ordered = _least_booked(tx, agents, day, sheets) if len(agents) > 1 else agents
    found = next(free_agents(tx, network, service, ordered, start, without=own, sheets=sheets), None)
    if found is None:
        raise Conflict("slot", "not offered")
    return found


def clear(tx: Tx, agents: Sequence[Agent]) -> None:
    """End the holds on these agents that have run out."""
    for id in times.lapse(tx, [agent.id for agent in agents]):
        held = appointments.get(tx, id)
        if held is not None and held.state == "held":
            after = appointments.save(tx, held, held.expire(tx.now))
            appointment_event(tx, "expired", after)
            given_back(tx, after, "not answered")


def _least_booked(tx: Tx, agents: Sequence[Agent], day: Day, sheets: Mapping[str, DaySheet]) -> Sequence[Agent]:
    booked: Mapping[str, int] = {id: sheet.booked for id, sheet in sheets.items()}
    if not booked:
        booked = appointments.booked_on(tx, [agent.id for agent in agents], day.begins, day.ends)
    return sorted(agents, key=lambda agent: (booked[agent.id], agent.id))
