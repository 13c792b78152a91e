"""Whether an agent may take a ticket, and if not, why not."""

from datetime import datetime
from typing import NamedTuple

from acd.engine.reasons import Why
from acd.engine.values import Available, Waiting


class Refusal(NamedTuple):
    """Why an agent may not take a ticket, with the fact that decided it."""

    why: Why
    detail: str


class Ring(NamedTuple):
    """The skill ring a ticket is in: counted from 1 (0: it has none), with the level it asks for."""

    number: int
    minimum_level: int


NO_RING = Ring(0, 0)


def ring_of(ticket: Waiting, now: datetime) -> Ring:
    """The widest ring the ticket has waited long enough for; at least the first."""
    if not ticket.level_rings:
        return NO_RING
    waited = ticket.waited(now).total_seconds()
    number = max(1, sum(after <= waited for after, _ in ticket.level_rings))
    return Ring(number, ticket.level_rings[number - 1][1])


def held_for(ticket: Waiting, now: datetime) -> str | None:
    """The one agent the ticket is held for at present."""
    if ticket.preferred_until is None or ticket.preferred_until <= now:
        return None
    return ticket.preferred_agent


def cooling(ticket: Waiting, now: datetime) -> frozenset[str]:
    """The agents the ticket is not offered to at present, having been declined or missed by them."""
    if not ticket.cooldowns:
        return frozenset()
    return frozenset(agent for agent, until in ticket.cooldowns.items() if until > now)


class Demand(NamedTuple):
    """What a ticket asks of an agent at present."""

    holder: str | None
    minimum_level: int
    cooling: frozenset[str]


def demand_of(ticket: Waiting, now: datetime) -> Demand:
    """The one agent it is held for, the level that its ring asks for, and the agents it is not offered to."""
    return Demand(held_for(ticket, now), ring_of(ticket, now).minimum_level, cooling(ticket, now))


def refusal(ticket: Waiting, available: Available, demand: Demand) -> Refusal | None:
    """Why this agent may not take this ticket, which asks for so much, whatever the others do; None: he may."""
    level = available.queues.get(ticket.queue)
    if level is None:
        return Refusal("other_queue", ticket.queue)
    if not available.serves(ticket.branch):
        return Refusal("other_branch", ticket.branch or "")
    if demand.holder is not None and demand.holder != available.agent:
        return Refusal("held_for", demand.holder)
    if level < demand.minimum_level and available.agent != ticket.preferred_agent:
        return Refusal("below_level", str(demand.minimum_level))
    if available.agent in demand.cooling:
        return Refusal("in_cooldown", ticket.cooldowns[available.agent].isoformat())
    return None
