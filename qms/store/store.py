"""The store: runs services in transactions, grouped, in threads of its own.

SQLite: one writer thread takes all waiting commands into one transaction (group commit).
PostgreSQL: a lane per routing domain; a few threads serve the lanes, one transaction each at a time.
Every domain that a transaction needs is locked before its commands run; a refused command leaves the others untouched.
"""

import concurrent.futures
import threading
from collections import deque
from collections.abc import Callable, Iterable, Sequence
from typing import Any, TypeVar

import sqlalchemy.exc

from qms.domain.errors import DomainMoved, Unavailable
from qms.domain.event import Event
from qms.store import referees
from qms.store.clock import Clock
from qms.store.command import Command, Outcome
from qms.store.engines import connect
from qms.store.limits import ANSWER_SECONDS, READING_SECONDS
from qms.store.transactions import EventNames, Transactions
from qms.store.tx import Tx
from qms.store.vault import Vault

R = TypeVar("R")

GROUP = 256
"""At most so many commands share a transaction."""

MOVES = 5
"""A command follows a domain that moves under it so many times."""

CROWD = 16
"""So many at once are a rush: on SQLite the writer then waits for all who are about to come again …"""

BACK_SECONDS = 0.00015
"""… as long as this for each who was just answered: the loop must answer them all before it reads what they ask next.
So they and he take turns: neither takes the interpreter from the other, and a transaction serves twice as many, where
two halves of them would go on coming in turn. Those who come more slowly are no rush, whatever was before them: each of
their waits is shorter than the last."""

READERS = 6


class Store:
    """All access to the database. `write` and `read` block; `submit` does not."""

    def __init__(
        self,
        url: str,
        clock: Clock,
        vault: Vault,
        *,
        event_names: EventNames | None = None,
        writers: int = 8,
        thinking: bool = False,
    ) -> None:
        self.engine = connect(url, pool_size=writers, patience=ANSWER_SECONDS, thinking=thinking)
        self._sqlite = self.engine.dialect.name == "sqlite"
        self.snapshots = connect(url, pool_size=READERS, reading=True, patience=READING_SECONDS)
        self.clock = clock
        self._transactions = Transactions(clock, vault, event_names or {})
        self._lanes: dict[str, deque[Command]] = {}
        self._ready: deque[str] = deque()
        self._running: set[str] = set()
        self._answered = self._expected = 0
        self._changed = threading.Condition()
        self._closed = False
        self.on_commit: Callable[[Sequence[tuple[Command, Outcome]], set[str]], None] = deliver
        self.on_events: Callable[[Sequence[Event]], None] = lambda events: None
        self._readers = concurrent.futures.ThreadPoolExecutor(max_workers=READERS, thread_name_prefix="reader")
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
        self.snapshots.dispose()

    # -- what callers use -------------------------------------------------------------------------------------------

    def submit(self, *commands: Command) -> None:
        """Queue commands; the `done` of each is called from a writer thread, after its commit.

        Raises:
            Unavailable: the store is closed.
        """
        with self._changed:
            if self._closed:
                raise Unavailable("shutting down")
            for command in commands:
                self._enqueue(command)
            if self._sqlite and len(self._lanes.get("", ())) >= self._expected:
                self._changed.notify()

    def write(self, service: Callable[..., R], /, *, domain: str | Iterable[str] | None = None, **arguments: Any) -> R:
        """Run a service in a transaction, holding the domain(s); block until it is committed."""
        future: concurrent.futures.Future[R] = concurrent.futures.Future()
        self.submit(Command.of(service, arguments, domain, lambda outcome: outcome.settle(future)))
        return future.result()

    def take(
        self, service: Callable[[Tx, Sequence[Any]], Sequence[Any]], item: Any, *, domain: str | None = None
    ) -> Any:
        """Run one item of a batch service; alike items that wait together share its statements.

        An answer has the `id` of the thing that it is about: what is told of that goes with the trace of whoever asked.
        """
        future: concurrent.futures.Future[Any] = concurrent.futures.Future()
        self.submit(Command.item(service, item, domain, lambda outcome: outcome.settle(future)))
        return future.result()

    def read(self, service: Callable[..., R], /, **arguments: Any) -> R:
        """Run a service that only reads, on the caller's thread, in a snapshot that blocks nobody."""
        try:
            with self._transactions.snapshot(self.snapshots) as tx:
                return service(tx, **arguments)
        except sqlalchemy.exc.SQLAlchemyError as error:
            fact = referees.fact(error)
            if fact is error:
                raise
            raise fact from error

    def read_later(self, service: Callable[..., R], /, **arguments: Any) -> "concurrent.futures.Future[R]":
        """Run a service that only reads on a reader thread.

        Raises:
            Unavailable: the store is closed.
        """
        try:
            return self._readers.submit(self.read, service, **arguments)
        except RuntimeError as closed:
            raise Unavailable("shutting down") from closed

    # -- the writers ------------------------------------------------------------------------------------------------

    def _enqueue(self, command: Command) -> None:
        lane = "" if self._sqlite else command.lane
        self._lanes.setdefault(lane, deque()).append(command)
        if lane not in self._running and lane not in self._ready:
            self._ready.append(lane)
            self._changed.notify()

    def _work(self) -> None:
        while (taken := self._next()) is not None:
            lane, commands = taken
            try:
                self._transact(commands)
            finally:
                with self._changed:
                    self._running.discard(lane)
                    if self._sqlite:
                        self._answered = len(commands)
                        self._expected = min(len(commands) + len(self._lanes.get(lane, ())), GROUP)
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
            self._running.add(lane)
            if self._expected > CROWD and not self._closed:
                self._linger(waiting)
            commands = [waiting.popleft() for _ in range(min(GROUP, len(waiting)))]
            return lane, commands

    def _linger(self, waiting: Sequence[Command]) -> None:
        """Let the rush gather again; whoever submits does not wake the writer before all are there."""
        self._changed.wait_for(lambda: self._closed or len(waiting) >= self._expected, self._answered * BACK_SECONDS)

    def _transact(self, commands: Sequence[Command]) -> None:
        events: Sequence[Event] = ()
        try:
            outcomes, tx = self._transactions.run(self.engine, commands)
            events, topics = tx.events, tx.topics
        except Exception as error:  # whatever it was, whoever waits must be told
            if len(commands) > 1 and not isinstance(referees.fact(error), Unavailable):
                for command in commands:  # one of them brought all down: let it fall alone
                    self._transact([command])
                return
            outcomes, topics = [(command, Outcome(error=referees.fact(error))) for command in commands], set()
        settled = [(c, answer) for c, o in outcomes if (answer := self._answer(c, o)) is not None]
        self._safely("events_uncounted", self.on_events, events)
        self._safely("answers_lost", self.on_commit, settled, topics)

    def _safely(self, otherwise: str, tell: Callable[..., None], *what: Any) -> None:
        """Tell somebody what was committed; whatever they do with it, the writer goes on."""
        try:
            tell(*what)
        except Exception:
            import structlog  # loads slowly, and is seldom needed

            structlog.get_logger(__name__).exception(otherwise, count=len(what[0]))

    def _answer(self, command: Command, outcome: Outcome) -> Outcome | None:
        """What to answer; nothing yet for a command that is sent after the domain it needs."""
        if not isinstance(outcome.error, DomainMoved):
            return outcome
        if command.moves >= MOVES:
            return Outcome(error=Unavailable(f"routing domain {outcome.error.domain} keeps moving"))
        with self._changed:
            self._enqueue(command.moved_to(outcome.error.domain))
        return None


def deliver(outcomes: Sequence[tuple[Command, Outcome]], topics: set[str]) -> None:
    """Answer every command on the writer's thread."""
    for command, outcome in outcomes:
        command.done(outcome)


__all__ = ["Command", "EventNames", "Outcome", "Store", "deliver"]
