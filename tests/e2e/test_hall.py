"""A hall of three branches that share nobody: two processes tell its screens, and die while all branches call."""

import json
import threading
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from websockets.exceptions import WebSocketException
from websockets.sync.client import connect

from server.display.board import Board
from server.display.following import socket_of
from tests.e2e.turnero import Turnero, serving

pytestmark = [pytest.mark.campaign, pytest.mark.timeout(300)]

BRANCHES = ("north", "south", "west")
ROUNDS = 14
NETWORK = '[account]\nslug = "acme"\n' + "".join(
    f"""
[[branch]]
key = "{key}"
label = "{key.title()}"
pocs = [{{ key = "1", label = "Counter 1", kind = "counter" }}]

[[queue]]
key = "{key}-q"
prefix = "A"
branches = ["{key}"]
mode = "counter"
wrap_up_seconds = 0

[[agent]]
key = "{key}-agent"
firstname = "Ana"
lastname = "{key}"
email = "{key}@acme.example"
password = "a-good-password"
role = "attendant"
queues = ["{key}-q"]

[[kiosk]]
key = "{key}-door"
branch = "{key}"
token = "the-kiosk-{key}"
"""
    for key in BRANCHES
)
SCREENS = """
[[screen]]
key = "hall"
branch = "north"
branches = ["south", "west"]
token = "the-screen-of-all"

[[screen]]
key = "other"
branch = "west"
branches = ["north", "south"]
token = "another-of-all"

[[screen]]
key = "south"
branch = "south"
token = "the-screen-of-south"
"""


class Watcher(threading.Thread):
    """A screen that announces what is above the last `seq` that it announced, through every outage."""

    def __init__(self, address: str) -> None:
        super().__init__(daemon=True)
        self.uri = socket_of(address)
        self.board = Board(seconds=0, heard=0)
        self.shown: list[tuple[int, str | None, str]] = []
        self.over = threading.Event()

    def run(self) -> None:
        while not self.over.is_set():
            try:
                self._follow()
            except (OSError, WebSocketException):
                time.sleep(0.1)

    def _follow(self) -> None:
        with connect(self.uri, open_timeout=5, compression=None) as socket:
            while not self.over.is_set():
                try:
                    told = json.loads(socket.recv(timeout=0.5))
                except TimeoutError:
                    continue
                self.board = self.board.hear(told["calls"])
                while self.board.due(0) is not None:
                    call, self.board = self.board.next(0)
                    self.shown.append((call["seq"], call.get("branch"), call["number"]))


class Desk:
    """An agent of one branch, and everybody who comes there."""

    def __init__(self, url: str, branch: str) -> None:
        self.url, self.branch = url, branch
        who = {"account": "acme", "email": f"{branch}@acme.example", "password": "a-good-password"}
        self.token = self.ask("POST", "/desk/api/session", who)["token"]
        self.ask("PUT", "/desk/api/presence", {"state": "idle", "poc": f"{branch}/1"})

    def call(self) -> str:
        """Somebody comes, and is called."""
        self.ask("POST", f"/kiosk/the-kiosk-{self.branch}/tickets", {"queue": f"{self.branch}-q", "language": "en"})
        return str(self.ask("POST", "/desk/api/next", {})["ticket"]["number"])

    def ask(self, method: str, path: str, body: Any) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {getattr(self, 'token', '')}"}
        request = urllib.request.Request(self.url + path, json.dumps(body).encode(), headers, method=method)  # noqa: S310
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
            return json.loads(answer.read())


@pytest.fixture
def site(tmp_path: Path, postgres_url: str, redis_url: str) -> Iterator[tuple[Turnero, list[Turnero]]]:
    """One server for those who call, two for the screens."""
    shared = {"DATABASE_URL": postgres_url, "REDIS_URL": redis_url, "SECRET_KEY": "x" * 40}
    tellers = [Turnero(tmp_path, {**shared, "ROLES": "screens"}) for _ in range(2)]
    with serving(tmp_path, NETWORK + SCREENS, ROLES="acd,kiosk,desk", **shared) as rest:
        for one in tellers:
            one.start()
        try:
            yield rest, tellers
        finally:
            for one in tellers:
                one.stop()


def test_no_call_of_a_hall_is_lost_or_doubled_and_all_its_screens_tell_one_order(site):
    rest, tellers = site
    desks = [Desk(rest.url, branch) for branch in BRANCHES]
    addresses = [f"{one.url}/screens/{token}" for one in tellers for token in ("the-screen-of-all", "another-of-all")]
    watchers = [Watcher(address) for address in addresses]
    alone = Watcher(f"{tellers[1].url}/screens/the-screen-of-south")
    for one in (*watchers, alone):
        one.start()
    called: dict[str, list[str]] = {branch: [] for branch in BRANCHES}
    calling = [threading.Thread(target=busy, args=(desk, called[desk.branch])) for desk in desks]

    for caller in calling:
        caller.start()
    for teller in (*tellers, *tellers):
        time.sleep(1.5)
        teller.kill()
        teller.start()
    for caller in calling:
        caller.join(120)
    everything = ROUNDS * len(BRANCHES)
    until(lambda: all(len(one.shown) >= everything for one in watchers) and len(alone.shown) >= ROUNDS)

    for one in (*watchers, alone):
        one.over.set()
        one.join(10)
    first = watchers[0].shown
    assert [seq for seq, _, _ in first] == list(range(1, everything + 1))
    assert all(one.shown == first for one in watchers)
    for branch, numbers in called.items():
        assert [number for _, label, number in first if label == branch.title()] == numbers
    assert alone.shown == [(seq, None, number) for seq, number in enumerate(called["south"], 1)]


def busy(desk: Desk, called: list[str]) -> None:
    """Call one after the other."""
    for _ in range(ROUNDS):
        called.append(desk.call())
        time.sleep(0.4)


def until(come: Any) -> None:
    """Wait for what screens hear."""
    for _ in range(300):
        if come():
            return
        time.sleep(0.1)
    raise AssertionError("the screens did not hear everything")
