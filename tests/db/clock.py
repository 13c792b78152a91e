"""One clock for a store and its database, moved by hand: PostgreSQL is made to stamp with it too."""

from datetime import datetime

import psycopg

from tests.clock import MONDAY_NOON, HandClock

HANDS = """
DROP TABLE IF EXISTS public.hands;
DROP FUNCTION IF EXISTS public.clock_timestamp();
CREATE TABLE public.hands (at timestamptz NOT NULL);
CREATE FUNCTION public.clock_timestamp() RETURNS timestamptz LANGUAGE sql VOLATILE
    SET search_path = pg_catalog AS 'SELECT at FROM public.hands';
"""
"""A clock for a PostgreSQL database: a function of the name that the system's own has."""


class MachineClock(HandClock):
    """Machine and business time stand still together until they are moved."""

    def business(self, machine: datetime) -> datetime:
        """The machine time that a transaction was stamped with."""
        return machine


class PostgresClock(MachineClock):
    """Moves the hands of a database too, whose schema has them."""

    def __init__(self, url: str, at: datetime = MONDAY_NOON) -> None:
        super().__init__(at)
        self._url = url
        self._connection = psycopg.connect(url, autocommit=True)
        self._connection.execute("INSERT INTO public.hands VALUES (%s)", (at,))
        # What the path names before pg_catalog hides what is there.
        self._alter("SET search_path = public, pg_catalog")

    def move(self, **by: float) -> None:
        """Move the hands, here and there."""
        super().move(**by)
        self._connection.execute("UPDATE public.hands SET at = %s", (self.at,))

    def close(self) -> None:
        """Let the database go, and have its own clock again."""
        self._connection.close()
        self._alter("RESET search_path")

    def _alter(self, how: str) -> None:
        with psycopg.connect(self._url, autocommit=True) as connection:  # a test may have cut off the other one
            connection.execute(f'ALTER DATABASE "{connection.info.dbname}" {how}'.encode())
