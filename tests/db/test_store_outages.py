"""Outages: whoever asks is told, nothing acknowledged is lost, and work goes on by itself afterwards."""

import secrets
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy.engine import make_url

from qms.domain.errors import Unavailable
from qms.store import engines, lookout, networks, postgresql
from qms.store.schema.access import installation
from qms.store.schema.work import journal
from qms.store.store import Store
from tests.db.marks import on_postgresql, on_sqlite
from tests.db.networks import TWO_TOWNS, settle
from tests.db.notes import note, notes
from tests.db.waiting import PATIENCE, Gate, held_up, refusals, submit
from tests.faults.proxy import Proxy
from tests.servers import Postgres
from tests.vault import VAULT

KILOBYTES = "x" * 50_000


def fill(tx, *, name):
    """Take space, on the bare driver, as the hot statements do."""
    note(tx, name=name)
    tx.raw("UPDATE installation SET value = :value WHERE name = :name", {"value": KILOBYTES, "name": name})
    return name


def bare_note(tx, *, name):
    """Write a note on the bare driver."""
    tx.insert_many("installation", ("name", "value"), [(name, "")])
    return name


def until_unavailable(act):
    for n in range(1000):
        try:
            act(str(n))
        except Unavailable:
            return n
    raise AssertionError("it never was")


# -- SQLite ----------------------------------------------------------------------------------------------------------


@on_sqlite
def test_a_full_database_takes_nothing_more_and_is_read_and_goes_on_when_there_is_space(store):
    def limit(tx, *, pages):
        tx.raw(f"PRAGMA max_page_count = {pages}", {})

    store.write(limit, pages=300)

    taken = until_unavailable(lambda name: store.write(fill, name=name))
    with held_up(store):
        futures = [submit(store, fill, name=f"more {n}") for n in range(3)]
    errors = refusals(futures)

    assert taken > 0
    assert [type(error) for error in errors] == [Unavailable] * 3
    assert len(store.read(notes)) == taken
    store.write(limit, pages=100_000)
    assert store.write(fill, name="after") == "after"


@pytest.fixture
def small_disk(tmp_path):
    """A disk of four megabytes."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mounted = subprocess.run(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", folder], capture_output=True)
    if mounted.returncode:
        pytest.skip("only root may mount a small disk")
    yield folder
    subprocess.run(["umount", "--lazy", folder], check=True)


def test_a_full_disk_does_the_same(small_disk, sqlite_with_tables, machine_clock):
    shutil.copy(sqlite_with_tables, small_disk / "turnero.db")
    store = Store(f"sqlite:///{small_disk}/turnero.db", machine_clock, VAULT)
    ballast = small_disk / "ballast"
    ballast.write_bytes(b"x" * 1_000_000)

    taken = until_unavailable(lambda name: store.write(fill, name=name))
    with pytest.raises(Unavailable):
        store.write(fill, name="more")
    kept = store.read(notes)
    ballast.unlink()
    after = store.write(note, name="after")
    store.close()

    assert taken == len(kept) > 0
    assert after == "after"


@on_sqlite
def test_a_database_that_may_only_be_read_is_read(store):
    def may_only_be_read(yes):
        with store.engine.connect() as connection:  # the one that the writer has given back
            connection.connection.execute(f"PRAGMA query_only = {int(yes)}")

    store.write(note, name="a")
    may_only_be_read(True)
    with pytest.raises(Unavailable):
        store.write(note, name="b")
    read = store.read(notes)
    may_only_be_read(False)

    assert read == ["a"]
    assert store.write(note, name="c") == "c"


@pytest.fixture
def little_patience(monkeypatch):
    """Locks are waited for no longer than a moment. Ask for it before the store."""
    monkeypatch.setitem(engines.SQLITE, "timeout", 0.2)
    monkeypatch.setattr(engines, "LOCK_SECONDS", 0.2)


@on_sqlite
def test_a_database_locked_by_another_process_is_waited_for_and_then_unavailable(little_patience, store, store_url):
    other = sqlite3.connect(store_url.removeprefix("sqlite:///"), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")

    with pytest.raises(Unavailable, match="locked"):
        store.write(note, name="a")
    read = store.read(notes)
    other.execute("ROLLBACK")
    other.close()

    assert read == []
    assert store.write(note, name="b") == "b"


@on_sqlite
def test_a_lock_that_is_let_go_in_time_is_only_waited_for(store, store_url):
    script = "import sqlite3, sys; c = sqlite3.connect(sys.argv[1], isolation_level=None); c.execute('BEGIN IMMEDIATE')"
    script += "; print('locked', flush=True); sys.stdin.read(); c.execute('COMMIT')"
    command = [sys.executable, "-c", script, store_url.removeprefix("sqlite:///")]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as other:
        assert other.stdout is not None
        assert other.stdin is not None
        assert other.stdout.readline() == b"locked\n"
        future = submit(store, note, name="a")
        assert not future.done()
        other.stdin.close()

        assert future.result(PATIENCE) == "a"


# -- PostgreSQL ------------------------------------------------------------------------------------------------------


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


TERMINATE = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND pid <> pg_backend_pid()"


@on_postgresql
def test_a_database_that_drops_its_connections_under_load_loses_nothing_acknowledged(store_url, open_store, postgres):
    store = open_store()
    acknowledged, refused, stop = [], [], threading.Event()

    def work(thread):
        for n in range(10_000):
            if stop.is_set():
                return
            try:
                acknowledged.append(store.write(note if n % 2 else bare_note, name=f"{thread}-{n}"))
                store.read(notes)
            except Unavailable as error:
                refused.append(error)

    with ThreadPoolExecutor(6) as pool, psycopg.connect(postgres.url("postgres"), autocommit=True) as admin:
        workers = [pool.submit(work, n) for n in range(6)]
        database = store_url.rpartition("/")[2]
        for _ in range(5):
            goal = len(acknowledged) + 25
            _wait_until(lambda goal=goal: len(acknowledged) >= goal or any(w.done() for w in workers))
            admin.execute(TERMINATE, (database,))
        goal = len(acknowledged) + 25
        _wait_until(lambda: len(acknowledged) >= goal or any(w.done() for w in workers))
        stop.set()

    assert [worker.exception() for worker in workers] == [None] * 6
    assert refused
    assert set(acknowledged) <= set(store.read(notes))


@pytest.fixture
def line(store_url):
    """A line to the database that can be made to lead nowhere; its URL is the database's, but for the port."""
    port = make_url(store_url).port or 0
    with Proxy(port) as proxy:
        yield proxy, store_url.replace(f":{port}/", f":{proxy.port}/")


@pytest.fixture
def sharp_ears(monkeypatch):
    """Silence is noticed in a moment. Ask for it before the store."""
    monkeypatch.setattr(lookout, "LOOK_SECONDS", 0.1)
    monkeypatch.setattr(postgresql, "PING_SECONDS", 0.3)


def long_work(tx):
    """A statement that takes much longer than the server may be silent."""
    return tx.raw("SELECT pg_sleep(1)", {})


@on_postgresql
def test_lines_that_lead_nowhere_are_given_up_for_good_ones_though_long_work_is_waited_for(
    sharp_ears, line, machine_clock, store
):
    proxy, url = line
    far = Store(url, machine_clock, VAULT, writers=2)
    far.write(note, name="a")

    long = far.read(long_work)
    waiting = submit(far, long_work)
    _wait_until(lambda: _works_long(store))
    proxy.freeze()
    with pytest.raises(Unavailable):
        waiting.result(PATIENCE)
    with pytest.raises(Unavailable):
        far.write(note, name="b")
    proxy.heal()
    _until_available(lambda: far.write(note, name="c"))
    read = _until_available(lambda: far.read(notes))
    far.close()

    assert len(long) == 1
    assert read == ["a", "c"]


def _until_available(act):
    """What it returns, as soon as those who look after the lines have found a good one."""
    answers = []

    def answered():
        with suppress(Unavailable):
            answers.append(act())
        return answers

    _wait_until(answered)
    return answers[0]


def _works_long(store):
    at_work = "SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'SELECT pg_sleep%'"
    return store.read(lambda tx: tx.raw(f"{at_work} AND state = 'active'", {}))


@on_postgresql
def test_a_transaction_that_stands_still_holds_nobody_up_for_long_and_writes_nothing(
    monkeypatch, store_url, open_store
):
    monkeypatch.setattr(engines, "IDLE_SECONDS", 0.2)
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
    monkeypatch.setattr(engines, "IDLE_SECONDS", 0.1)
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


@on_postgresql
def test_whoever_writes_may_take_long_to_read_a_network_and_for_nothing_else(monkeypatch, open_store):
    account = settle(open_store(), TWO_TOWNS).account.id
    monkeypatch.setattr(engines, "IDLE_SECONDS", 0.1)
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


@pytest.fixture
def own_server(postgres):
    """A PostgreSQL server that may be stopped."""
    server = Postgres.create(postgres.home.parent / f"own-{secrets.token_hex(4)}")
    yield server
    server.stop()


def test_a_server_that_stops_and_starts_again_is_outlived(own_server, machine_clock):
    with own_server.database() as url:
        store = Store(url, machine_clock, VAULT, writers=2)
        installation.create(store.engine)
        journal.create(store.engine)
        store.write(note, name="a")
        own_server.stop()
        with pytest.raises(Unavailable):
            store.write(note, name="b")
        with pytest.raises(Unavailable):
            store.read(notes)
        own_server.start()
        store.write(note, name="c")
        kept = store.read(notes)
        store.close()

    assert kept == ["a", "c"]


def _wait_until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)
