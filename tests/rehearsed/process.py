"""A process of the installation: its own store with its caches, and what its workers know. A crash loses all of it."""

from collections.abc import Callable, Sequence
from typing import Any

from qms.domain.errors import Unavailable
from qms.store.store import Command, Outcome, Store, deliver
from server.wiring import EVENT_NAMES
from tests.rehearsed.clock import RehearsalClock
from tests.rehearsed.failing import Fault, How, expose
from tests.vault import VAULT


class Silence(Unavailable):
    """The process died before it answered: nobody knows whether anything was done."""


class Process:
    """One process; `life` counts its boots, so that what was begun in an earlier life is not gone on with."""

    def __init__(self, name: str, url: str, clock: RehearsalClock) -> None:
        self.name = name
        self._url = url
        self._clock = clock
        self.fault = Fault()
        self.life = 0
        self.alive = False
        self.told: set[str] = set()
        self.boot()

    def boot(self) -> None:
        """Start, knowing nothing."""
        self.fault.clear()
        self.store = Store(self._url, self._clock, VAULT, event_names=EVENT_NAMES, writers=1)
        expose(self.store.engine, self.fault)
        with self.store.engine.connect():
            pass  # what SQLAlchemy asks its first database is no statement of ours: no fault counts it
        self.store.on_commit = self._committed
        self.life += 1
        self.alive = True

    def die(self) -> None:
        """Lose everything that is not in the database."""
        self.alive = False
        self.fault.clear()
        self.store.close()

    def run(self, commands: Sequence[tuple[Callable[..., Any], bool, dict[str, Any], Any]]) -> list[Outcome]:
        """Run commands together, as many clients' at once: each (service, whether a batch's item, arguments, domain).

        They are submitted at once, so that the store takes them into one transaction.
        """
        self.told = set()
        outcomes: dict[int, Outcome] = {}
        import threading

        settled = threading.Semaphore(0)

        def done(n: int) -> Callable[[Outcome], None]:
            def settle(outcome: Outcome) -> None:
                outcomes[n] = outcome
                settled.release()

            return settle

        made = []
        for n, (service, batch, arguments, domain) in enumerate(commands):
            if batch:
                made.append(Command.item(service, arguments["item"], domain, done(n)))
            else:
                made.append(Command.of(service, arguments, domain, done(n)))
        self.store.submit(*made)
        for _ in made:
            settled.acquire()
        return [outcomes[n] for n in range(len(made))]

    def plan(self, how: How, left: int) -> None:
        """Let the next transaction fail."""
        self.fault.plan(how, left)

    def _committed(self, outcomes: Sequence[tuple[Command, Outcome]], topics: set[str]) -> None:
        if self.fault.how == "answer":
            self.fault.struck = True
        if self.fault.deadly:
            deliver([(command, Outcome(error=Silence("died"))) for command, _ in outcomes], set())
            return
        self.told |= topics
        deliver(outcomes, topics)
