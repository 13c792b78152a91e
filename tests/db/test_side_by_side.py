"""Two releases side by side: a program goes on working on a later release's tables where that release keeps to it.

Nothing has been released yet, so the later release is one made up here: as this one, with something more.
"""

import json

import pytest
import sqlalchemy as sa

from qms.domain.errors import Unavailable
from qms.store import revision
from qms.store.engines import connect
from qms.store.migrate import known, migrate
from qms.store.revision import HEAD, KEEPS, OLDER, suits
from qms.store.schema.access import installation
from server.opened import open_installation
from server.settings import Settings
from tests.db.house import House

BRANCH = (
    '[account]\nslug = "x"\nname = "X"\n[[branch]]\nkey = "m"\n[[queue]]\nkey = "q"\nmode = "counter"\nbranches = ["m"]'
)


@pytest.fixture
def engine(database_url):
    engine = connect(database_url, pool_size=1)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture
def settings(database_url):
    return Settings.read({"TURNERO_DATABASE_URL": database_url, "TURNERO_SECRET_KEY": "k" * 40})


def expand(engine, *keeps):
    """A later release's first step: more columns and tables, nothing less."""
    with engine.connect().execution_options(write=True) as connection, connection.begin():
        connection.exec_driver_sql("ALTER TABLE ticket ADD COLUMN shade TEXT")
        connection.exec_driver_sql("ALTER TABLE branch ADD COLUMN floor INTEGER NOT NULL DEFAULT 0")
        connection.exec_driver_sql("CREATE TABLE shade (id TEXT PRIMARY KEY)")
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
        connection.execute(installation.insert(), {"name": OLDER, "value": json.dumps(keeps)})


def test_a_program_works_on_the_tables_of_a_later_release_that_keeps_to_it(engine, settings):
    expand(engine, "0000", HEAD)

    opened = open_installation(settings)
    house = House(opened.store, BRANCH)
    ticket = house.take("q", "m")
    number = house.ticket(ticket).number
    opened.store.close()

    assert number == "Q001"


def test_it_refuses_those_of_one_that_has_taken_away_what_it_needs(engine, settings):
    expand(engine)

    with pytest.raises(Unavailable, match="9999"):
        open_installation(settings)


def test_who_migrates_says_for_whom_else_the_tables_are_good(database_url, monkeypatch):
    monkeypatch.setattr("qms.store.migrate.KEEPS", ("0000",))
    engine = connect(database_url, pool_size=1)

    migrate(engine)

    with engine.connect() as connection:
        said = connection.execute(sa.select(installation.c.value).where(installation.c.name == OLDER)).scalar_one()
        monkeypatch.setattr(revision, "HEAD", "0000")
        fits = suits(connection)
    engine.dispose()
    assert json.loads(said) == ["0000"]
    assert fits


def test_this_release_keeps_to_none_but_known_ones():
    assert set(KEEPS) < set(known())
