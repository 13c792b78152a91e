"""The bus of a lone process."""

from collections.abc import Iterable

from qms.bus.listener import Board, Listener


class MemoryBus:
    """Carries topics within this process. Other processes on the same database notice by their timers."""

    def __init__(self) -> None:
        self._board = Board()

    def publish(self, topics: Iterable[str], *, late: bool = True) -> None:
        """Wake everybody who listens here."""
        self._board.notify(topics)

    def listen(self, *topics: str) -> Listener:
        """A listener to enter with `with`."""
        return Listener(self._board, topics)

    async def start(self) -> None:
        """Nothing to start."""

    async def close(self) -> None:
        """Nothing to stop."""

    async def healthy(self) -> bool:
        """Always."""
        return True
