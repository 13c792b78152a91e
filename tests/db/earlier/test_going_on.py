"""A database as an earlier program has left it at noon, its tables and its people: this program goes on with it.

`record.py` beside this file says what was going on, and writes both anew.
"""

import sqlite3
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext

from qms.services import auditing, serving
from qms.store.engines import connect
from qms.store.migrate import migrate
from qms.store.schema import metadata
from qms.store.store import Store
from tests.bench.growth.commands import NETWORK, Grown
from tests.clock import HandClock
from tests.vault import VAULT

HERE = Path(__file__).parent


@pytest.fixture
def earlier_url(database_url, tmp_path):
    """The database as it was left, not migrated yet."""
    kind = database_url.partition(":")[0]
    dump = (HERE / f"{kind}.sql").read_text("utf-8")
    if kind == "sqlite":
        with sqlite3.connect(tmp_path / "turnero.db") as connection:
            connection.executescript(dump)
    else:
        with psycopg.connect(database_url, autocommit=True) as connection:
            connection.execute(dump.encode())
    return database_url


@pytest.fixture
def house(earlier_url):
    """The house, opened by this program some seconds later."""
    engine = connect(earlier_url, pool_size=1)
    migrate(engine)
    engine.dispose()
    clock = HandClock()
    clock.move(minutes=7, seconds=5)
    store = Store(earlier_url, clock, VAULT)
    yield Grown(store, NETWORK)
    store.close()


def test_the_tables_of_an_earlier_program_become_those_of_this_one(earlier_url):
    engine = connect(earlier_url, pool_size=1)
    migrate(engine)
    with engine.connect() as connection:
        drift = compare_metadata(MigrationContext.configure(connection, opts={"compare_type": True}), metadata)
    engine.dispose()

    lacking = [one for one in drift if "index" not in str(one[0])]
    assert lacking == [], "the migration was changed in place: before the first release, run tests.db.earlier.record"


def test_everybody_goes_on_and_everything_that_was_kept_can_be_read(house):
    before = {state: len(house.tickets(state)) for state in ("called", "offered", "waiting", "done")}
    again = house.apply(NETWORK)
    for step in (serving.serve, serving.finish):
        house.do(step, "ana")
    answered, called, new = house.answer("vic"), house.next("ana"), house.intake().ticket
    (booked,) = house.appointments("scheduled")
    house.move(booked, "12:00")
    for look in house.watch().values():
        look()
    house.background()
    chain = house.store.read(auditing.verify, account=house.account)

    assert before == {"called": 1, "offered": 1, "waiting": 2, "done": 2}
    assert (again.changes, again.unmentioned) == ([], [])
    assert [(one.number, one.state) for one in (answered, called, new)] == [
        ("V002", "serving"), ("C003", "called"), ("C005", "waiting"),
    ]  # fmt: skip
    assert chain.broken is None
