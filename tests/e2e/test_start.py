"""Starting while the database is still starting."""

import secrets
import threading
import urllib.request

import pytest

from tests.e2e.turnero import Turnero
from tests.servers import Postgres


@pytest.fixture
def own_server(postgres):
    """A PostgreSQL server that may be stopped."""
    server = Postgres.create(postgres.home.parent / f"own-{secrets.token_hex(4)}")
    yield server
    server.stop()


def test_a_server_waits_for_a_database_that_starts_later(own_server, tmp_path):
    with own_server.database() as url:
        turnero = Turnero(tmp_path, {"DATABASE_URL": url, "SECRET_KEY": "x" * 40})
        own_server.stop()
        later = threading.Timer(2.0, own_server.start)
        later.start()
        turnero.start()
        ready = urllib.request.urlopen(f"{turnero.url}/readyz", timeout=10).status  # noqa: S310 - our own server
        log = turnero.log
        turnero.stop()
        later.join()

    assert ready == 200
    assert "waiting_for_database" in log
