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


def refusal(ticket: Waiting, available: Available, now: datetime) -> Refusal | None:
    """Why this agent may not take this ticket, whatever the others do; None: he may."""
    level = available.queues.get(ticket.queue)
    if level is None:
        return Refusal("other_queue", ticket.queue)
    if not available.serves(ticket.branch):
        return Refusal("other_branch", ticket.branch or "")
    holder = held_for(ticket, now)
    if holder is not None and holder != available.agent:
        return Refusal("held_for", holder)
    minimum = ring_of(ticket, now).minimum_level
    if level < minimum and available.agent != ticket.preferred_agent:
        return Refusal("below_level", str(minimum))
    if ticket.cooldowns and available.agent in cooling(ticket, now):
        return Refusal("in_cooldown", ticket.cooldowns[available.agent].isoformat())
    return None
