"""A SQLite file that is full, locked, or may only be read: whoever asks is told, and work goes on by itself."""

import shutil
import sqlite3
import subprocess
import sys

import pytest

from qms.domain.errors import Unavailable
from qms.store.store import Store
from tests.db.marks import on_sqlite
from tests.db.notes import note, notes
from tests.db.waiting import PATIENCE, held_up, refusals, submit
from tests.vault import VAULT

KILOBYTES = "x" * 50_000


def fill(tx, *, name):
    """Take space, on the bare driver, as the hot statements do."""
    note(tx, name=name)
    tx.raw("UPDATE installation SET value = :value WHERE name = :name", {"value": KILOBYTES, "name": name})
    return name


def until_unavailable(act):
    for n in range(1000):
        try:
            act(str(n))
        except Unavailable:
            return n
    raise AssertionError("it never was")


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
