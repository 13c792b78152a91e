"""PostgreSQL: whoever cannot lock in time is told, alone, and a transaction that stands still holds nobody up."""

import psycopg
import pytest

from qms.domain.errors import Unavailable
from qms.store import limits, networks
from qms.store.engines import connect
from server.opened import open_installation
from server.settings import Settings
from tests.db.marks import on_postgresql
from tests.db.networks import TWO_TOWNS, settle
from tests.db.notes import note, notes
from tests.db.waiting import PATIENCE, Gate, held_up, refusals, submit


@on_postgresql
def test_a_domain_held_by_another_process_is_waited_for_and_then_unavailable(little_patience, store, store_url, domain):
    with psycopg.connect(store_url) as other:
        other.execute("SELECT * FROM routing_domain FOR UPDATE")
        with pytest.raises(Unavailable, match="lock timeout"):
            store.write(note, name="a", domain=domain)
        free = store.write(note, name="b")

    assert free == "b"
    assert store.write(note, name="c", domain=domain) == "c"


@pytest.fixture
def domain(store):
    """A routing domain."""

    def make(tx):
        options = "'{}', '[]', '[]'"
        tx.raw(
            "INSERT INTO account (id, slug, name, timezone, options, closures, languages)"
            f" VALUES ('x', 'x', 'x', 'UTC', {options})", {},
        )  # fmt: skip
        tx.raw("INSERT INTO routing_domain (id, account_id) VALUES ('d', 'x')", {})
        return "d"

    return store.write(make)


@on_postgresql
def test_what_a_command_cannot_lock_in_time_refuses_it_alone(little_patience, store, store_url):
    def wait_for_the_first(tx):
        tx.raw("UPDATE installation SET value = 'mine' WHERE name = 'first'", {})

    store.write(note, name="first")
    with psycopg.connect(store_url) as other:
        other.execute("SELECT * FROM installation FOR UPDATE")
        with held_up(store):
            futures = [submit(store, note, name="a"), submit(store, wait_for_the_first), submit(store, note, name="c")]
        errors = refusals(futures)

    assert [type(error) for error in errors] == [type(None), Unavailable, type(None)]
    assert store.read(notes) == ["a", "c", "first"]


@on_postgresql
def test_a_transaction_that_stands_still_holds_nobody_up_for_long_and_writes_nothing(
    monkeypatch, store_url, open_store
):
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.2)
    stalled, other, gate = open_store(), open_store(), Gate()

    def stall(tx):
        tx.raw("UPDATE installation SET value = 'stalled' WHERE name = 'a'", {})
        gate(tx)
        return tx.raw("SELECT 1", {})

    def go_on(tx):
        tx.raw("UPDATE installation SET value = 'other' WHERE name = 'a'", {})

    stalled.write(note, name="a")
    late = submit(stalled, stall)
    assert gate.entered.wait(PATIENCE)
    other.write(go_on)
    gate.open()

    with pytest.raises(Unavailable):
        late.result(PATIENCE)
    assert stalled.read(lambda tx: tx.raw("SELECT value FROM installation", {})) == [("other",)]


@on_postgresql
def test_a_transaction_that_says_that_it_thinks_for_long_is_left_to_think(monkeypatch, open_store):
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.1)
    store, gate = open_store(), Gate()

    def think(tx):
        tx.take_time()
        note(tx, name="begun")
        gate(tx)
        return note(tx, name="ended")

    thought = submit(store, think)
    assert gate.entered.wait(PATIENCE)
    store.read(lambda tx: tx.raw("SELECT pg_sleep(0.3)", {}))
    gate.open()

    assert thought.result(PATIENCE) == "ended"


_PATIENCE_LEFT = "SHOW idle_in_transaction_session_timeout"


def test_a_command_of_an_operator_and_a_migration_may_take_long_and_whatever_serves_may_not(postgres_url):
    url = {"TURNERO_DATABASE_URL": postgres_url, "TURNERO_SECRET_KEY": "k" * 40}
    left = []
    for tool in (True, False):
        opened = open_installation(Settings.read(url), tool=tool)
        left.append(opened.store.write(lambda tx: tx.raw(_PATIENCE_LEFT, {})))
        opened.store.close()

    engine = connect(postgres_url, pool_size=1)
    with engine.connect() as connection, connection.begin():
        left.append(connection.exec_driver_sql(_PATIENCE_LEFT).all())
    engine.dispose()

    assert left == [[("1min",)], [("30s",)], [("1min",)]]  # a test's server waits for longer than a real one (conftest)


@on_postgresql
def test_whoever_writes_may_take_long_to_read_a_network_and_for_nothing_else(monkeypatch, open_store):
    account = settle(open_store(), TWO_TOWNS).account.id
    monkeypatch.setattr(limits, "IDLE_SECONDS", 0.1)
    store, gate, load = open_store(), Gate(), networks.load

    def think(connection, *of):
        gate(None)
        return load(connection, *of)

    monkeypatch.setattr(networks, "load", think)
    begun = submit(store, lambda tx: (tx.network(account).account.slug, *tx.raw(_PATIENCE_LEFT, {})))
    assert gate.entered.wait(PATIENCE)
    store.read(lambda tx: tx.raw("SELECT pg_sleep(0.3)", {}))
    gate.open()

    assert begun.result(PATIENCE) == ("towns", ("100ms",))
