"""Archives: what was in one database is in the other, whichever they are."""

import threading
import zipfile
from contextlib import closing

import pytest
import sqlalchemy as sa

from qms.services.inspection import broken_invariants
from qms.store.archive import NotEmpty
from qms.store.archive.manifest import shape_of
from qms.store.archive.restoring import LEAP
from qms.store.engines import connect
from qms.store.migrate import migrate
from qms.store.revision import HEAD, present
from qms.store.schema import metadata
from qms.store.schema.work import call
from qms.store.store import Store
from tests.clock import HandClock
from tests.db.archives.packing import FAR, contents, hashes, restored, taken, url_of
from tests.db.clock import MachineClock
from tests.db.filling import ROWS, fill_every_table
from tests.db.house import House
from tests.vault import VAULT


def test_every_value_of_every_table_is_the_same_in_either_database(engine, full, other):
    manifest = restored(other, full)

    assert present(other) == HEAD
    assert contents(other) == contents(engine)
    assert hashes(other) == hashes(engine) == {table.name: (table.rows, table.sha256) for table in manifest.tables}
    assert manifest.rows == ROWS * len(metadata.tables)


def test_an_archive_of_what_was_restored_is_the_same_archive(full, other, tmp_path):
    restored(other, full)

    again = taken(url_of(other), tmp_path / "again.turnero")

    with zipfile.ZipFile(full) as first, zipfile.ZipFile(again) as second:
        assert first.namelist() == second.namelist()
        for name in first.namelist():
            if name != "manifest.json":
                assert first.read(name) == second.read(name)


def test_every_table_has_a_key_that_orders_it_and_columns_of_known_kinds():
    for table in metadata.sorted_tables:
        assert shape_of(table).key, table.name
        assert [column.name for column in shape_of(table).columns] == list(table.columns.keys())


def test_a_house_at_work_goes_on_in_the_other_database(house, store_url, other, tmp_path):
    first, second = house.take("cash", "main"), house.take("cash", "main")
    house.sign_in("ana", "c1")
    called = house.next("ana")
    file = taken(store_url, tmp_path / "house.turnero")
    restored(other, file, leap=True)

    with closing(Store(url_of(other), HandClock(), VAULT, writers=2)) as elsewhere:
        there = House.__new__(House)
        there.store, there.applied = elsewhere, house.applied
        broken = elsewhere.read(broken_invariants)
        then = there.next("ana")
        third = there.take("cash", "main")
        counted = elsewhere.read(lambda tx: tx.execute(sa.select(call.c.seq).order_by(call.c.seq)).scalars().all())

    assert called is not None
    assert then is not None
    assert broken == []
    assert (called.id, then.id) == (first.id, second.id)
    assert third.number == "C003"
    assert counted == [1, LEAP + 2]  # above what screens have heard of, whatever was lost


def test_a_database_of_rows_is_replaced_by_force_only_and_whole(engine, full, other):
    migrate(other)
    fill_every_table(other)
    with other.begin() as connection:
        connection.execute(metadata.tables["failed_login"].insert().values(scope="other", count=1, since=FAR))
    before = contents(other)

    with pytest.raises(NotEmpty, match="--force"):
        restored(other, full)
    left = contents(other)
    restored(other, full, force=True)

    assert left == before
    assert contents(other) == contents(engine)


def test_a_migrated_database_without_rows_and_the_sandbox_s_clock_are_no_hindrance(full, other):
    migrate(other)
    with other.begin() as connection:
        connection.execute(metadata.tables["installation"].insert().values(name="clock", value="{}"))

    restored(other, full)

    assert len(contents(other)["installation"]) == ROWS


def test_an_archive_that_is_taken_while_others_write_is_of_one_instant(house, store_url, tmp_path):
    stop, taken_numbers = threading.Event(), []

    def visitors():
        while not stop.is_set():
            taken_numbers.append(house.take("cash", "main").id)

    writer = threading.Thread(target=visitors)
    writer.start()
    try:
        files = []
        for n in range(4):
            acknowledged = len(taken_numbers)
            files.append((acknowledged, taken(store_url, tmp_path / f"{n}.turnero")))
    finally:
        stop.set()
        writer.join()

    for acknowledged, file in files:
        engine = connect(f"sqlite:///{file}.db", pool_size=1)
        restored(engine, file)
        engine.dispose()
        with closing(Store(f"sqlite:///{file}.db", MachineClock(), VAULT)) as scratch:
            assert scratch.read(broken_invariants) == []
            rows = scratch.read(lambda tx: tx.raw("SELECT id FROM ticket ORDER BY own_number", {}))
        found = [id for (id,) in rows]
        assert found == taken_numbers[: len(found)]
        assert len(found) >= acknowledged
