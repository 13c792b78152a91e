"""Following a screen over its socket: what is told goes to the board, what is due to the panel, and a report back."""

import json
import random
import time
from collections.abc import Callable, Mapping
from importlib import metadata
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from websockets.exceptions import InvalidStatus, WebSocketException
from websockets.sync.client import ClientConnection, connect

from server.display.board import Board
from server.display.panel import Panel

SILENCE_SECONDS = 3.2
"""A server that says nothing for so long is not there: it says something every second or so."""

OPENING_SECONDS = (2.0, 2.0, 4.0, 8.0)
"""How long it may take to answer, try by try: a line that leads nowhere is soon left, and a slow one is waited for."""

CLOSING_SECONDS = 0.5
"""How long a server may take to agree to a close: one that is not there never does."""

LONGEST_PAUSE_SECONDS = 4.0
LOOK_SECONDS = 0.5

REPORT_SECONDS = 60.0
"""Whoever looks after screens takes one for switched off that says nothing for longer."""

NAMED_SECONDS = 20.0
"""How long a panel says which one it is."""

GONE = (404, 410)


class NoScreen(Exception):
    """There is no screen at the address."""


class Follower:
    """Follows one screen through every outage. `most`: end after so many calls (None: never)."""

    def __init__(
        self,
        address: str,
        panel: Panel,
        board: Board,
        *,
        most: int | None = None,
        clock: Callable[[], float] = time.monotonic,
        pause: Callable[[float], None] = time.sleep,
    ) -> None:
        self._uri = socket_of(address)
        self._panel = panel
        self._board = board
        self._left = most
        self._clock = clock
        self._pause = pause
        self._release = metadata.version("turnero")
        self._orders: Mapping[str, int] | None = None
        self._painted: int | None = None
        self._away = False
        self._told: dict[str, Any] = {}
        self._report_due = self._named_until = float("inf")

    def run(self) -> None:
        """Follow until enough calls were shown.

        Raises:
            NoScreen: nobody is at the address.
        """
        failures = 0
        while self._left is None or self._left > 0:
            try:
                opening = OPENING_SECONDS[min(failures, len(OPENING_SECONDS) - 1)]
                with connect(
                    self._uri, open_timeout=opening, close_timeout=CLOSING_SECONDS, compression=None
                ) as socket:
                    failures = 0
                    self._follow(socket)
            except InvalidStatus as refused:
                if refused.response.status_code in GONE:
                    raise NoScreen(self._uri) from refused
                failures = self._outage(failures)
            except (OSError, WebSocketException, ValueError):
                failures = self._outage(failures)

    def _outage(self, failures: int) -> int:
        if failures == 0:
            self._panel.offline()
            self._away, self._named_until = True, float("inf")
        self._pause(random.random() * min(LONGEST_PAUSE_SECONDS, 0.25 * 2 ** min(failures, 10)))  # noqa: S311 - jitter
        return failures + 1

    def _follow(self, socket: ClientConnection) -> None:
        heard_at = self._report_due = self._clock()
        while self._left is None or self._left > 0:
            try:
                self._hear(json.loads(socket.recv(timeout=self._patience())))
                heard_at = self._clock()
            except TimeoutError:
                if self._clock() - heard_at > SILENCE_SECONDS:
                    raise
            self._show()
            self._report(socket)

    def _patience(self) -> float:
        due = self._board.due(self._clock())
        return LOOK_SECONDS if due is None else min(due, LOOK_SECONDS)

    def _hear(self, told: dict[str, Any]) -> None:
        if self._away:
            self._away = False
            self._panel.online()
        shown = told.get("branches", [told["branch"]])
        self._board = self._board.hear(told["calls"], (branch["id"] for branch in shown))
        orders, before = told["screen"]["orders"], self._orders
        if before is not None and any(orders[what] > before[what] for what in ("identify", "test")):
            self._panel.say(told["screen"]["name"])
            self._named_until = self._clock() + NAMED_SECONDS
        self._orders = orders

    def _show(self) -> None:
        now = self._clock()
        if self._board.due(now) == 0:
            call, self._board = self._board.next(now)
            self._panel.show(call)
            self._painted, self._named_until = call["seq"], float("inf")
            self._left = None if self._left is None else self._left - 1
        elif now >= self._named_until:
            self._named_until = float("inf")
            self._panel.again()

    def _report(self, socket: ClientConnection) -> None:
        tested = self._orders["test"] if self._orders is not None else None
        said = {"painted": self._painted, "audio": "off", "device": {"release": self._release, "tested": tested}}
        if said == self._told and self._clock() < self._report_due:
            return
        socket.send(json.dumps(said))
        self._told, self._report_due = said, self._clock() + REPORT_SECONDS


def socket_of(address: str) -> str:
    """The socket of a screen's page.

    Raises:
        ValueError: it is no address of a screen.
    """
    parts = urlsplit(address)
    if parts.scheme not in ("http", "https") or "/screens/" not in parts.path:
        raise ValueError("expected the address of a screen, such as https://example.org/screens/TOKEN")
    scheme = "wss" if parts.scheme == "https" else "ws"
    return urlunsplit((scheme, parts.netloc, parts.path.rstrip("/") + "/socket", "", ""))
