"""Archives: what was in one database is in the other, whichever they are; or nothing is, and somebody is told why."""

import json
import shutil
import stat
import threading
import zipfile
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest
import sqlalchemy as sa

from qms.services.inspection import broken_invariants
from qms.store.archive import About, Archive, Damaged, Manifest, Newer, NotEmpty, Unfit, restore, snapshot, write
from qms.store.archive.manifest import shape_of
from qms.store.archive.restoring import LEAP
from qms.store.archive.rows import Tally, lines_of
from qms.store.engines import connect
from qms.store.migrate import NewerDatabase, migrate
from qms.store.revision import HEAD, present
from qms.store.schema import metadata
from qms.store.schema.work import call
from qms.store.store import Store
from tests.clock import MONDAY_NOON, HandClock
from tests.db.clock import MachineClock
from tests.db.filling import ROWS, fill_every_table
from tests.db.house import House
from tests.db.work.town import TOWN
from tests.vault import VAULT

ABOUT = About(version="1.2.3", taken_at=MONDAY_NOON)
FAR = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


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


def url_of(engine: sa.Engine) -> str:
    return engine.url.set(drivername=engine.dialect.name).render_as_string(hide_password=False)


def taken(url: str, file: Path, about: About = ABOUT) -> Path:
    with snapshot(url, file.parent) as connection:
        write(connection, file, about)
    return file


def restored(engine: sa.Engine, file: Path, **how: bool) -> Manifest:
    with Archive(file) as archive:
        archive.check()
        restore(engine, archive, **how)
        return archive.manifest


def contents(engine: sa.Engine) -> dict[str, list[tuple[object, ...]]]:
    with engine.connect() as connection:
        tables = [(table, sa.select(table).order_by(*table.primary_key)) for table in metadata.sorted_tables]
        return {table.name: sorted(map(tuple, connection.execute(rows)), key=repr) for table, rows in tables}


def hashes(engine: sa.Engine) -> dict[str, tuple[int, str]]:
    found = {}
    with engine.connect() as connection, connection.begin():
        for table in metadata.sorted_tables:
            tally = Tally()
            tally.exhaust(lines_of(connection, shape_of(table)))
            found[table.name] = (tally.rows, tally.sha256)
    return found


def rewritten(file: Path, name: str, change) -> Path:
    """A copy of an archive in which one entry is another."""
    copy = file.with_name("rewritten.turnero")
    with zipfile.ZipFile(file) as old, zipfile.ZipFile(copy, "w") as new:
        for entry in old.namelist():
            new.writestr(entry, change(old.read(entry)) if entry == name else old.read(entry))
    return copy


# -- there and back --------------------------------------------------------------------------------------------------


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


# -- while others write ----------------------------------------------------------------------------------------------


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


# -- refusals --------------------------------------------------------------------------------------------------------


def test_an_archive_is_complete_or_not_there_and_for_its_owner_only(database_url, engine, full, tmp_path, monkeypatch):
    def breaks(*_):
        raise RuntimeError("half way")

    before = full.read_bytes()
    monkeypatch.setattr("qms.store.archive.writing.lines_of", breaks)
    with pytest.raises(RuntimeError):
        taken(database_url, full)

    assert full.read_bytes() == before
    assert stat.S_IMODE(full.stat().st_mode) == 0o600
    assert [path.name for path in tmp_path.glob(".*")] == []


def test_no_byte_of_an_archive_can_be_another_unnoticed(tmp_path):
    source = connect(f"sqlite:///{tmp_path}/source.db", pool_size=1)
    migrate(source)
    fill_every_table(source)
    file = taken(f"sqlite:///{tmp_path}/source.db", tmp_path / "whole.turnero")
    source.dispose()
    whole, changed = file.read_bytes(), tmp_path / "changed.turnero"
    with Archive(file) as archive:
        manifest = archive.manifest

    for at in range(0, len(whole), 173):
        changed.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        try:
            with Archive(changed) as archive:
                archive.check()
                assert archive.manifest == manifest  # a time stamp of an entry or the like, which nobody reads
        except (Damaged, Newer):
            pass
    for length in range(0, len(whole), 3989):
        changed.write_bytes(whole[:length])
        with pytest.raises(Damaged, match="damaged"), Archive(changed) as archive:
            archive.check()


@pytest.mark.parametrize(
    "change", [lambda rows: rows.replace(b"plain", b"PLAIN"), lambda rows: rows[rows.index(b"\n") + 1 :]]
)
def test_an_archive_whose_rows_were_changed_is_refused_and_nothing_is_written(full, other, change):
    damaged = rewritten(full, "tables/account.jsonl", change)

    with pytest.raises(Damaged, match="account has not the 3 rows"):
        restored(other, damaged)

    assert sa.inspect(other).get_table_names() == []


def test_what_is_found_half_way_is_taken_back(engine, full, other):
    migrate(other)
    damaged = rewritten(full, "tables/ticket.jsonl", lambda rows: rows[rows.index(b"\n") + 1 :])

    with pytest.raises(Damaged), Archive(damaged) as archive:
        restore(other, archive)

    assert set(map(len, contents(other).values())) == {0}
    assert present(other) == HEAD


def test_a_newer_archive_is_refused(full, other):
    def newer(text):
        return json.dumps(json.loads(text) | {"revision": "9999", "version": "7.0"}).encode()

    def stranger(text):
        return json.dumps({"format": 2, "version": "8.0"}).encode()

    with pytest.raises(Newer, match=r"version 7\.0 at revision 9999"):
        restored(other, rewritten(full, "manifest.json", newer))
    with pytest.raises(Newer, match=r"version 8\.0"):
        restored(other, rewritten(full, "manifest.json", stranger))

    assert sa.inspect(other).get_table_names() == []


def test_a_newer_database_is_left_as_it_is(full, other):
    migrate(other)
    with other.begin() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")

    with pytest.raises(NewerDatabase, match="9999"):
        restored(other, full, force=True)

    assert present(other) == "9999"


def test_a_database_that_is_not_there_or_not_migrated_is_not_backed_up(database_url, tmp_path):
    file = tmp_path / "none.turnero"

    with pytest.raises(Unfit, match=r"no such database|run turnero migrate"):
        taken(database_url, file)

    assert not file.exists()


def test_a_broken_sqlite_file_is_not_backed_up(tmp_path, sqlite_with_tables):
    broken = tmp_path / "broken.db"
    shutil.copy(sqlite_with_tables, broken)
    content = bytearray(broken.read_bytes())
    content[8192:40960] = b"\xff" * 32768
    broken.write_bytes(content)

    with pytest.raises(Damaged, match=r"broken\.db"):
        taken(f"sqlite:///{broken}", tmp_path / "broken.turnero")

    assert not (tmp_path / "broken.turnero").exists()


def test_what_the_other_database_cannot_hold_is_told_by_table(tmp_path, postgres_url):
    source = connect(f"sqlite:///{tmp_path}/source.db", pool_size=1)
    migrate(source)
    with source.begin() as connection:
        connection.execute(metadata.tables["failed_login"].insert().values(scope="a\0b", count=1, since=FAR))
    file = taken(f"sqlite:///{tmp_path}/source.db", tmp_path / "nul.turnero")
    target = connect(postgres_url, pool_size=1)

    with pytest.raises(Unfit, match="table failed_login cannot be restored"):
        restored(target, file)

    assert sa.inspect(target).get_table_names() == []
    source.dispose()
    target.dispose()
