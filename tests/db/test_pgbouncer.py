"""PgBouncer between the store and its database, lending a server's connection for one transaction at a time."""

from collections.abc import Iterator

import pytest

from qms.store import migrate, postgresql
from qms.store.engines import connect
from tests.db.house import House
from tests.db.waiting import in_threads
from tests.pooler import pooler
from tests.servers import Postgres
from tests.vault import VAULT

pytestmark = pytest.mark.campaign
BRANCH = (
    '[account]\nslug = "x"\nname = "X"\n[[branch]]\nkey = "m"\n[[queue]]\nkey = "q"\nmode = "counter"\nbranches = ["m"]'
)
SERVERS = 2


@pytest.fixture
def pooled(postgres: Postgres) -> Iterator[str]:
    """The URL of an empty database behind a pooler that has two connections to it."""
    with postgres.database() as url, pooler(postgres, servers=SERVERS) as port:
        yield url.replace("turnero@", "turnero:x@").replace(f":{postgres.port}/", f":{port}/")


def test_many_connections_share_two_and_nothing_is_left_in_them(pooled, machine_clock, monkeypatch):
    from qms.store.store import Store

    monkeypatch.setattr(postgresql, "SHARP", {**postgresql.SHARP, "connect_timeout": 10})
    engine = connect(pooled, pool_size=1)
    migrate.migrate(engine)
    stores = [Store(pooled, machine_clock, VAULT) for _ in range(2)]
    house = House(stores[0], BRANCH)
    others = [House(store, BRANCH) for store in stores]

    taken = in_threads(lambda n: [others[n % 2].take("q", "m") for _ in range(20)], 8)
    left = [_limits(engine) for _ in range(4 * SERVERS)]
    for store in stores:
        store.close()
    engine.dispose()

    numbers = sorted(ticket.own_number for some in taken for ticket in some)
    assert numbers == list(range(1, 161))
    assert set(left) == {"0"}
    assert house.applied.account


def _limits(engine):
    with engine.connect() as connection:
        connection.connection.rollback()
        return connection.connection.execute("SHOW lock_timeout").fetchone()[0]
