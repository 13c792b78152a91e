"""What PostgreSQL keeps planned: statements that are asked again and again, where no pooler stands between."""

import pytest
import sqlalchemy as sa

from qms.store import postgresql
from qms.store.engines import connect
from tests.pooler import pooler

KEPT = "SELECT statement FROM pg_prepared_statements"


@pytest.fixture
def direct(postgres):
    with postgres.database() as url:
        yield url


def _kept_after(engine, times):
    """What the server keeps after so many transactions, in each of which one thing is asked."""
    with engine.connect() as connection:
        for _ in range(times):
            with connection.begin():
                connection.exec_driver_sql("SELECT %(asked)s", {"asked": "a"})
        with connection.begin():  # what is rolled back lets psycopg forget all
            return [text for (text,) in connection.exec_driver_sql(KEPT)]


def test_what_is_asked_again_and_again_is_kept_by_the_server_itself(direct):
    engine = connect(direct, pool_size=1)

    seldom = _kept_after(engine, postgresql.PLANNED_AFTER)
    often = _kept_after(engine, 1)
    engine.dispose()

    assert (seldom, often) == ([], ["SELECT $1"])


def test_nothing_is_kept_behind_a_pooler(postgres, direct, monkeypatch):
    monkeypatch.setattr(postgresql, "SHARP", {**postgresql.SHARP, "connect_timeout": 10})
    with pooler(postgres, servers=1) as port:
        engine = connect(
            direct.replace("turnero@", "turnero:x@").replace(f":{postgres.port}/", f":{port}/"), pool_size=1
        )
        kept = _kept_after(engine, postgresql.PLANNED_AFTER + 3)
        engine.dispose()

    assert kept == []


def test_nothing_is_kept_where_the_url_says_that_a_pooler_hides(direct):
    engine = connect(f"{direct}?straight=no", pool_size=1)
    kept = _kept_after(engine, postgresql.PLANNED_AFTER + 3)
    engine.dispose()

    assert kept == []


def test_what_fails_is_forgotten_and_asked_anew(direct):
    engine = connect(direct, pool_size=1)
    _kept_after(engine, postgresql.PLANNED_AFTER + 1)

    with engine.connect() as connection, pytest.raises(sa.exc.DBAPIError), connection.begin():
        connection.exec_driver_sql("SELECT 1 / %(asked)s::int", {"asked": "0"})
    after = _kept_after(engine, 1)
    engine.dispose()

    assert after == []
