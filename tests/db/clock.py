"""One clock for a store and its database, moved by hand: PostgreSQL is made to stamp with it too."""

from datetime import datetime, timedelta

import psycopg

from tests.clock import MONDAY_NOON, HandClock

HANDS = """
CREATE TABLE public.hands (at timestamptz NOT NULL);
CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    SET search_path = pg_catalog AS 'SELECT coalesce((SELECT at FROM public.hands), clock_timestamp())';
"""
"""A clock for a PostgreSQL database: a function named like the system's, which it follows while it has no hands.

The tests' servers look among a database's own functions first (tests/servers.py).
"""


class MachineClock(HandClock):
    """Machine and business time stand still together until they are moved."""

    def business(self, machine: datetime) -> datetime:
        """The machine time that a transaction was stamped with."""
        return machine


class PostgresClock(MachineClock):
    """Moves the hands of a database too, whose schema has them; what empties the database takes them off again."""

    def __init__(self, url: str, at: datetime = MONDAY_NOON) -> None:
        super().__init__(at)
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute("INSERT INTO public.hands VALUES (%s)", (at,))

    def move(self, **by: float) -> None:
        """Move the hands there, and then here.

        A store measures how far the two are apart once a second of its own clock: whoever measured here before there
        would believe the difference until the hands are moved again.
        """
        moved = self.at + timedelta(**by)
        self.move_there(moved)
        self.at = moved

    def move_there(self, at: datetime) -> None:
        """Move the hands of the database alone."""
        self._connection.execute("UPDATE public.hands SET at = %s", (at,))

    def close(self) -> None:
        """Let the database go."""
        self._connection.close()
