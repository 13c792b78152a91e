"""The folder in which archives of days are: `<account's slug>/<year>/<day>.<part>-<random>.zip`."""

import secrets
from collections.abc import Iterator
from datetime import date
from pathlib import Path

from qms.store.archive.reading import Archive


class Folder:
    """Archives of days, each told by its name below the folder. Which of them count is in the database.

    A name is never used twice: whoever writes the same day at once writes another file.
    """

    def __init__(self, root: Path) -> None:
        self.root = root

    def fresh(self, slug: str, day: date, part: int) -> str:
        """A name for an archive that is yet to be written; there is a folder for it.

        Raises:
            OSError: there is none, and none can be made.
        """
        for folder in (self.root / slug, self.root / slug / f"{day.year}"):
            folder.mkdir(mode=0o700, exist_ok=True)  # the root is not made: it may be a disk that is not there
        return f"{slug}/{day.year}/{day.isoformat()}.{part}-{secrets.token_hex(4)}.zip"

    def path(self, name: str) -> Path:
        """Where an archive is."""
        return self.root / name

    def open(self, name: str) -> Archive:
        """An archive, open for reading.

        Raises:
            Damaged: it is not whole. Newer: a newer version has made it. OSError: it cannot be read.
        """
        return Archive(self.path(name))

    def drop(self, name: str) -> None:
        """Throw an archive away; it may be gone already."""
        self.path(name).unlink(missing_ok=True)

    def sweep(self, name: str) -> None:
        """Throw away what else was written of the same part of the same day, half or whole: it never came to count."""
        kept = self.path(name)
        begin, _, _ = kept.name.rpartition("-")
        for other in (*kept.parent.glob(f"{begin}-*.zip"), *kept.parent.glob(f".{begin}-*.zip.*")):
            if other != kept:
                other.unlink(missing_ok=True)

    def names(self) -> Iterator[str]:
        """All that is there, by day."""
        for file in sorted(self.root.glob("*/*/*.zip")):
            yield file.relative_to(self.root).as_posix()
