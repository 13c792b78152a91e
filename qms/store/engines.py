"""Engines: the connections to a database, whichever its URL names."""

import sqlalchemy as sa
from sqlalchemy.engine import URL, make_url

from qms.store import sqlite


def driver_url(url: str) -> URL:
    """The URL with our choice of driver: `sqlite:///file`, `postgresql://…`."""
    parsed = make_url(url)
    if parsed.get_backend_name() == "postgresql":
        return parsed.set(drivername="postgresql+psycopg")
    if parsed.get_backend_name() == "sqlite":
        return parsed.set(drivername="sqlite+pysqlite")
    raise ValueError(f"a database URL starts with sqlite:/// or postgresql://, not {parsed.drivername}:")


def connect(
    url: str, *, pool_size: int = 5, reading: bool = False, patience: float | None = None, thinking: bool = False
) -> sa.Engine:
    """An engine whose transactions begin when told to, and whose readers never block a writer.

    `reading`: its transactions see one snapshot and cannot write. `patience`: a PostgreSQL statement may take so many
    seconds, and a line to the server that leads nowhere is given up much sooner; tools have no end of patience.
    `thinking`: its transactions may stand still for long, as those that read, and those of tools. On SQLite, tools wait
    longer for others.
    """
    parsed = driver_url(url)
    if parsed.get_backend_name() == "sqlite":
        patient = thinking or patience is None
        return sqlite.engine(parsed, pool_size=pool_size, reading=reading, patient=patient)
    from qms.store import postgresql  # its driver loads slowly, and most installations have no PostgreSQL

    return postgresql.engine(parsed, pool_size=pool_size, reading=reading, patience=patience, thinking=thinking)
