"""What a worker is handing over at this moment, in a file of its own that outlives it.

A line is written before a message goes out and another once the other side has answered, each by one call to the
system: a process that is killed between two commits leaves behind which of its messages went out. Lines: `+id` begun,
`=id` taken, `-id` not taken. A lock on the file says that its worker lives.
"""

import os
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

import structlog

try:
    import fcntl
except ImportError:  # no such locks on this system: a killed worker's claims lapse, and are sent again
    LOCKS = False
else:
    LOCKS = True

PREFIX, SUFFIX = "sending-", ".journal"
_PRIVATE = 0o600

log = structlog.get_logger(__name__)


class Journal:
    """The journal of one worker; without a folder it is kept nowhere."""

    def __init__(self, folder: Path | None, worker: str) -> None:
        self._file = _opened(folder / f"{PREFIX}{worker}{SUFFIX}") if folder is not None else None
        self._path = folder / f"{PREFIX}{worker}{SUFFIX}" if folder is not None else None
        self._open = 0

    def begin(self, id: str) -> None:
        """From now on the message may have gone out."""
        self._write(f"+{id}\n")
        self._open += 1

    def end(self, id: str, *, taken: bool) -> None:
        """The other side has answered."""
        self._write(f"{'=' if taken else '-'}{id}\n")
        self._open -= 1

    def clear(self) -> None:
        """All that was answered is in the database: forget it, unless something is under way."""
        if self._file is not None and self._open == 0:
            os.ftruncate(self._file, 0)

    def close(self) -> None:
        """Everything is in the database."""
        if self._file is not None and self._path is not None:
            self._path.unlink(missing_ok=True)
            os.close(self._file)
            self._file = None

    def _write(self, line: str) -> None:
        if self._file is not None:
            with suppress(OSError):  # a full disk must not keep mail from going out
                os.write(self._file, line.encode())


def _opened(path: Path) -> int | None:
    if not LOCKS:
        return None
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = os.open(path, os.O_CREAT | os.O_EXCL | os.O_APPEND | os.O_WRONLY, _PRIVATE)
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        log.warning("no_sending_journal", path=str(path), error=error.strerror)
        return None
    return file


@contextmanager
def left_behind(folder: Path | None, but: str) -> Iterator[Mapping[str, Mapping[str, bool]]]:
    """By dead workers of this folder: the messages that they had begun to hand over, and whether each was taken.

    Nobody else looks at them meanwhile; once it is left without an error, they are forgotten.
    """
    files = list(_abandoned(folder, but))
    try:
        yield {worker: _read(file) for worker, file, _ in files}
        for _, _, path in files:
            path.unlink(missing_ok=True)
    finally:
        for _, file, _ in files:
            os.close(file)


def _abandoned(folder: Path | None, but: str) -> Iterator[tuple[str, int, Path]]:
    if folder is None or not LOCKS or not folder.is_dir():
        return
    for path in sorted(folder.glob(f"{PREFIX}*{SUFFIX}")):
        worker = path.name.removeprefix(PREFIX).removesuffix(SUFFIX)
        if worker == but:
            continue
        try:
            file = os.open(path, os.O_RDONLY)
        except OSError:
            continue  # gone, or another user's
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(file)  # its worker lives
        else:
            yield worker, file, path


def _read(file: int) -> Mapping[str, bool]:
    size = os.fstat(file).st_size
    begun: dict[str, bool] = {}
    for line in os.pread(file, size, 0).decode("ascii", "replace").splitlines():
        mark, id = line[:1], line[1:]
        if mark == "-":
            begun.pop(id, None)
        elif mark in "+=" and id:
            begun[id] = mark == "="
    return begun
