"""Archives made and opened, and databases compared."""

import zipfile
from datetime import UTC, datetime
from pathlib import Path

import sqlalchemy as sa

from qms.store.archive import About, Archive, Manifest, restore, snapshot, write
from qms.store.archive.manifest import shape_of
from qms.store.archive.rows import Tally, lines_of
from qms.store.schema import metadata
from tests.clock import MONDAY_NOON

ABOUT = About(version="1.2.3", taken_at=MONDAY_NOON)
FAR = datetime(2026, 3, 2, 15, 0, tzinfo=UTC)


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
