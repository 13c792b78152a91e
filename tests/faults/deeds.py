"""How what goes wrong is brought about, and how it ends."""

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from random import Random

from tests.faults.proxy import Proxy
from tests.faults.site import Process
from tests.servers import Postgres, Redis


@contextmanager
def done(act: Callable[[], object]) -> Iterator[None]:
    """Something that is over at once."""
    act()
    yield


@contextmanager
def killed(process: Process) -> Iterator[None]:
    """Ended by force, and started again."""
    process.kill()
    try:
        yield
    finally:
        process.start()


@contextmanager
def restarted(process: Process) -> Iterator[None]:
    """Stopped as an operator does it, and started again."""
    process.stop()
    try:
        yield
    finally:
        process.start()


@contextmanager
def paused(pids: Sequence[int]) -> Iterator[None]:
    """Standing still."""
    _signal(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(pids, signal.SIGCONT)


@contextmanager
def clock_off(process: Process) -> Iterator[None]:
    """Its wall clock is wrong."""
    process.set_clock(Random(process.pid).choice([-86_400, -3600, -30, 30, 3600, 86_400]))
    try:
        yield
    finally:
        process.set_clock(0)


@contextmanager
def postgres_killed(postgres: Postgres) -> Iterator[None]:
    """Every process of the database ended by force."""
    _signal(postgres.processes, signal.SIGKILL)
    try:
        yield
    finally:
        postgres.start()


@contextmanager
def redis_killed(redis: Redis) -> Iterator[None]:
    """Redis ended by force, and started empty."""
    _signal([redis.pid], signal.SIGKILL)
    try:
        yield
    finally:
        redis.start()


@contextmanager
def slow(line: Proxy) -> Iterator[None]:
    """Everything takes longer on a line."""
    line.slow(0.05)
    try:
        yield
    finally:
        line.heal()


@contextmanager
def frozen(line: Proxy) -> Iterator[None]:
    """A line leads nowhere."""
    line.freeze()
    try:
        yield
    finally:
        line.heal()


@contextmanager
def no_writing(process: Process) -> Iterator[None]:
    """No file of the process may grow or be written."""
    pid = process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def locked(file: Path) -> Iterator[None]:
    """Somebody else writes, and takes his time."""
    opened = sqlite3.connect(file, isolation_level=None, timeout=10, check_same_thread=False)  # it ends in another one
    with contextlib.closing(opened) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def full(disk: Path) -> Iterator[None]:
    """Somebody else's file takes all that is left."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file, contextlib.suppress(OSError):
        for size in (65536, 4096):
            with contextlib.suppress(OSError):
                while shutil.disk_usage(disk).free:
                    file.write(b"x" * size)
    try:
        yield
    finally:
        ballast.unlink()


def _signal(pids: Sequence[int], what: signal.Signals) -> None:
    for pid in pids:
        with contextlib.suppress(ProcessLookupError):
            os.kill(pid, what)
    if what is signal.SIGKILL:
        until = time.monotonic() + 10
        while any(Path(f"/proc/{pid}").exists() for pid in pids) and time.monotonic() < until:
            time.sleep(0.01)
