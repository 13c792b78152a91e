"""From what is open, on the grid and not taken to the starts that can be booked."""

from qms.domain.slots.rules import Rules
from qms.domain.slots.window import Window, erode


def bookable(rules: Rules, window: Window, *, places: int, busy: int) -> int:
    """The minutes at which an appointment can start, lead time and horizon left aside.

    With its buffers it must meet nothing that is busy. What lies outside the window counts as taken, so nothing is
    offered whose time is not wholly inside it.
    """
    whole = rules.before_minutes + rules.duration_minutes + rules.after_minutes
    return erode(window.all & ~busy, whole) << rules.before_minutes & places


def places(rules: Rules, *, open: int, grid: int) -> int:
    """The minutes on the grid at which all of an appointment is open; its buffers may reach outside."""
    return erode(open, rules.duration_minutes) & grid
