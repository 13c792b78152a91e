"""A clock that a test moves by hand."""

from datetime import UTC, datetime, timedelta

MONDAY_NOON = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)
"""A Monday, noon in Santiago de Chile."""


class HandClock:
    """Stands still until it is moved. PostgreSQL stamps with a machine time of its own; business time is ours."""

    def __init__(self, at: datetime = MONDAY_NOON) -> None:
        self.at = at

    def machine(self) -> datetime:
        """Where the hands are."""
        return self.at

    def business(self, machine: datetime) -> datetime:
        """Where the hands are, whatever the database's clock says."""
        return self.at

    def move(self, **by: float) -> None:
        """Move the hands: `move(minutes=5)`."""
        self.at += timedelta(**by)
