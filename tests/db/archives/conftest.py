"""Databases to take archives of and to restore them into, on SQLite and on PostgreSQL."""

from pathlib import Path

import pytest

from qms.store.engines import connect
from qms.store.migrate import migrate
from qms.store.revision import HEAD
from tests.db.archives.packing import taken
from tests.db.filling import fill_every_table
from tests.db.house import House
from tests.db.work.town import TOWN


@pytest.fixture
def engine(database_url):
    """A migrated, empty database of each kind."""
    engine = connect(database_url, pool_size=2)
    migrate(engine)
    yield engine
    engine.dispose()


@pytest.fixture(params=["sqlite", "postgresql"])
def other(request, tmp_path):
    """The database that is restored into; empty, without any table."""
    if request.param == "sqlite":
        url = f"sqlite:///{tmp_path}/other.db"
    else:
        url = request.getfixturevalue("postgres_url_of_others")
    engine = connect(url, pool_size=2)
    yield engine
    engine.dispose()


@pytest.fixture
def postgres_url_of_others(postgres):
    with postgres.database() as url:
        yield url


@pytest.fixture
def full(database_url, engine, tmp_path) -> Path:
    """An archive of a database that has rows in every table."""
    fill_every_table(engine)
    return taken(database_url, tmp_path / "full.turnero")


@pytest.fixture
def house(store_url, store):
    """A house at work in a database that is like a migrated one."""
    engine = connect(store_url, pool_size=1)
    with engine.begin() as connection:
        connection.exec_driver_sql("CREATE TABLE alembic_version (version_num VARCHAR(32) PRIMARY KEY)")
        connection.exec_driver_sql(f"INSERT INTO alembic_version VALUES ('{HEAD}')")
    yield House(store, TOWN)
    with engine.begin() as connection:
        connection.exec_driver_sql("DROP TABLE alembic_version")
    engine.dispose()
