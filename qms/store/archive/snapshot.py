"""A database as it was at one instant, while others go on writing."""

import sqlite3
import tempfile
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import sqlalchemy as sa

from qms.store.archive.refusals import Damaged, Unfit
from qms.store.engines import connect, driver_url
from qms.store.limits import BUSY_SECONDS
from qms.store.migrate import misfit
from qms.store.revision import HEAD, revision_of


@contextmanager
def snapshot(url: str, scratch: Path) -> Iterator[sa.Connection]:
    """A connection that sees one instant of the database and cannot write.

    SQLite is copied into the folder `scratch` first, in one step of its online backup, so that a long look at it keeps
    the write-ahead log of those who write from growing. PostgreSQL gives a snapshot as it is.

    Raises:
        Unfit: the database is not at the revision that this program works with.
        Damaged: SQLite finds its file broken.
    """
    parsed = driver_url(url)
    if parsed.get_backend_name() == "postgresql":
        with _looking_at(url) as connection:
            yield connection
        return
    with tempfile.TemporaryDirectory(dir=scratch, prefix=".turnero-") as folder:
        copy = Path(folder) / "copy.db"
        _copy(Path(parsed.database or ""), copy)
        with _looking_at(f"sqlite:///{copy}") as connection:
            yield connection


@contextmanager
def _looking_at(url: str) -> Iterator[sa.Connection]:
    engine = connect(url, pool_size=1, reading=True)
    try:
        with engine.connect() as connection, connection.begin():
            at = revision_of(connection)
            if at != HEAD:
                raise Unfit(misfit(at))
            yield connection
    finally:
        engine.dispose()


def _copy(file: Path, copy: Path) -> None:
    if not file.exists():
        raise Unfit(f"{file}: there is no such database")
    copy.touch(0o600)
    try:
        with closing(sqlite3.connect(file, timeout=BUSY_SECONDS)) as source, closing(sqlite3.connect(copy)) as target:
            source.backup(target)  # in one step: one of many begins anew whenever somebody writes
            ((found, *_), *_) = target.execute("PRAGMA integrity_check(1)").fetchall()
    except sqlite3.DatabaseError as error:
        raise Damaged(f"{file}: {error}") from error
    if found != "ok":
        raise Damaged(f"{file}: the database is damaged: {found}")
