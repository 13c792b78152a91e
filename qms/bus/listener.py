"""What a bus is, and what waits on one."""

import asyncio
from collections.abc import Iterable
from typing import Protocol


class Listener:
    """Waits for topics. Topics that come while nobody waits are kept, each once. A topic may end in `*`."""

    def __init__(self, bus: "Board", topics: Iterable[str]) -> None:
        self._bus = bus
        self.topics = frozenset(topics)
        self._heard: set[str] = set()
        self._wake = asyncio.Event()

    def __enter__(self) -> "Listener":
        self._bus.join(self)
        return self

    def __exit__(self, *_: object) -> None:
        self._bus.leave(self)

    def hear(self, topic: str) -> None:
        """Note a topic and wake whoever waits."""
        self._heard.add(topic)
        self._wake.set()

    async def wait(self, seconds: float | None) -> frozenset[str]:
        """The topics heard since last time; empty when so many seconds pass without any (None: that never happens)."""
        try:
            async with asyncio.timeout(seconds):
                await self._wake.wait()
        except TimeoutError:
            return frozenset()
        self._wake.clear()
        heard, self._heard = frozenset(self._heard), set()
        return heard


class Board:
    """Who listens to what in this process."""

    def __init__(self) -> None:
        self._exact: dict[str, set[Listener]] = {}
        self._prefixed: dict[str, set[Listener]] = {}

    def join(self, listener: Listener) -> None:
        """From now on the listener hears its topics."""
        for topic in listener.topics:
            self._shelf(topic).setdefault(topic.removesuffix("*"), set()).add(listener)

    def leave(self, listener: Listener) -> None:
        """The listener hears nothing more."""
        for topic in listener.topics:
            shelf, name = self._shelf(topic), topic.removesuffix("*")
            shelf.get(name, set()).discard(listener)
            if not shelf.get(name):
                shelf.pop(name, None)

    def notify(self, topics: Iterable[str]) -> None:
        """Let everybody in this process hear the topics."""
        for topic in topics:
            for listener in tuple(self._exact.get(topic, ())):
                listener.hear(topic)
            for prefix, listeners in tuple(self._prefixed.items()):
                if topic.startswith(prefix):
                    for listener in tuple(listeners):
                        listener.hear(topic)

    def _shelf(self, topic: str) -> dict[str, set[Listener]]:
        return self._prefixed if topic.endswith("*") else self._exact


class Bus(Protocol):
    """Carries topics to every process of the installation, promptly as a rule, without a promise."""

    def publish(self, topics: Iterable[str], *, late: bool = True) -> None:
        """Wake everybody who listens; called on the event loop, returns at once, never raises.

        `late`: worth telling when an outage is over, too.
        """

    def listen(self, *topics: str) -> Listener:
        """A listener to enter with `with`."""

    async def start(self) -> None:
        """Begin to carry topics; does not wait for anybody."""

    async def close(self) -> None:
        """Stop."""

    async def healthy(self) -> bool:
        """Whether topics reach other processes at the moment."""
