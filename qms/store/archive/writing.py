"""Writing an archive: whole or not at all, for its owner's eyes only."""

import os
import secrets
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import IO

import msgspec
import sqlalchemy as sa

from qms.store.archive.manifest import FORMAT, Content, Manifest, Shape, shape_of
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
    with (
        _replacing(file) as written,
        zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED, compresslevel=LEVEL) as archive,
    ):
        tables = tuple(_table(archive, connection, shape_of(table), about) for table in metadata.sorted_tables)
        if about.secret is not None:
            _entry(archive, "secret", about, about.secret)
        manifest = Manifest(
            format=FORMAT,
            version=about.version,
            revision=HEAD,
            database="sqlite" if connection.dialect.name == "sqlite" else "postgresql",
            taken_at=about.taken_at,
            secret=about.fingerprint,
            tables=tables,
        )
        _entry(archive, "manifest.json", about, msgspec.json.format(msgspec.json.encode(manifest), indent=1))
    return manifest


def _table(archive: zipfile.ZipFile, connection: sa.Connection, shape: Shape, about: About) -> Content:
    tally = Tally()
    with archive.open(_info(f"tables/{shape.name}.jsonl", about), "w", force_zip64=True) as entry:
        for piece in _pieces(tally.of(lines_of(connection, shape))):
            entry.write(piece)
    return Content(name=shape.name, columns=shape.columns, key=shape.key, rows=tally.rows, sha256=tally.sha256)


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
