"""Agendas: one agent's calendar with the claims on his time, asked for free starts."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from qms.domain.slots.calendar import Calendar, grid_bits, open_bits
from qms.domain.slots.load import Claim, Load
from qms.domain.slots.rules import Rules
from qms.domain.slots.starts import bookable, places
from qms.domain.slots.window import Window


@dataclass(frozen=True, slots=True, kw_only=True)
class Agenda:
    """When an agent works, and what takes his time already."""

    calendar: Calendar
    claims: tuple[Claim, ...] = ()


def free_starts(
    agenda: Agenda, rules: Rules, window: Window, allowed: tuple[datetime, datetime], group: str | None = None
) -> int:
    """The minutes of the window at which an appointment by these rules can start with this agent.

    `allowed`: the first and the last start that lead time and horizon leave (`Rules.allowed`).
    """
    before, after = (abs(edge - window.start) for edge in rules.blocked(window.start))
    around = window.widened(before, after)
    open, grid = open_bits(agenda.calendar, around), grid_bits(agenda.calendar, rules.step_minutes, around)
    busy = Load.of(agenda.claims, around).busy(group, rules.capacity)
    starts = bookable(rules, around, places=places(rules, open=open, grid=grid), busy=busy)
    return around.cut(starts, window) & window.between(*allowed)


def any_free(
    agendas: Iterable[Agenda],
    rules: Rules,
    window: Window,
    allowed: tuple[datetime, datetime],
    group: str | None = None,
) -> int:
    """The minutes at which at least one of several agents can be booked: of answers, never of merged free time."""
    bits = 0
    for agenda in agendas:
        bits |= free_starts(agenda, rules, window, allowed, group)
    return bits
