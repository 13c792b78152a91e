"""The store for those who live on an event loop: the same services, awaited."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable, Mapping, Sequence
from typing import Any, TypeVar

from qms.bus import Bus
from qms.domain.errors import Unavailable
from qms.store.store import GROUP, Command, Outcome, Store
from qms.store.together import Together
from qms.store.tx import Tx

K = TypeVar("K")
R = TypeVar("R")


class AsyncStore:
    """Runs services in the store's threads; answers arrive on the loop, a whole group in one hop.

    Topics are published after the answers: whoever is woken finds what was committed.
    """

    def __init__(self, store: Store, bus: Bus) -> None:
        self.store = store
        self._bus = bus
        self._loop = asyncio.get_running_loop()
        self._submitted: list[Command] = []
        self._asked: dict[Callable[..., Any], Together[Any, Any]] = {}
        store.on_commit = self._committed

    async def write(
        self, service: Callable[..., R], /, *, domain: str | Iterable[str] | None = None, **arguments: Any
    ) -> R:
        """Run a service holding the domain(s); returns after the commit."""
        answer: asyncio.Future[R] = self._loop.create_future()
        self._submit(Command.of(service, arguments, domain, lambda outcome: _settle(answer, outcome)))
        return await answer

    def take(
        self, service: Callable[[Tx, Sequence[Any]], Sequence[Any]], item: Any, *, domain: str | None = None
    ) -> Awaitable[Any]:
        """Run one item of a batch service; alike items that wait together share its statements.

        It is submitted at once, awaited or not. A future and no coroutine: hundreds wait together, and each would have
        one frame more to wake.
        """
        answer: asyncio.Future[Any] = self._loop.create_future()
        self._submit(Command.item(service, item, domain, lambda outcome: _settle(answer, outcome)))
        return answer

    async def read(self, service: Callable[..., R], /, **arguments: Any) -> R:
        """Run a service that only reads."""
        return await asyncio.wrap_future(self.store.read_later(service, **arguments))

    async def ask(self, service: Callable[[Tx, Sequence[K]], Mapping[K, R]], item: K) -> R | None:
        """What a service that only reads answers to one of several items; None where it says nothing of it.

        Alike items that wait together share a snapshot, its statements, and the way to a thread and back.
        """
        if service not in self._asked:

            async def answer(items: Sequence[K]) -> Mapping[K, R]:
                return await asyncio.wrap_future(self.store.read_later(_answered, service=service, items=items))

            self._asked[service] = Together(answer, most=GROUP)
        return await self._asked[service].ask(item)

    def _submit(self, command: Command) -> None:
        """Hand a command over with all others of this turn of the loop: the writer wakes once, and takes them all."""
        if not self._submitted:
            self._loop.call_soon(self._hand_over)
        self._submitted.append(command)

    def _hand_over(self) -> None:
        commands, self._submitted = self._submitted, []
        try:
            self.store.submit(*commands)
        except Unavailable as closed:
            for command in commands:
                command.done(Outcome(error=closed))

    def _committed(self, outcomes: Sequence[tuple[Command, Outcome]], topics: set[str]) -> None:
        try:
            self._loop.call_soon_threadsafe(self._tell, outcomes, topics)
        except RuntimeError:  # the loop has closed: nobody waits any more
            return

    def _tell(self, outcomes: Sequence[tuple[Command, Outcome]], topics: set[str]) -> None:
        for command, outcome in outcomes:
            command.done(outcome)
        self._bus.publish(topics)


def _answered(tx: Tx, *, service: Callable[[Tx, Sequence[K]], Mapping[K, R]], items: Sequence[K]) -> Mapping[K, R]:
    return service(tx, items)


def _settle(answer: "asyncio.Future[Any]", outcome: Outcome) -> None:
    if answer.done():
        return
    if outcome.error is not None:
        answer.set_exception(outcome.error)
    else:
        answer.set_result(outcome.value)
