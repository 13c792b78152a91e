"""Databases with a past, kept from one measurement to the next: ten million tickets are not filled in every time."""

from collections.abc import Sequence
from contextlib import ExitStack
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import sqlalchemy as sa

from qms.store.engines import connect
from qms.store.migrate import migrate
from qms.store.schema import work
from qms.store.store import Store
from tests.bench.growth import past
from tests.bench.growth.commands import NETWORK, Grown
from tests.clock import MONDAY_NOON, HandClock
from tests.vault import VAULT


def urls(where: str, lengths: Sequence[int]) -> list[str]:
    """Where the databases are: in a folder, or at a PostgreSQL server, where they are made if they are not there."""
    if not where.startswith("postgresql://"):
        return [f"sqlite:///{Path(where)}/{length}.db" for length in lengths]
    with psycopg.connect(f"{where}/postgres", autocommit=True) as connection:
        there = {name for (name,) in connection.execute("SELECT datname FROM pg_database")}
        for length in lengths:
            if f"past_{length}" not in there:
                connection.execute(f"CREATE DATABASE past_{length}".encode())
    return [f"{where}/past_{length}" for length in lengths]


def make(url: str, tickets: int) -> None:
    """Fill a database that is not filled yet."""
    with ExitStack() as up:
        engine = connect(url, pool_size=1)
        up.callback(engine.dispose)
        migrate(engine)
        with engine.connect() as connection:
            if connection.execute(sa.select(work.ticket.c.id).limit(1)).first() is not None:
                return
        network = house(up, url, HandClock()).network
        engine.dispose()
        past.hurry(engine)
        with past.without_indexes(engine):
            past.fill(engine, past.lines_of(network), tickets, MONDAY_NOON)
        if engine.dialect.name == "postgresql":  # nobody ever lets SQLite look
            past.statistics(engine)


def house(up: ExitStack, url: str, clock: HandClock) -> Grown:
    """The house that is in a database."""
    store = Store(url, clock, VAULT)
    up.callback(store.close)
    return Grown(store, NETWORK)


def now(url: str) -> datetime:
    """When the next thing happens there: after all that has been measured."""
    engine = connect(url, pool_size=1)
    with engine.connect() as connection:
        last = connection.execute(sa.select(sa.func.max(work.ticket.c.id))).scalar_one()
    engine.dispose()
    return max(MONDAY_NOON, datetime.fromtimestamp(int(last[:8], 16), UTC) + timedelta(minutes=1))
