"""Slots: when somebody can be booked for a service. Computed when asked, never stored; pure, and exact to the minute.

An instant is *open* iff the clock on the wall shows posted hours. A start is a *candidate* iff it stands on the grid of
the posted hours it falls into. It is *offered* iff the whole appointment is open, its time with the buffers meets no
claim on the agent, and lead time and horizon hold. Everything is half-open; whoever could be given by any agent is
offered when at least one agent could be booked.

A window of time is a Python integer with one bit per minute, so a month of an agent is 44,640 bits in six kilobytes,
and a question about all of them is a handful of shifts and ands.
"""

from qms.domain.slots.agenda import Agenda, any_free, free_starts
from qms.domain.slots.calendar import Calendar, grid_bits, open_bits
from qms.domain.slots.days import day_starts, day_window, first_instant, month_days, month_window, next_free
from qms.domain.slots.load import Claim, Load, Minutes, in_the_way
from qms.domain.slots.rules import Rules
from qms.domain.slots.starts import bookable, places
from qms.domain.slots.window import EPOCH, Window

__all__ = [
    "EPOCH",
    "Agenda",
    "Calendar",
    "Claim",
    "Load",
    "Minutes",
    "Rules",
    "Window",
    "any_free",
    "bookable",
    "day_starts",
    "day_window",
    "first_instant",
    "free_starts",
    "grid_bits",
    "in_the_way",
    "month_days",
    "month_window",
    "next_free",
    "open_bits",
    "places",
]
