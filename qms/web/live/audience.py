"""Audiences: who is to be told of one thing, and what is woken together."""

import asyncio
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from qms.bus import Listener
from qms.web.live.seat import Seat

Told = tuple[int, Mapping[str, Any]]
"""What is told: `seq`, and the rest of the message but for `now`."""

HEARTBEAT_SECONDS = 3.0
"""Whoever was told nothing for so long is told again at the next tick, unless his hub says otherwise: within 5 s."""

GONE = 4404
"""The close code for what is not there any more."""


class Watched:
    """One thing with its audience. The loop's times: `told_at` of the last message, `read_at` of when it was looked at.

    `newcomers` have heard no message yet.
    """

    def __init__(self, heartbeat_seconds: float = HEARTBEAT_SECONDS) -> None:
        self._heartbeat = heartbeat_seconds
        self.state: Told | None = None
        self._body: tuple[Told, bytes] | None = None
        self.told_at = self.read_at = 0.0
        self.seats: dict[Seat, None] = {}  # in the order in which they came: memory is walked along then
        self.newcomers: set[Seat] = set()

    def join(self, seat: Seat) -> None:
        """Somebody comes."""
        self.seats[seat] = None
        self.newcomers.add(seat)

    def leave(self, seat: Seat) -> None:
        """Somebody goes."""
        self.seats.pop(seat, None)
        self.newcomers.discard(seat)

    def due(self, state: Told, audience: Sequence[Seat], at: float, *, read_at: float) -> Sequence[Seat]:
        """Take in a state; whom of those who were there when it was read it is to be told.

        What was looked for earlier, and comes later, is told nobody.
        """
        if read_at < self.read_at:
            return ()
        changed = self.state is None or (state[1] is not self.state[1] and state[1] != self.state[1])
        self.state, self.read_at = state, read_at
        if not changed and at - self.told_at < self._heartbeat:
            return [seat for seat in audience if seat in self.newcomers] if self.newcomers else ()
        self.told_at = at
        return audience

    def body(self, state: Told, encode: Callable[[Told], bytes]) -> bytes:
        """A state over the wire, encoded once for as long as it stays the same: heartbeats say it again and again."""
        if self._body is None or self._body[0] is not state:
            self._body = (state, encode(state))
        return self._body[1]

    def tell(self, seats: Iterable[Seat], frame: bytes) -> None:
        """Write a frame to some of the audience."""
        if self.newcomers:
            self.newcomers.difference_update(seats)
        for seat in seats:
            seat.tell(frame)

    def end(self) -> None:
        """Tell everybody that it is there no more."""
        for seat in tuple(self.seats):
            seat.end(GONE, "gone")


class Group:
    """What is woken by the same topics, with the task that follows it."""

    def __init__(self) -> None:
        self.watched: dict[str, Watched] = {}
        self.task: asyncio.Task[None] | None = None
        self.listener: Listener | None = None

    def wake(self, why: str) -> None:
        """Have it looked at again now."""
        if self.listener is not None:
            self.listener.hear(why)
