"""Logs: who writes one is not to blame for a full disk."""

import errno
import io

import structlog

from server.logs import Sparing


class FullDisk(io.StringIO):
    """A stream on a disk that is full, until it is not."""

    full = True

    def write(self, text: str) -> int:
        if self.full:
            raise OSError(errno.ENOSPC, "No space left on device")
        return super().write(text)


def test_a_line_that_the_disk_does_not_take_is_left_out_and_the_next_one_is_written_when_it_does() -> None:
    disk = FullDisk()
    log = structlog.PrintLogger(Sparing(disk))  # type: ignore[arg-type]

    log.msg("lost")
    disk.full = False
    log.msg("kept")

    assert disk.getvalue() == "kept\n"
