"""Writing an archive: whole or not at all, for its owner's eyes only."""

import os
import secrets
import zipfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec
import sqlalchemy as sa

from qms.store.archive.manifest import FORMAT, Content, Database, Day, Manifest, Shape, database_of, shape_of
from qms.store.archive.rows import Tally, lines_of
from qms.store.revision import HEAD
from qms.store.schema import metadata

LEVEL = 3
"""Rows are much alike: packing them harder takes twice the time for a tenth of the room."""


@dataclass(frozen=True, slots=True, kw_only=True)
class About:
    """What the database does not know of itself. `fingerprint` tells the secret, which `secret` is if it goes along."""

    version: str
    taken_at: datetime
    fingerprint: str | None = None
    secret: bytes | None = None


def write(connection: sa.Connection, file: Path, about: About) -> Manifest:
    """Write all tables that a connection sees into an archive; a file of that name is replaced when it is complete."""
    with _packing(file, about) as pack:
        for table in metadata.sorted_tables:
            shape = shape_of(table)
            pack.add(shape, lines_of(connection, shape))
        if about.secret is not None:
            _entry(pack.archive, "secret", about, about.secret)
        return pack.close(database_of(connection))


def write_day(
    file: Path, about: About, day: Day, contents: Iterable[tuple[Shape, Iterable[bytes]]], database: Database
) -> Manifest:
    """Write what was of one day into an archive, table by table; it has its name when it is complete."""
    with _packing(file, about) as pack:
        for shape, lines in contents:
            pack.add(shape, lines)
        return pack.close(database, day)


class _Pack:
    """An archive that is being packed."""

    def __init__(self, archive: zipfile.ZipFile, about: About) -> None:
        self.archive = archive
        self._about = about
        self._tables: list[Content] = []

    def add(self, shape: Shape, lines: Iterable[bytes]) -> None:
        """Put in a table with these rows."""
        tally = Tally()
        with self.archive.open(_info(f"tables/{shape.name}.jsonl", self._about), "w", force_zip64=True) as entry:
            for piece in _pieces(tally.of(lines)):
                entry.write(piece)
        content = Content(name=shape.name, columns=shape.columns, key=shape.key, rows=tally.rows, sha256=tally.sha256)
        self._tables.append(content)

    def close(self, database: Database, day: Day | None = None) -> Manifest:
        """Put in what it says of itself."""
        manifest = Manifest(
            format=FORMAT,
            version=self._about.version,
            revision=HEAD,
            database=database,
            taken_at=self._about.taken_at,
            secret=self._about.fingerprint,
            tables=tuple(self._tables),
            day=day,
        )
        text = msgspec.json.format(msgspec.json.encode(manifest), indent=1)
        _entry(self.archive, "manifest.json", self._about, text)
        return manifest


@contextmanager
def _packing(file: Path, about: About) -> Iterator[_Pack]:
    with (
        _replacing(file) as written,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive,
    ):
        yield _Pack(archive, about)


def _pieces(lines: Iterator[bytes], size: int = 1 << 16) -> Iterator[bytes]:
    """Lines put together: packing one by one costs more than reading them."""
    piece = bytearray()
    for line in lines:
        piece += line
        if len(piece) >= size:
            yield bytes(piece)
            piece.clear()
    yield bytes(piece)


def _entry(archive: zipfile.ZipFile, name: str, about: About, content: bytes) -> None:
    archive.writestr(_info(name, about), content)


def _info(name: str, about: About) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, about.taken_at.astimezone(UTC).timetuple()[:6])
    info.compress_type = zipfile.ZIP_DEFLATED
    info.external_attr = 0o600 << 16
    return info


@contextmanager
def _replacing(file: Path) -> Iterator[IO[bytes]]:
    """A new file that takes the name when all of it is on the disk, and goes away if something fails."""
    written = file.with_name(f".{file.name}.{secrets.token_hex(8)}")
    handle = os.open(written, os.O_RDWR | os.O_CREAT | os.O_EXCL, 0o600)
    try:
        with os.fdopen(handle, "w+b") as content:
            yield content
            content.flush()
            os.fsync(content.fileno())
        written.replace(file)
        _settle(file.parent)
    finally:
        written.unlink(missing_ok=True)


def _settle(folder: Path) -> None:
    """Have the folder remember its new name, too, over a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
