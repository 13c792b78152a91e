"""Questions that are answered together: whoever asks while others are being answered, waits for the next answer."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from typing import Generic, TypeVar

from qms.domain.errors import Unavailable

K = TypeVar("K")
V = TypeVar("V")

PATIENCE_SECONDS = 0.25
"""Whoever has waited for so long is not kept by others whose answer does not come: it may be a line to nowhere."""


class Together(Generic[K, V]):
    """Gathers alike questions: one that is asked alone is answered at once, many at a time are answered together.

    The more are asked, the more share one answer: what each of them costs falls as there is more to do. An answer was
    begun after all of its questions had been asked. It names what it answers; for what is missing there, it is None.
    """

    def __init__(self, answer: Callable[[Sequence[K]], Awaitable[Mapping[K, V]]], *, most: int) -> None:
        self._answer = answer
        self._most = most
        self._waiting: list[tuple[K, asyncio.Future[V | None]]] = []
        self._last: asyncio.Task[None] | asyncio.Handle | None = None
        self.under_way: set[asyncio.Task[None]] = set()

    async def ask(self, question: K) -> V | None:
        """The answer to one question.

        Raises:
            Exception: whatever made answering it fail.
        """
        loop = asyncio.get_running_loop()
        answer: asyncio.Future[V | None] = loop.create_future()
        self._waiting.append((question, answer))
        if self._last is None:
            self._last = loop.call_soon(self._begin)  # with all that are asked in this turn of the loop
        return await answer

    def _begin(self) -> None:
        self._last, waiting = None, [one for one in self._waiting if not one[1].done()]
        some, self._waiting = waiting[: self._most], waiting[self._most :]
        if not some:  # whoever asked has gone
            return
        self._last = task = asyncio.create_task(self._answered(some))
        self.under_way.add(task)
        late = asyncio.get_running_loop().call_later(PATIENCE_SECONDS, self._go_on, task)
        task.add_done_callback(lambda task: self._over(task, late))

    def _over(self, task: "asyncio.Task[None]", late: asyncio.TimerHandle) -> None:
        late.cancel()
        self.under_way.discard(task)
        self._go_on(task)

    def _go_on(self, after: "asyncio.Task[None]") -> None:
        """Answer whoever waits: what was begun last is over, or takes too long."""
        if self._last is after:
            self._begin()

    async def _answered(self, some: Sequence[tuple[K, "asyncio.Future[V | None]"]]) -> None:
        try:
            found = await self._answer([question for question, _ in some])
        except Exception as error:
            if len(some) == 1 or isinstance(error, Unavailable):
                _settle_all(some, error)
            else:  # one of them has brought all down: let it fall alone
                for one in some:
                    await self._answered([one])
        else:
            for question, answer in some:
                if not answer.done():
                    answer.set_result(found.get(question))


def _settle_all(some: Sequence[tuple[K, "asyncio.Future[V | None]"]], error: Exception) -> None:
    for _, answer in some:
        if not answer.done():
            answer.set_exception(error)
