"""A panel that nobody looks at: it says that it is there, obeys what can be obeyed, and goes back to its call."""

import io
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from typing import Any

import pytest
from websockets.exceptions import ConnectionClosed
from websockets.sync.server import Server, ServerConnection, serve

from server.display.board import Board
from server.display.following import REPORT_SECONDS, SILENCE_SECONDS, Follower
from server.display.panel import Panel, Unwritable

STEP = SILENCE_SECONDS - 0.2
"""Seconds from one message to the next: a panel takes a server that says nothing for longer as gone."""


class Telling:
    """The server's end of a line: what it tells by and by, on a clock of its own, and what it has heard."""

    def __init__(self, messages: list[str]) -> None:
        self.messages = messages
        self.now = 0.0
        self.heard: list[dict[str, Any]] = []
        self.over = threading.Event()

    def __call__(self, line: ServerConnection) -> None:
        """Tell everything, and listen until the panel has gone."""
        for message in self.messages:
            self.now += STEP
            line.send(message)
            with suppress(TimeoutError):
                self.heard.append(json.loads(line.recv(timeout=0.05)))
        with suppress(ConnectionClosed):
            while True:
                self.heard.append(json.loads(line.recv(timeout=10)))
        self.over.set()


def state(*seqs: int, **orders: int) -> str:
    """What a screen is told."""
    calls = [{"seq": seq, "number": f"A{seq}", "poc": "Counter 1"} for seq in seqs]
    screen = {"name": "Hall, left", "orders": {"identify": 0, "test": 0, "reload": 0, **orders}}
    return json.dumps({"branch": {"id": "main"}, "calls": calls, "screen": screen})


@pytest.fixture
def follow() -> Iterator[Callable[..., list[str]]]:
    """`follow(telling, calls)`: what is written until so many calls were shown."""
    opened: list[Server] = []

    def follow(telling: Telling, calls: int) -> list[str]:
        server, out = serve(telling, "127.0.0.1", 0), io.StringIO()
        opened.append(server)
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.socket.getsockname()[1]}/screens/hall"
        panel = Panel(out, template="{number} {poc}", offline="--", as_json=False)
        Follower(address, panel, Board(seconds=0), most=calls, clock=lambda: telling.now).run()
        assert telling.over.wait(10)
        return out.getvalue().splitlines()

    yield follow
    for server in opened:
        server.shutdown()


def test_it_says_each_minute_that_it_is_there_though_nobody_is_called(follow):
    minutes = 2
    telling = Telling([state(1)] * int(minutes * REPORT_SECONDS / STEP + 2) + [state(2, 1)])

    assert follow(telling, 1) == ["A2 Counter 1"]

    *before, shown = [one["painted"] for one in telling.heard]
    assert before == [None] * (1 + minutes)
    assert shown == 2
    assert {one["audio"] for one in telling.heard} == {"off"}


def test_asked_which_one_it_is_it_says_so_and_then_shows_its_call_again(follow):
    telling = Telling([state(), state(1), *[state(1, identify=1)] * 9, state(2, 1, identify=1)])

    assert follow(telling, 2) == ["A1 Counter 1", "Hall, left", "A1 Counter 1", "A2 Counter 1"]


def test_a_test_is_reported_as_made(follow):
    telling = Telling([state(test=4), state(test=5), state(1, test=5)])

    assert follow(telling, 1) == ["Hall, left", "A1 Counter 1"]
    assert [one["device"]["tested"] for one in telling.heard] == [4, 5, 5]


def test_a_panel_that_was_unplugged_ends_it_and_is_no_outage_of_the_server():
    class Unplugged(io.StringIO):
        def flush(self) -> None:
            raise OSError(19, "No such device")

    panel = Panel(Unplugged(), template="{number}", offline="--", as_json=False)
    telling = Telling([state(), state(1)])
    with serve(telling, "127.0.0.1", 0) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        address = f"http://127.0.0.1:{server.socket.getsockname()[1]}/screens/hall"

        with pytest.raises(Unwritable, match="No such device"):
            Follower(address, panel, Board(seconds=0), clock=lambda: telling.now).run()
        server.shutdown()
