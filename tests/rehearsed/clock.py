"""The clock of a rehearsal: it passes true time when told to, and the machine's hands can be set while it does."""

from datetime import UTC, datetime, timedelta

EPOCH = datetime(2026, 1, 1, tzinfo=UTC)
"""What the machine's clock shows when a rehearsal begins."""


class RehearsalClock:
    """`passed` is true: seconds since the beginning. Machine time is off by the jumps, business time elsewhere."""

    def __init__(self, business_start: datetime) -> None:
        self.passed = 0.0
        self._jumped = timedelta()
        self._ahead = business_start - EPOCH

    def machine(self) -> datetime:
        """What the machine's clock shows."""
        return EPOCH + timedelta(microseconds=round(self.passed * 1_000_000)) + self._jumped

    def business(self, machine: datetime) -> datetime:
        """The business time at that machine time."""
        return machine + self._ahead

    def now(self) -> datetime:
        """The business time by the machine's clock."""
        return self.business(self.machine())

    def jump(self, by: timedelta) -> None:
        """Somebody sets the machine's clock."""
        self._jumped += by
