"""A hub: keeps the newest state of whatever is watched, and tells everyone who watches it."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping, Sequence, Set
from contextlib import contextmanager
from datetime import datetime
from typing import Any

import msgspec
import structlog

from qms.bus import Bus, Listener
from qms.bus.ending import end
from qms.domain.errors import Unavailable
from qms.web.live.frames import text_frame
from qms.web.live.seat import Seat

Told = tuple[int, Mapping[str, Any]]
"""What is told: `seq`, and the rest of the message but for `now`."""

Load = Callable[[Sequence[str]], Awaitable[Mapping[str, Told]]]
"""Reads the state of some things that are watched; what there is no more is missing."""

Topics = tuple[str, ...]

TICK_SECONDS = 1.0
"""Whatever the bus says, the state is read this often: a wake-up that was lost costs no more."""

HEARTBEAT_SECONDS = 3.0
"""Whoever was told nothing for so long is told again at the next tick: within 5 s in any case."""

GONE = 4404
"""The close code for what is not there any more."""

_JOINED = "joined"

log = structlog.get_logger(__name__)
_encoder = msgspec.json.Encoder()


class _Watched:
    """One thing with its audience; `told_at` is the loop's time of the last message, `newcomers` heard none yet."""

    def __init__(self) -> None:
        self.state: Told | None = None
        self.told_at = 0.0
        self.seats: set[Seat] = set()
        self.newcomers: set[Seat] = set()

    def join(self, seat: Seat) -> None:
        self.seats.add(seat)
        self.newcomers.add(seat)

    def leave(self, seat: Seat) -> None:
        self.seats.discard(seat)
        self.newcomers.discard(seat)

    def due(self, state: Told, at: float) -> set[Seat]:
        """Take in a state; whom it is to be told."""
        changed = self.state is None or state[1] != self.state[1]
        self.state = state
        if not changed and at - self.told_at < HEARTBEAT_SECONDS:
            return self.newcomers
        self.told_at = at
        return self.seats

    def tell(self, seats: Set[Seat], frame: bytes) -> None:
        self.newcomers -= seats
        for seat in seats:
            seat.tell(frame)

    def end(self) -> None:
        for seat in tuple(self.seats):
            seat.end(GONE, "gone")


class _Group:
    """What is woken by the same topics, with the task that follows it."""

    def __init__(self) -> None:
        self.watched: dict[str, _Watched] = {}
        self.task: asyncio.Task[None] | None = None
        self.listener: Listener | None = None


class Hub:
    """Follows what is watched, one task for the same topics of the bus, for as long as anybody watches.

    `spacing_seconds` is what it rests between two readings, so that a burst of changes becomes one message.
    """

    def __init__(self, load: Load, bus: Bus, now: Callable[[], datetime], *, spacing_seconds: float = 0.02) -> None:
        self._load = load
        self._bus = bus
        self._now = now
        self._spacing = spacing_seconds
        self._groups: dict[Topics, _Group] = {}

    @contextmanager
    def watching(self, topic: str, name: str, seat: Seat, *, more: Sequence[str] = ()) -> Iterator[None]:
        """While entered, the seat is told the state of `name`: at once, when it changes, and as a heartbeat.

        It changes with `topic`, and with any of `more`. What the seat is told was read after it came: its page may know
        more already than what was read last.
        """
        topics = (topic, *more)
        group = self._groups.setdefault(topics, _Group())
        watched = group.watched.setdefault(name, _Watched())
        watched.join(seat)
        if group.task is None:
            group.task = asyncio.create_task(self._follow(topics, group))
        elif group.listener is not None:
            group.listener.hear(_JOINED)
        try:
            yield
        finally:
            watched.leave(seat)

    def seats(self) -> list[Seat]:
        """Every seat that is taken."""
        groups = self._groups.values()
        return [seat for group in groups for watched in group.watched.values() for seat in watched.seats]

    async def close(self) -> None:
        """Follow nothing any more."""
        await end(group.task for group in self._groups.values() if group.task is not None)

    async def _follow(self, topics: Topics, group: _Group) -> None:
        with self._bus.listen(*topics) as group.listener:
            while self._somebody(topics, group):
                await self._pass(topics, group)
                await asyncio.sleep(self._spacing)
                await group.listener.wait(TICK_SECONDS)

    def _somebody(self, topics: Topics, group: _Group) -> bool:
        """Forget what nobody watches any more; whether anything is left."""
        group.watched = {name: watched for name, watched in group.watched.items() if watched.seats}
        if not group.watched:
            self._groups.pop(topics, None)
        return bool(group.watched)

    async def _pass(self, topics: Topics, group: _Group) -> None:
        watched = dict(group.watched)
        audience = {name: frozenset(one.seats) for name, one in watched.items()}
        try:
            states = await self._load(list(watched))
        except Unavailable as error:  # nothing is said that may not be so; devices notice the silence
            log.warning("live_outage", topics=topics, error=str(error))
        except Exception:
            log.exception("live_bug", topics=topics)
        else:
            self._tell(watched, audience, states)

    def _tell(
        self,
        watched: Mapping[str, _Watched],
        audience: Mapping[str, frozenset[Seat]],
        states: Mapping[str, Told],
    ) -> None:
        at, frames = asyncio.get_running_loop().time(), dict[int, bytes]()
        for name, one in watched.items():
            state = states.get(name)
            if state is None:
                one.end()
            elif told := audience[name] & one.due(state, at):
                if id(state) not in frames:
                    frames[id(state)] = self._frame(state)
                one.tell(told, frames[id(state)])

    def _frame(self, state: Told) -> bytes:
        return text_frame(_encoder.encode(message(state, self._now())))


def message(state: Told, now: datetime) -> dict[str, Any]:
    """A state as it is told at a time."""
    return {"seq": state[0], "now": now, **state[1]}
