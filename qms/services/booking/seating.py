"""Seating: which agent gets a start. Expired holds are cleared away first, in the same transaction."""

from collections.abc import Iterator, Sequence
from datetime import datetime

from qms.domain.appointment import Appointment
from qms.domain.errors import Conflict
from qms.domain.network import Agent, Network, Service
from qms.services.booking.availability import free_agents, in_reach
from qms.services.booking.bookables import agents_of, domains_of, zone_of
from qms.services.booking.day_sheets import Day, DayBoard, DaySheets
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
    board, ordered, own = None, iter(agents), without.id if without else None
    if len(agents) > 1:
        day = Day.around(start, zone_of(network, service))
        board = DaySheets.of(network).on(tx, agents, day) if own is None else None
        ordered = _least_booked(tx, network, agents, day, board)
    found = next(free_agents(tx, network, service, ordered, start, without=own, board=board), None)
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


def _least_booked(
    tx: Tx, network: Network, agents: Sequence[Agent], day: Day, board: DayBoard | None
) -> Iterator[Agent]:
    if board is not None:
        booked = [(sheet.booked, id) for id, sheet in board.sheets.items()]
    else:
        found = appointments.booked_on(tx, [agent.id for agent in agents], day.begins, day.ends)
        booked = [(n, id) for id, n in found.items()]
    return (network.agents[id] for _, id in sorted(booked))
