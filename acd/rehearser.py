"""Rehearsals beside a server at work: one at a time, in a process of its own, so that nobody waits for it."""

import asyncio
import multiprocessing
import os
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import Any, Protocol

import structlog

from qms.services import rehearsals
from qms.store.aio import AsyncStore

log = structlog.get_logger(__name__)

_LOOK_SECONDS = 0.5
_NICE = 10


class Job(Protocol):
    """What can be rehearsed; it is sent to the other process."""

    @property
    def days(self) -> int:
        """So many days are simulated."""
        ...

    def found(self, told: Callable[[], object]) -> dict[str, Any]:
        """The result; `told` is called after each day."""
        ...


@dataclass(frozen=True, slots=True)
class _Passed:
    """A day is over."""


@dataclass(frozen=True, slots=True)
class _Failed:
    reason: str


class Rehearser:
    """Starts processes, and writes down what they say."""

    def __init__(self, store: AsyncStore) -> None:
        self._store = store
        self._turn = asyncio.Lock()
        self._tasks: set[asyncio.Task[None]] = set()

    def start(self, id: str, job: Job) -> None:
        """Begin as soon as it is its turn; the rehearsal with this id has been written down."""
        task = asyncio.create_task(self._wait_and_run(id, job))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def close(self) -> None:
        """End what is under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _wait_and_run(self, id: str, job: Job) -> None:
        try:
            while self._turn.locked():
                await self._store.write(rehearsals.go_on, id=id, passed=0)
                with suppress(TimeoutError):
                    await asyncio.wait_for(self._turn.acquire(), 10)
                    self._turn.release()
            async with self._turn:
                await self._run(id, job)
        except asyncio.CancelledError:
            await self._store.write(rehearsals.fail, id=id, reason="interrupted")
            raise

    async def _run(self, id: str, job: Job) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe(duplex=False)
        process = context.Process(target=_work, args=(theirs, job), daemon=True)
        try:
            await asyncio.to_thread(process.start)
            theirs.close()
            await self._follow(id, ours)
        finally:
            if process.pid is not None:
                process.kill()
                await asyncio.to_thread(process.join)
            ours.close()

    async def _follow(self, id: str, pipe: Connection) -> None:
        passed = 0
        while True:
            said = await asyncio.to_thread(_heard, pipe)
            passed += sum(isinstance(one, _Passed) for one in said)
            last = said[-1] if said else None
            if isinstance(last, _Failed):
                log.warning("rehearsal_failed", rehearsal=id, reason=last.reason)
                await self._store.write(rehearsals.fail, id=id, reason=last.reason)
                return
            if isinstance(last, dict):
                await self._store.write(rehearsals.finish, id=id, found=last)
                return
            await self._store.write(rehearsals.go_on, id=id, passed=passed)
            await asyncio.sleep(_LOOK_SECONDS)


def _heard(pipe: Connection) -> list[Any]:
    """All that was said meanwhile; nothing for some seconds is nothing."""
    said: list[Any] = []
    try:
        while pipe.poll(0 if said else 5):
            said.append(pipe.recv())
    except EOFError:
        if not said or not isinstance(said[-1], dict | _Failed):
            said.append(_Failed("the process has died"))
    return said


def _work(pipe: Connection, job: Job) -> None:
    """In the other process."""
    os.nice(_NICE)
    try:
        found: Any = job.found(lambda: pipe.send(_Passed()))
    except Exception as error:
        found = _Failed(f"{type(error).__name__}: {error}")
    pipe.send(found)
    pipe.close()
