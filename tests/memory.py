"""Where the files of a test run lie: in the machine's memory, where there is room for them.

Most tests have a database of their own, which waits for its disk at every commit; and none has to outlive the machine.
"""

import os
import shutil
import tempfile
from pathlib import Path

MEMORY = Path("/dev/shm")  # noqa: S108 - whoever puts something there makes a folder of his own
ROOM_BYTES = 2**31


def keep_files_in_memory() -> None:
    """From now on temporary files of this process, and of those that it starts, lie in memory; unless TMPDIR is set."""
    if "TMPDIR" not in os.environ and _has_room():
        os.environ["TMPDIR"] = tempfile.tempdir = str(MEMORY)


def _has_room() -> bool:
    """Whether there is room, and programs run from there: some tests install some."""
    if not MEMORY.is_dir() or not os.access(MEMORY, os.W_OK):
        return False
    programs_run = not os.statvfs(MEMORY).f_flag & os.ST_NOEXEC
    return programs_run and shutil.disk_usage(MEMORY).free > ROOM_BYTES
