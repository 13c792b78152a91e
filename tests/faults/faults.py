"""What can go wrong, by kind and by whom it hits."""

import contextlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from tests.faults import deeds
from tests.faults.lan import ALL, Machine
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


HALF_OPEN = {"front": "people's line half-open", "lobby": "screen's line half-open"}
"""Kinds of their own: no process can notice these, only who is at the other end."""

A_FIFTH = "numgen random mod 5 < 1"
"""So much of what is sent is lost on a bad line."""


def of_many(site: Site) -> list[Fault]:
    """What can happen to many processes and what they share."""
    assert site.postgres is not None
    assert site.redis is not None
    faults = [NOTHING]
    faults += [fault for name, process in site.processes.items() for fault in _of_process(name, process, sole=False)]
    for name, process in site.processes.items():
        if process.machine is not None:
            faults += _of_cable(name, process.machine, [line.port for line in site.lines_to("database")])
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
        Fault(kind="disk takes nothing", what=name, seconds=(1, 3), going=lambda: deeds.no_writing(process), sole=True),
        Fault(kind="database locked", what=name, seconds=(1, 3), going=lambda: deeds.locked(file), sole=True),
    ]
    if (disk := site.disk) is not None:
        faults.append(Fault(kind="disk full", what=name, seconds=(1, 3), going=lambda: deeds.full(disk), sole=True))
    return faults


def pair(one: Fault, other: Fault) -> Fault:
    """Both at once. They end at once too: a process that has been started may wait for a database that has not."""

    @contextmanager
    def going() -> Iterator[None]:
        both = [one.going(), other.going()]
        for each in both:
            each.__enter__()
        try:
            yield
        finally:
            with ThreadPoolExecutor(len(both)) as pool:
                list(pool.map(lambda each: each.__exit__(None, None, None), both))

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
        Fault(kind="kill -9", what=name, seconds=(0, 0.5), going=lambda: deeds.killed(process), sole=sole),
        Fault(kind="SIGSTOP", what=name, seconds=(1, 6), going=lambda: deeds.paused([process.pid]), sole=sole),
        Fault(kind="clock set", what=name, seconds=(1, 3), going=lambda: deeds.clock_off(process)),
    )


def _of_cable(name: str, machine: Machine, database: Sequence[int]) -> Iterable[Fault]:
    """What can happen to the cable of a machine: nothing arrives, in one direction or in both, or not everything."""
    to_database = f"tcp dport {{ {', '.join(map(str, database))} }}"
    return (
        Fault(kind="network gone", what=name, seconds=(1, 6), going=lambda: machine.losing("both", ALL)),
        Fault(kind="network one-way", what=f"from {name}", seconds=(1, 6), going=lambda: machine.losing("out", ALL)),
        Fault(kind="network one-way", what=f"to {name}", seconds=(1, 6), going=lambda: machine.losing("in", ALL)),
        Fault(kind="packets lost", what=name, seconds=(1, 4), going=lambda: machine.losing("both", A_FIFTH)),
        Fault(kind="database unreachable", what=name, seconds=(1, 6), going=lambda: machine.losing("out", to_database)),
    )


def _of_postgres(postgres: Postgres) -> Iterable[Fault]:
    name = "postgresql"
    yield Fault(kind="kill -9", what=name, seconds=(0, 1), going=lambda: deeds.postgres_killed(postgres), sole=True)
    yield Fault(kind="SIGSTOP", what=name, seconds=(1, 4), going=lambda: deeds.paused(postgres.processes), sole=True)


def _of_redis(redis: Redis) -> Iterable[Fault]:
    yield Fault(kind="kill -9", what="redis", seconds=(0, 3), going=lambda: deeds.redis_killed(redis))
    yield Fault(kind="SIGSTOP", what="redis", seconds=(1, 5), going=lambda: deeds.paused([redis.pid]))
    yield Fault(kind="FLUSHALL", what="redis", seconds=(0, 0), going=lambda: deeds.done(redis.flush))


def _of_line(name: str, line: Proxy) -> Iterable[Fault]:
    sole = name in ("front", "lobby")
    yield Fault(kind="line cut", what=name, seconds=(0, 0), going=lambda: deeds.done(line.cut))
    yield Fault(kind="line slow", what=name, seconds=(1, 3), going=lambda: deeds.slow(line), sole=True)
    yield Fault(
        kind=HALF_OPEN.get(name, "line half-open"),
        what=name,
        seconds=(1, 4),
        going=lambda: deeds.frozen(line),
        sole=sole,
    )
