"""PostgreSQL, away or behind a line that leads nowhere: nothing acknowledged is lost, work goes on by itself later."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress

import psycopg
import pytest
from sqlalchemy.engine import make_url

from qms.domain.errors import Unavailable
from qms.store import lookout, postgresql
from qms.store.schema.access import installation
from qms.store.schema.work import journal
from qms.store.store import Store
from tests.db.marks import on_postgresql
from tests.db.notes import note, notes
from tests.db.waiting import PATIENCE, submit
from tests.faults.proxy import Proxy
from tests.vault import VAULT


def bare_note(tx, *, name):
    """Write a note on the bare driver."""
    tx.insert_many("installation", ("name", "value"), [(name, "")])
    return name


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


def test_a_server_that_stops_and_starts_again_is_outlived(own_postgres, machine_clock):
    with own_postgres.database() as url:
        store = Store(url, machine_clock, VAULT, writers=2)
        installation.create(store.engine)
        journal.create(store.engine)
        store.write(note, name="a")
        own_postgres.stop()
        with pytest.raises(Unavailable):
            store.write(note, name="b")
        with pytest.raises(Unavailable):
            store.read(notes)
        own_postgres.start()
        store.write(note, name="c")
        kept = store.read(notes)
        store.close()

    assert kept == ["a", "c"]


def _wait_until(true):
    end = time.monotonic() + PATIENCE
    while not true():
        assert time.monotonic() < end
        time.sleep(0.001)
