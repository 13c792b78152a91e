"""The lookout: it ends waiting that is for nothing, leaves all other waiting alone, and knows when nobody need try."""

import threading
from collections.abc import Callable, Iterator

import psycopg
import pytest

from qms.store import lookout
from qms.store.lookout import Lookout, Silence

PATIENCE = 20


class Server:
    """A server that answers, or says nothing, or refuses; lines to it are cut one by one."""

    def __init__(self) -> None:
        self.error: type[psycopg.Error] | None = None
        self.asked = threading.Semaphore(0)
        self.tried = threading.Semaphore(0)

    def connect(self) -> "Line":
        self.tried.release()
        if self.error is not None:
            raise psycopg.errors.ConnectionTimeout if self.error is Silence else self.error
        return Line(self)


class Line:
    """A connection on which somebody may wait."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self.awaited: object | None = None
        self.is_cut = threading.Event()

    def cut(self) -> None:
        self.is_cut.set()

    def close(self) -> None:
        pass

    def ping(self) -> None:
        if self._server.error is not None:
            raise self._server.error
        self._server.asked.release()


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lookout, "LOOK_SECONDS", 0.01)


@pytest.fixture
def server() -> Server:
    return Server()


@pytest.fixture
def watched(server: Server) -> Iterator[tuple[Lookout, Line]]:
    """A lookout that has a line of its own, and looks after another one on which somebody waits."""
    line, made = Line(server), Lookout(server.connect)
    line.awaited = object()
    made.watch(line)
    times(server.asked, 2)
    yield made, line
    made.end()


def times(what: threading.Semaphore, count: int) -> None:
    for _ in range(count):
        assert what.acquire(timeout=PATIENCE)


def until(so: Callable[[], bool]) -> None:
    ticks, tick = 0, threading.Event()
    while not so():
        ticks += 1
        assert ticks < PATIENCE * 100
        tick.wait(0.01)


def test_while_the_server_answers_whoever_waits_is_left_to_wait(server, watched):
    look, line = watched

    times(server.asked, 5)

    assert not line.is_cut.is_set()
    assert not look.silent


def test_where_the_server_says_nothing_waiting_is_ended_and_nobody_need_try_until_it_is_reached(server, watched):
    look, line = watched

    server.error = Silence
    assert line.is_cut.wait(PATIENCE)
    times(server.tried, 3)
    silent_meanwhile = look.silent
    server.error = None
    until(lambda: not look.silent)

    assert silent_meanwhile


def test_a_server_that_refuses_is_not_silent(server, watched):
    look, line = watched

    server.error = psycopg.OperationalError
    times(server.tried, 5)

    assert not line.is_cut.is_set()
    assert not look.silent
