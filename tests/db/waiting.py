"""Commands made to wait for each other, so that a test decides what runs together."""

import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any

from qms.store.command import Command
from qms.store.store import Store
from qms.store.tx import Tx

PATIENCE = 20
"""Seconds after which a test gives up waiting for what should long have happened."""


def submit(store: Store, service: Callable[..., Any], domain: Any = None, **arguments: Any) -> "Future[Any]":
    """Queue a command; its answer to come."""
    future: Future[Any] = Future()
    store.submit(Command.of(service, arguments, domain, lambda outcome: outcome.settle(future)))
    return future


def submit_item(store: Store, service: Callable[..., Any], item: Any, domain: str = "") -> "Future[Any]":
    """Queue an item of a batch service."""
    future: Future[Any] = Future()
    store.submit(Command.item(service, item, domain, lambda outcome: outcome.settle(future)))
    return future


class Gate:
    """A service, or any function, that waits inside until the gate is opened."""

    def __init__(self) -> None:
        self.entered = threading.Event()
        self._open = threading.Event()

    def __call__(self, tx: Tx | None = None) -> None:
        self.entered.set()
        assert self._open.wait(PATIENCE), "the gate was never opened"

    def open(self) -> None:
        """Let whoever is inside go on, and all who come later."""
        self._open.set()


@contextmanager
def held_up(store: Store, domain: Any = None) -> Iterator[None]:
    """Hold up a lane: what is submitted inside waits, and then runs in one group."""
    gate = Gate()
    first = submit(store, gate, domain)
    assert gate.entered.wait(PATIENCE)
    try:
        yield
    finally:
        gate.open()
    first.result(PATIENCE)


def in_threads(act: Callable[[int], Any], threads: int) -> list[Any]:
    """Run something in many threads at once; what each gave back, in order."""
    with ThreadPoolExecutor(threads) as pool:
        return list(pool.map(act, range(threads)))


def refusals(futures: Sequence["Future[Any]"]) -> list[Any]:
    """The error of each command, or None."""
    return [future.exception(PATIENCE) for future in futures]
