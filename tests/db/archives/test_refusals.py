"""Archives: what is damaged, newer or in the way is refused, nothing is written, and somebody is told why."""

import json
import shutil
import stat

import pytest
import sqlalchemy as sa

from qms.store.archive import Archive, Damaged, Newer, Unfit, restore
from qms.store.engines import connect
from qms.store.migrate import NewerDatabase, migrate
from qms.store.revision import HEAD, present
from qms.store.schema import metadata
from tests.db.archives.packing import FAR, contents, restored, rewritten, taken
from tests.db.filling import fill_every_table


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
