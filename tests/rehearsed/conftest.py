"""Where rehearsals are held: on a disk in memory where there is one, for nothing of them has to outlive the machine."""

import shutil
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.rehearsed.rehearsal import Report, rehearse, template

MEMORY = Path("/dev/shm")  # noqa: S108 - a directory of our own is made in it

Rehearse = Callable[[int, float], Report]


@pytest.fixture(scope="session")
def stage() -> Iterator[Rehearse]:
    """`stage(seed, hours)`: one rehearsal."""
    directory = Path(tempfile.mkdtemp(prefix="rehearsed-", dir=MEMORY if MEMORY.is_dir() else None))
    try:
        file = template(directory)
        yield lambda seed, hours: rehearse(seed, hours, directory, file)
    finally:
        shutil.rmtree(directory)
