"""What can go wrong, by kind and by whom it hits: how it is brought about, and how it ends."""

import contextlib
import os
import resource
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults.proxy import Proxy
from tests.faults.site import Process, Site
from tests.servers import Postgres, Redis

Going = Callable[[], AbstractContextManager[object]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fault:
    """Something that goes wrong for so many seconds. `sole`: nobody else does what it hits: all wait until it ends."""

    kind: str
    what: str
    seconds: tuple[float, float]
    going: Going
    sole: bool = False


NOTHING = Fault(kind="nothing at all", what="nothing", seconds=(0, 0), going=contextlib.nullcontext)
"""What the others are to be compared with."""


def of_many(site: Site) -> list[Fault]:
    """What can happen to many processes and what they share."""
    assert site.postgres is not None
    assert site.redis is not None
    faults = [NOTHING]
    faults += [fault for name, process in site.processes.items() for fault in _of_process(name, process, sole=False)]
    faults += _of_postgres(site.postgres)
    faults += _of_redis(site.redis)
    for name, line in site.lines.items():
        faults += _of_line(name, line)
    return [*faults, *_of_line("front", site.front), *_of_line("lobby", site.lobby)]


def of_one(site: Site) -> list[Fault]:
    """What can happen to one process and its file."""
    ((name, process),) = site.processes.items()
    file = Path(site.database_url.removeprefix("sqlite:///"))
    faults = [
        NOTHING,
        *_of_process(name, process, sole=True),
        *_of_line("front", site.front),
        Fault(kind="disk takes nothing", what=name, seconds=(1, 3), going=lambda: _no_writing(process), sole=True),
        Fault(kind="database locked", what=name, seconds=(1, 3), going=lambda: _locked(file), sole=True),
    ]
    if (disk := site.disk) is not None:
        faults.append(Fault(kind="disk full", what=name, seconds=(1, 3), going=lambda: _full(disk), sole=True))
    return faults


def pair(one: Fault, other: Fault) -> Fault:
    """Both at once."""

    @contextmanager
    def going() -> Iterator[None]:
        with one.going(), other.going():
            yield

    return Fault(
        kind="pair",
        what=f"{one.kind} {one.what} + {other.kind} {other.what}",
        seconds=(min(one.seconds[0], other.seconds[0]), max(one.seconds[1], other.seconds[1])),
        going=going,
        sole=True,
    )


def drawn(faults: Sequence[Fault], chance: Random, pairs: float) -> Iterator[Fault]:
    """One after the other for ever: each kind as often as every other, and now and then two at once."""
    kinds = sorted({fault.kind for fault in faults})

    def any_one() -> Fault:
        kind = chance.choice(kinds)
        return chance.choice([fault for fault in faults if fault.kind == kind])

    while True:
        one, other = any_one(), any_one()
        apart = one.what != other.what
        yield pair(one, other) if apart and chance.random() < pairs else one


def _of_process(name: str, process: Process, *, sole: bool) -> Iterable[Fault]:
    return (
        Fault(kind="kill -9", what=name, seconds=(0, 0.5), going=lambda: _killed(process), sole=sole),
        Fault(kind="SIGSTOP", what=name, seconds=(1, 6), going=lambda: _paused([process.pid]), sole=sole),
        Fault(kind="clock set", what=name, seconds=(1, 3), going=lambda: _clock_off(process)),
    )


def _of_postgres(postgres: Postgres) -> Iterable[Fault]:
    yield Fault(kind="kill -9", what="postgresql", seconds=(0, 1), going=lambda: _postgres_killed(postgres), sole=True)
    yield Fault(kind="SIGSTOP", what="postgresql", seconds=(1, 4), going=lambda: _paused(postgres.processes), sole=True)


def _of_redis(redis: Redis) -> Iterable[Fault]:
    yield Fault(kind="kill -9", what="redis", seconds=(0, 3), going=lambda: _redis_killed(redis))
    yield Fault(kind="SIGSTOP", what="redis", seconds=(1, 5), going=lambda: _paused([redis.pid]))
    yield Fault(kind="FLUSHALL", what="redis", seconds=(0, 0), going=lambda: _done(redis.flush))


def _of_line(name: str, line: Proxy) -> Iterable[Fault]:
    sole = name in ("front", "lobby")
    yield Fault(kind="line cut", what=name, seconds=(0, 0), going=lambda: _done(line.cut))
    yield Fault(kind="line slow", what=name, seconds=(1, 3), going=lambda: _slow(line), sole=True)
    yield Fault(kind="line half-open", what=name, seconds=(1, 4), going=lambda: _frozen(line), sole=sole)


@contextmanager
def _done(act: Callable[[], object]) -> Iterator[None]:
    act()
    yield


@contextmanager
def _killed(process: Process) -> Iterator[None]:
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
def _paused(pids: Sequence[int]) -> Iterator[None]:
    _signal(pids, signal.SIGSTOP)
    try:
        yield
    finally:
        _signal(pids, signal.SIGCONT)


@contextmanager
def _clock_off(process: Process) -> Iterator[None]:
    process.set_clock(Random(process.pid).choice([-86_400, -3600, -30, 30, 3600, 86_400]))
    try:
        yield
    finally:
        process.set_clock(0)


@contextmanager
def _postgres_killed(postgres: Postgres) -> Iterator[None]:
    _signal(postgres.processes, signal.SIGKILL)
    try:
        yield
    finally:
        postgres.start()


@contextmanager
def _redis_killed(redis: Redis) -> Iterator[None]:
    _signal([redis.pid], signal.SIGKILL)
    try:
        yield
    finally:
        redis.start()


@contextmanager
def _slow(line: Proxy) -> Iterator[None]:
    line.slow(0.05)
    try:
        yield
    finally:
        line.heal()


@contextmanager
def _frozen(line: Proxy) -> Iterator[None]:
    line.freeze()
    try:
        yield
    finally:
        line.heal()


@contextmanager
def _no_writing(process: Process) -> Iterator[None]:
    """No file of the process may grow or be written."""
    pid = process.pid
    resource.prlimit(pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
    try:
        yield
    finally:
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY, resource.RLIM_INFINITY))


@contextmanager
def _locked(file: Path) -> Iterator[None]:
    """Somebody else writes, and takes his time."""
    with contextlib.closing(sqlite3.connect(file, isolation_level=None, timeout=10)) as other:
        other.execute("BEGIN IMMEDIATE")
        yield
        other.execute("ROLLBACK")


@contextmanager
def _full(disk: Path) -> Iterator[None]:
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
