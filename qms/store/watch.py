"""The time for those who only read: by the database's clock, as all who write, where many processes share one."""

from datetime import datetime, timedelta

import sqlalchemy as sa

from qms.store import locks
from qms.store.clock import Clock

GOOD_FOR = timedelta(seconds=1)
"""A process whose own clock is wrong looks at the database's that often …"""

QUICK = timedelta(milliseconds=50)
"""… and remembers what it heard where the answer came at once: it may be so far behind, and is never ahead. Who looks
for what has just become due, and would look again only when woken, looks so far ahead."""


class Watch:
    """Tells the time in snapshots. Deadlines are set by the database's clock, so they have passed when it says so."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._looked: tuple[datetime, timedelta] | None = None

    def at(self, connection: sa.Connection) -> datetime:
        """Machine time now."""
        here = self._clock.machine()
        if connection.dialect.name == "sqlite":
            return here
        if self._looked is not None and timedelta(0) <= here - self._looked[0] < GOOD_FOR:
            return here + self._looked[1]
        there = locks.hold(connection, (), self._clock).at
        after = self._clock.machine()
        if after - here < QUICK:
            self._looked = (after, there - after)
        return there
