"""Counting together: a limit holds for all processes at once, for each tells the others whom its windows let in.

What the others have counted comes a moment late, and not at all while Redis is away: then each counts by itself.
"""

import asyncio
import itertools
import json
import secrets
from collections import Counter
from collections.abc import AsyncIterator, Hashable, Iterable
from functools import partial
from typing import Any

from aiohttp import web

from qms.bus import Bus, Listener
from qms.bus.ending import end
from qms.web.keys import BUS
from qms.web.rate_limit import SlidingWindow

TOPIC = "counted:"
APART_SECONDS = 0.1
"""The others are told no oftener than that."""


class Counting:
    """The windows of this process, by the name that they have in every one."""

    def __init__(self) -> None:
        self._me = secrets.token_hex(6)
        self._windows: dict[str, SlidingWindow] = {}
        self._news: Counter[tuple[str, Hashable]] = Counter()
        self._something = asyncio.Event()

    def join(self, name: str, window: SlidingWindow) -> SlidingWindow:
        """Count a window's callers together with the other processes'; the window."""
        self._windows[name] = window
        window.on_let_in = partial(self._note, name)
        return window

    async def run(self, bus: Bus) -> None:
        """Tell and hear until cancelled."""
        with bus.listen(TOPIC + "*") as listener:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._tell(bus))
                group.create_task(self._hear(listener))

    def _note(self, name: str, caller: Hashable) -> None:
        self._news[name, caller] += 1
        self._something.set()

    async def _tell(self, bus: Bus) -> None:
        for turn in itertools.count():
            await self._something.wait()
            self._something.clear()
            told = [(name, caller, times) for (name, caller), times in self._news.items()]
            self._news.clear()
            bus.publish([TOPIC + json.dumps([self._me, turn, told])], late=False)
            await asyncio.sleep(APART_SECONDS)

    async def _hear(self, listener: Listener) -> None:
        while True:
            for topic in await listener.wait(None):
                sender, _, told = json.loads(topic.removeprefix(TOPIC))
                if sender != self._me:
                    self._take_in(told)

    def _take_in(self, told: Iterable[tuple[str, Any, int]]) -> None:
        at = asyncio.get_running_loop().time()
        for name, caller, times in told:
            whom = tuple(caller) if isinstance(caller, list) else caller
            if name in self._windows:
                self._windows[name].count(whom, times, at)


COUNTING: web.AppKey[Counting] = web.AppKey("counting", Counting)


def count_together(app: web.Application) -> None:
    """Count with the other processes on the application's bus, as long as it lives; to be said before it starts."""
    app[COUNTING] = Counting()
    app.cleanup_ctx.append(_runs)


def counted(app: web.Application, name: str, window: SlidingWindow) -> SlidingWindow:
    """The window, which counts together with those of that name elsewhere, if the application does so at all."""
    return window if COUNTING not in app else app[COUNTING].join(name, window)


async def _runs(app: web.Application) -> AsyncIterator[None]:
    task = asyncio.create_task(app[COUNTING].run(app[BUS]))
    yield
    await end([task])
