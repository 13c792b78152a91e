"""The archivist: what is old enough goes to files and then from the database, piece by piece; who is erased, from both.

A piece is a file that is written or read, or one small transaction: between two others have their turn. Whatever is cut
off is begun again from what is recorded.
"""

from collections.abc import Iterator
from contextlib import contextmanager

from qms.domain.errors import Unavailable
from qms.services.privacy import archived, erasures
from qms.services.privacy.archived import His
from qms.services.privacy.erasures import Erasure
from qms.services.retention import archiving, dropping
from qms.services.retention.archiving import Due
from qms.services.retention.kinds import KINDS
from qms.store.archive import About, Archive, ArchiveRefused, Folder
from qms.store.store import Store


class NotArchived(Unavailable):
    """The folder of archives cannot be written, or what is there cannot be read; nothing was dropped."""


class Archivist:
    """Writes archives of days, drops what is in them, and takes the erased out of them. Several at once do no harm."""

    def __init__(self, store: Store, folder: Folder, *, version: str) -> None:
        self._store = store
        self._folder = folder
        self._version = version
        self._pieces: Iterator[bool] = iter(())

    def step(self) -> bool:
        """Do one piece of what is due; whether there was one.

        Raises:
            NotArchived: the folder is not as it should be. Unavailable: the database does not answer.
        """
        with _told():
            if not next(self._pieces, False):  # all was done, or the last piece failed
                self._pieces = self._all()
                return next(self._pieces, False)
            return True

    def erase(self) -> Iterator[bool]:
        """Take everybody who was erased out of the archives.

        Raises:
            NotArchived: one cannot be read or written.
        """
        with _told():
            while (erasure := self._store.read(erasures.next_one)) is not None:
                yield from self._erase(erasure)

    def day(self, due: Due) -> Iterator[bool]:
        """Write what is due of a day to a file, or drop what is in that file.

        Raises:
            NotArchived: it cannot be written or read.
        """
        with _told():
            if due.file:
                yield from self._drop(due)
            else:
                self._write(due)
                yield True

    def _all(self) -> Iterator[bool]:
        yield from self.erase()
        while (due := self._store.read(archiving.due)) is not None:
            yield from self.day(due)

    def _write(self, due: Due) -> None:
        written = self._store.read(archiving.write, due=due, folder=self._folder, version=self._version)
        self._check(written.file)
        if not self._store.write(archiving.record, written=written):
            self._folder.drop(written.file)

    def _drop(self, due: Due) -> Iterator[bool]:
        self._folder.sweep(due.file)
        self._check(due.file)
        with self._folder.open(due.file) as archive:
            ids = [(kind, [row["id"] for row in archive.rows(str(kind.table.name))]) for kind in KINDS]
        for kind, all_ in ids:
            for at in range(0, len(all_), kind.at_once):
                some = all_[at : at + kind.at_once]
                self._store.write(dropping.drop_these, limit=due.limit, kind=kind, ids=some)
                yield True
        self._store.write(archiving.dropped, due=due)

    def _erase(self, erasure: Erasure) -> Iterator[bool]:
        his, files = His(erasure.person), self._store.read(erasures.files, account=erasure.account)
        more = True
        while more:
            more = False
            for file in files:
                with self._folder.open(file) as archive:
                    more |= his.look(archive)
                yield True
        for file in files:
            with self._folder.open(file) as archive:
                if his.are_in(archive):
                    self._replace(erasure, his, file, archive)
            yield True
        for file in self._store.read(erasures.files, account=erasure.account):
            self._folder.sweep(file)
        self._store.write(erasures.done, id=erasure.id)

    def _replace(self, erasure: Erasure, his: His, file: str, archive: Archive) -> None:
        about = About(version=self._version, taken_at=archive.manifest.taken_at)
        after = archived.write_without(archive, his.ids, self._folder, about)
        self._check(after)
        if not self._store.write(erasures.replace, account=erasure.account, before=file, after=after):
            self._folder.drop(after)
            raise NotArchived(f"{file}: somebody else has written it anew")
        self._folder.drop(file)

    def _check(self, file: str) -> None:
        """Read a file from the disk, and compare."""
        with self._folder.open(file) as archive:
            archive.check()


@contextmanager
def _told() -> Iterator[None]:
    try:
        yield
    except ArchiveRefused as refused:
        raise NotArchived(f"archives: {refused}") from refused
    except OSError as error:
        raise NotArchived(f"archives: {error.filename}: {error.strerror}") from error
