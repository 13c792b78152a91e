"""The store: runs services in transactions, grouped, in threads of its own.

SQLite: one writer thread takes all waiting commands into one transaction (group commit).
PostgreSQL: a lane per routing domain; a few threads serve the lanes, one transaction each at a time.
Within a transaction every domain is locked before its commands run; a refused command leaves the others untouched.
"""

import concurrent.futures
import itertools
import threading
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from typing import Any, TypeVar

import sqlalchemy as sa
import sqlalchemy.exc

from qms.domain.errors import DomainMoved, Unavailable
from qms.store import outbox, referees
from qms.store.clock import Clock
from qms.store.columns import instant
from qms.store.command import Command, Outcome
from qms.store.engines import connect
from qms.store.networks import NetworkCache
from qms.store.tx import Tx

R = TypeVar("R")

GROUP = 256
"""At most so many commands share a transaction."""

MOVES = 5
"""A command follows a domain that moves under it so many times."""

_LOCK_SQLITE = "UPDATE routing_domain SET epoch = epoch + 1 WHERE id = ? RETURNING epoch"
_LOCK_POSTGRESQL = """UPDATE routing_domain SET epoch = epoch + 1 WHERE id = %s
RETURNING epoch, (extract(epoch from clock_timestamp()) * 1000000)::bigint"""
_TIME_POSTGRESQL = "SELECT (extract(epoch from clock_timestamp()) * 1000000)::bigint"

EventNames = Mapping[str, Mapping[str, str]]
"""Per dialect: our event's name → the dialect's name for it; an event that is missing is not sent."""


class Store:
    """All access to the database. `write` and `read` block; `submit` does not."""

    def __init__(self, url: str, clock: Clock, *, event_names: EventNames | None = None, writers: int = 8) -> None:
        self.engine = connect(url, pool_size=writers + 8)
        self.clock = clock
        self.networks = NetworkCache()
        self.event_names = event_names or {}
        self._sqlite = self.engine.dialect.name == "sqlite"
        self._lanes: dict[str, deque[Command]] = {}
        self._ready: deque[str] = deque()
        self._running: set[str] = set()
        self._changed = threading.Condition()
        self._closed = False
        self.on_commit: Callable[[Sequence[tuple[Command, Outcome]], set[str]], None] = deliver
        self._readers = concurrent.futures.ThreadPoolExecutor(max_workers=6, thread_name_prefix="reader")
        self._threads = [
            threading.Thread(target=self._work, name=f"writer-{n}", daemon=True)
            for n in range(1 if self._sqlite else writers)
        ]
        for thread in self._threads:
            thread.start()

    def close(self) -> None:
        """Finish what was submitted, then let go of every connection."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()
        for thread in self._threads:
            thread.join(timeout=15)
        self._readers.shutdown()
        self.engine.dispose()

    # -- what callers use -------------------------------------------------------------------------------------------

    def submit(self, command: Command) -> None:
        """Queue a command; its `done` is called from a writer thread, after the commit."""
        lane = "" if self._sqlite else command.lane
        with self._changed:
            if self._closed:
                raise Unavailable("shutting down")
            self._lanes.setdefault(lane, deque()).append(command)
            if lane not in self._running and lane not in self._ready:
                self._ready.append(lane)
                self._changed.notify()

    def write(self, service: Callable[..., R], /, *, domain: str | Iterable[str] | None = None, **arguments: Any) -> R:
        """Run a service in a transaction of its own group, holding the domain(s); block until it is committed."""
        future: concurrent.futures.Future[R] = concurrent.futures.Future()
        self.submit(Command.of(service, arguments, domain, lambda outcome: outcome.settle(future)))
        return future.result()

    def take(self, service: Callable[[Tx, Sequence[Any]], Sequence[Any]], item: Any, *, domain: str) -> Any:
        """Run one item of a batch service; alike items that wait together share its statements."""
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        self.submit(Command.item(service, item, domain, lambda outcome: outcome.settle(future)))
        return future.result()

    def read(self, service: Callable[..., R], /, **arguments: Any) -> R:
        """Run a service that only reads, on the caller's thread, in a snapshot that blocks nobody."""
        try:
            with self._reading() as tx:
                return service(tx, **arguments)
        except sqlalchemy.exc.DBAPIError as error:
            raise referees.fact(error) from error

    def read_later(self, service: Callable[..., R], /, **arguments: Any) -> "concurrent.futures.Future[R]":
        """Run a service that only reads on a reader thread."""
        return self._readers.submit(self.read, service, **arguments)

    @contextmanager
    def _reading(self) -> Iterator[Tx]:
        machine = self.clock.machine()
        with self.engine.connect() as connection, connection.begin():
            yield self._tx(connection, machine, {})

    def _tx(self, connection: sa.Connection, machine: Any, epochs: Mapping[str, int]) -> Tx:
        return Tx(
            connection,
            now=self.clock.business(machine),
            machine_now=machine,
            networks=self.networks,
            event_names=self.event_names,
            epochs=epochs,
        )

    # -- the writers ------------------------------------------------------------------------------------------------

    def _work(self) -> None:
        while (taken := self._next()) is not None:
            lane, commands = taken
            try:
                self._transact(commands)
            finally:
                with self._changed:
                    self._running.discard(lane)
                    if self._lanes.get(lane):
                        self._ready.append(lane)
                        self._changed.notify()
                    else:
                        self._lanes.pop(lane, None)

    def _next(self) -> tuple[str, list[Command]] | None:
        with self._changed:
            while not self._ready:
                if self._closed:
                    return None
                self._changed.wait()
            lane = self._ready.popleft()
            waiting = self._lanes[lane]
            commands = [waiting.popleft() for _ in range(min(GROUP, len(waiting)))]
            self._running.add(lane)
            return lane, commands

    def _transact(self, commands: list[Command]) -> None:
        try:
            outcomes, topics = self._group(commands)
        except Exception as error:  # whatever it was, whoever waits must be told
            self.networks.clear()
            outcomes, topics = [(c, Outcome(error=referees.fact(error))) for c in commands], set()
        moved = [(c, o) for c, o in outcomes if isinstance(o.error, DomainMoved) and c.moves < MOVES]
        for command, outcome in moved:
            self.submit(command.moved_to(outcome.error.domain))  # type: ignore[union-attr]
        self.on_commit([(c, o) for c, o in outcomes if (c, o) not in moved] if moved else outcomes, topics)

    def _group(self, commands: list[Command]) -> tuple[list[tuple[Command, Outcome]], set[str]]:
        outcomes: list[tuple[Command, Outcome]] = []
        topics: set[str] = set()
        with self.engine.connect().execution_options(write=True) as connection, connection.begin():
            for domains, together in itertools.groupby(_by_domain(commands), key=lambda c: c.domains):
                tx = self._locked(connection, domains)
                for service, alike in itertools.groupby(together, key=lambda c: c.service):
                    same = list(alike)
                    outcomes += self._batch(tx, service, same) if same[0].batch else self._each(tx, same)
                outbox.record(tx)
                topics |= tx.topics
        return outcomes, topics

    def _locked(self, connection: sa.Connection, domains: tuple[str, ...]) -> Tx:
        epochs: dict[str, int] = {}
        machine = None if not self._sqlite else self.clock.machine()
        lock = _LOCK_SQLITE if self._sqlite else _LOCK_POSTGRESQL
        cursor = connection.connection.cursor()
        for domain in domains:
            cursor.execute(lock, (domain,))
            row = cursor.fetchone()
            if row is not None:
                epochs[domain] = row[0]
                machine = machine if self._sqlite else instant(row[1])
        if machine is None:
            (stamp,) = cursor.execute(_TIME_POSTGRESQL).fetchone()
            machine = instant(stamp)
        cursor.close()
        return self._tx(connection, machine, epochs)

    def _each(self, tx: Tx, commands: Sequence[Command]) -> list[tuple[Command, Outcome]]:
        return [(c, self._one(tx, partial(c.service, tx, **c.arguments))) for c in commands]

    def _batch(self, tx: Tx, service: Callable[..., Any], commands: list[Command]) -> list[tuple[Command, Outcome]]:
        together = self._one(tx, lambda: service(tx, [c.arguments["item"] for c in commands]))
        if together.error is None:
            return [
                (c, Outcome(error=answer) if isinstance(answer, Exception) else Outcome(value=answer))
                for c, answer in zip(commands, together.value, strict=True)
            ]
        if len(commands) == 1 or isinstance(together.error, Unavailable):
            return [(c, together) for c in commands]
        outcomes = []
        for command in commands:
            outcomes += self._batch(tx, service, [command])
        return outcomes

    def _one(self, tx: Tx, run: Callable[[], Any]) -> Outcome:
        events, topics = len(tx.events), set(tx.topics)
        savepoint = tx.connection.begin_nested()
        try:
            value = run()
            savepoint.commit()
            return Outcome(value=value)
        except Exception as error:  # a command that fails must not take the others with it
            if _lost(error):
                raise
            savepoint.rollback()
            del tx.events[events:]
            tx.topics = topics
            return Outcome(error=referees.fact(error))


def _lost(error: BaseException) -> bool:
    """Whether the connection itself is gone, so that the whole group fails."""
    return isinstance(error, sqlalchemy.exc.DBAPIError) and (
        error.connection_invalidated or isinstance(error, sqlalchemy.exc.OperationalError)
    )


def _by_domain(commands: list[Command]) -> list[Command]:
    """In the order of their domains' ids, so that two groups never lock crosswise; within a domain as they came."""
    return sorted(commands, key=lambda c: c.domains)


def deliver(outcomes: Sequence[tuple[Command, Outcome]], topics: set[str]) -> None:
    """Answer every command on the writer's thread."""
    for command, outcome in outcomes:
        command.done(outcome)


__all__ = ["Command", "Outcome", "Store", "deliver"]
