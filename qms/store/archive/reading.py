"""Reading an archive, and refusing it where one byte is not what was written."""

import io
import struct
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import msgspec

from qms.store.archive.manifest import FORMAT, Content, Manifest
from qms.store.archive.refusals import Damaged, Newer
from qms.store.archive.rows import Tally, decode
from qms.store.migrate import known

BROKEN = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    msgspec.MsgspecError,
    EOFError,
    KeyError,
    NotImplementedError,
    RuntimeError,
    ValueError,
    OverflowError,
)
"""What the libraries raise when bytes were lost or changed, besides their own mistakes."""


class Archive:
    """An archive that is open for reading; use it in a `with` block.

    Raises:
        Damaged: it is none, or not whole.
        Newer: a newer version has made it.
        OSError: it cannot be read.
    """

    def __init__(self, file: Path) -> None:
        with _whole(file):
            self._zip = zipfile.ZipFile(file)
        self._file = file
        try:
            self.manifest = self._manifest()
            with _whole(file):
                self.secret = self._zip.read("secret") if "secret" in self._zip.namelist() else None
        except BaseException:
            self._zip.close()
            raise

    def __enter__(self) -> "Archive":
        return self

    def __exit__(self, *_: object) -> None:
        self._zip.close()

    def check(self) -> None:
        """Read everything once, and compare.

        Raises:
            Damaged: something is not what was written.
        """
        for table in self.manifest.tables:
            for _ in self.lines(table):
                pass

    def lines(self, table: Content) -> Iterator[bytes]:
        """The rows of a table, each as a line.

        Raises:
            Damaged: at the end at the latest, if they are not those that were written.
        """
        tally = Tally()
        with _whole(self._file), self._zip.open(f"tables/{table.name}.jsonl") as entry:
            yield from tally.of(io.BufferedReader(entry, 1 << 16))  # type: ignore[type-var] # it reads as one
        if (tally.rows, tally.sha256) != (table.rows, table.sha256):
            raise Damaged(f"{self._file} is damaged: {table.name} has not the {table.rows} rows that it had")

    def rows(self, name: str) -> Iterator[dict[str, Any]]:
        """The rows of a table by the names of its columns, as they were stored; none where it is not there.

        Raises:
            Damaged: at the end at the latest, if they are not those that were written.
        """
        for table in self.manifest.tables:
            if table.name == name:
                names = [column.name for column in table.columns]
                for line in self.lines(table):
                    yield dict(zip(names, decode(line), strict=True))

    def _manifest(self) -> Manifest:
        with _whole(self._file):
            text = self._zip.read("manifest.json")
            form = msgspec.json.decode(text, type=_Form)
            if form.format > FORMAT:
                raise Newer(f"{self._file} was made by version {form.version}, which is newer than this one")
            manifest = msgspec.json.decode(text, type=Manifest)
        if manifest.revision not in known():
            raise Newer(
                f"{self._file} was made by version {manifest.version} at revision {manifest.revision}, "
                "which this version does not know"
            )
        return manifest


class _Form(msgspec.Struct):
    """What every manifest says, also one that only newer programs understand."""

    format: int
    version: str


@contextmanager
def _whole(file: Path) -> Iterator[None]:
    try:
        yield
    except BROKEN as error:
        raise Damaged(f"{file} is damaged, or no archive: {error or type(error).__name__}") from error
