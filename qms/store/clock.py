"""The two clocks that a store is given, by whoever may read one."""

from datetime import datetime
from typing import Protocol


class Clock(Protocol):
    """Machine time, and the business time that stands for it (the same, but in a sandbox)."""

    def machine(self) -> datetime:
        """Now, in UTC, never going back."""

    def business(self, machine: datetime) -> datetime:
        """The business time at that machine time."""
