"""A hub: keeps the newest state of whatever is watched, and tells everyone who watches it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Coroutine, Iterator, Mapping, Sequence
from contextlib import contextmanager
from contextvars import Context
from datetime import datetime
from typing import Any

import msgspec
import structlog

from qms.bus import Bus
from qms.bus.ending import end
from qms.domain.errors import Unavailable
from qms.store.together import Together
from qms.web.live.audience import HEARTBEAT_SECONDS, Group, Told, Watched
from qms.web.live.frames import text_frame
from qms.web.live.seat import Seat

Load = Callable[[Sequence[str]], Awaitable[Mapping[str, Told]]]
"""Reads the state of some things that are watched; what there is no more is missing."""

Topics = tuple[str, ...]

TICK_SECONDS = 1.0
"""Whatever the bus says, the state is read this often: a wake-up that was lost costs no more."""

AT_ONCE = 50
"""So many groups are read together then: thousands take turns with whoever waits for a change."""

LEAST_REST = 0.5
"""A task rests as long as its reading took, so that it asks for half of the time at most; this part of its spacing at
least."""

AWAY_SECONDS = 0.25
"""What a task rests while nothing can be read: whatever changes elsewhere wakes it all the same."""

log = structlog.get_logger(__name__)
_encoder = msgspec.json.Encoder()


class Hub:
    """Follows what is watched, for as long as anybody watches.

    What topics of the bus wake is read at once, and together with whatever else was woken while something was read; one
    task goes round all of it again and again.
    `spacing_seconds` is what a task rests at most between two readings, so that a burst of changes becomes one message;
    it rests less where reading is quick. Whoever was told nothing for `heartbeat_seconds` is told again in the next
    round.
    """

    def __init__(
        self,
        load: Load,
        bus: Bus,
        now: Callable[[], datetime],
        *,
        spacing_seconds: float = 0.02,
        heartbeat_seconds: float = HEARTBEAT_SECONDS,
    ) -> None:
        self._load = load
        self._bus = bus
        self._now = now
        self._spacing = spacing_seconds
        self._heartbeat = heartbeat_seconds
        self._groups: dict[Topics, Group] = {}
        self._woken: Together[Group, None] = Together(self._look_together, most=AT_ONCE)
        self._rounds: asyncio.Task[None] | None = None
        self._away = False

    @contextmanager
    def watching(self, topic: str, name: str, seat: Seat, *, more: Sequence[str] = ()) -> Iterator[None]:
        """While entered, the seat is told the state of `name`: at once, when it changes, and as a heartbeat.

        It changes with `topic`, and with any of `more`. What the seat is told was read after it came: its page may know
        more already than what was read last.
        """
        topics = (topic, *more)
        group = self._groups.setdefault(topics, Group())
        watched = group.watched.setdefault(name, Watched(self._heartbeat))
        watched.join(seat)
        if group.task is None:
            group.task = _begun(self._follow(topics, group))
        if self._rounds is None:
            self._rounds = _begun(self._go_round())
        group.wake("joined")
        try:
            yield
        finally:
            watched.leave(seat)
            if not watched.seats:
                group.wake("left")

    def seats(self) -> list[Seat]:
        """Every seat that is taken."""
        groups = self._groups.values()
        return [seat for group in groups for watched in group.watched.values() for seat in watched.seats]

    async def close(self) -> None:
        """Follow nothing any more."""
        tasks = [self._rounds, *(group.task for group in self._groups.values()), *self._woken.under_way]
        await end(task for task in tasks if task is not None)

    async def _follow(self, topics: Topics, group: Group) -> None:
        with self._bus.listen(*topics) as group.listener:
            while self._somebody(topics, group):
                began = time.perf_counter()
                await self._woken.ask(group)
                rest = min(max(time.perf_counter() - began, LEAST_REST * self._spacing), self._spacing)
                await asyncio.sleep(AWAY_SECONDS if self._away else rest)
                await group.listener.wait(None)

    def _somebody(self, topics: Topics, group: Group) -> bool:
        """Forget what nobody watches any more; whether anything is left."""
        group.watched = {name: watched for name, watched in group.watched.items() if watched.seats}
        if not group.watched:
            self._groups.pop(topics, None)
        return bool(group.watched)

    async def _go_round(self) -> None:
        while self._groups:
            await asyncio.sleep(TICK_SECONDS)
            groups = list(self._groups.values())
            for start in range(0, len(groups), AT_ONCE):
                await self._look(groups[start : start + AT_ONCE])
        self._rounds = None

    async def _look_together(self, groups: Sequence[Group]) -> Mapping[Group, None]:
        await self._look(groups)
        return {}

    async def _look(self, groups: Sequence[Group]) -> None:
        looked_at = asyncio.get_running_loop().time()
        watched = [(name, one, tuple(one.seats)) for group in groups for name, one in group.watched.items()]
        try:
            states = await self._load([name for name, _, _ in watched])
        except Unavailable as error:  # nothing is said that may not be so; devices notice the silence
            if not self._away:
                log.warning("live_outage", watched=len(watched), error=str(error))
            self._away = True
        except Exception:
            if len(groups) == 1:
                log.exception("live_bug", watched=[name for name, _, _ in watched])
            else:  # one of them has brought all down: let it fall alone
                for group in groups:
                    await self._look([group])
        else:
            self._away = False
            self._tell(watched, states, looked_at)

    def _tell(
        self,
        watched: Sequence[tuple[str, Watched, tuple[Seat, ...]]],
        states: Mapping[str, Told],
        looked_at: float,
    ) -> None:
        at, now = asyncio.get_running_loop().time(), _encoder.encode(self._now())
        frames: dict[int, bytes] = {}
        for name, one, audience in watched:
            state = states.get(name)
            if state is None:
                one.end()
            elif told := one.due(state, audience, at, read_at=looked_at):
                if id(state) not in frames:
                    frames[id(state)] = _frame(state[0], now, one.body(state, _encoded))
                one.tell(told, frames[id(state)])


def _begun(work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
    """A task that is no part of the request which began it: it outlives that, and so would what the log says of it."""
    return asyncio.create_task(work, context=Context())


def _encoded(state: Told) -> bytes:
    return _encoder.encode({**state[1]})


def _frame(seq: int, now: bytes, body: bytes) -> bytes:
    """As `message` says it, of what is encoded already."""
    return text_frame(b'{"seq":%d,"now":%b%b%b' % (seq, now, b"," if len(body) > len(b"{}") else b"", body[1:]))


def message(state: Told, now: datetime) -> dict[str, Any]:
    """A state as it is told at a time."""
    return {"seq": state[0], "now": now, **state[1]}
