"""A house that visitors come to: kiosk, lobby, counters and a booth, and what the people behind the counters do."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser

from tests.chromium import kept_open
from tests.e2e.pages.house_network import NETWORK, PEOPLE
from tests.e2e.turnero import Turnero, serving

VIDESK = "/public/video-contact-center/branches/main/queues"
HOSTILE = ("<script>alert(1)</script>", "{{7*7}}", "\u202e1A", "Q-" + "1234567890" * 4 + "12345678")


class House:
    """The house from outside: what visitors and agents do in other programs."""

    def __init__(self, server: Turnero, screens: Turnero) -> None:
        self.server = server
        self.screens = screens
        self._key = json.loads(server.arrange("token", "--account", "acme", "--kind", "backend", "--json"))["token"]
        self._desks: dict[str, str] = {}

    @property
    def url(self) -> str:
        """Where it is."""
        return self.server.url

    @property
    def lobby(self) -> str:
        """The lobby's page."""
        return f"{self.screens.url}/screens/lobby-screen"

    @property
    def kiosk(self) -> str:
        """The kiosk's page."""
        return f"{self.url}/kiosk/kiosk-door"

    def ticket_page(self, ticket: dict[str, Any]) -> str:
        """The page of a ticket."""
        return f"{self.url}/t/{ticket['url'].rsplit('/', 1)[1]}"

    @property
    def poc(self) -> str:
        """The page of the booth."""
        return f"{self.url}/poc/poc-b1"

    def read(self, statement: str) -> Any:
        """The first row that the database gives."""
        return self.server.ask(statement)[0]

    def write(self, statement: str, **values: Any) -> None:
        """Change what is in the database, as nobody should."""
        self.server.ask(statement, **values)

    @property
    def hall(self) -> str:
        """The page of the screen that shows both branches."""
        return f"{self.screens.url}/screens/both-branches"

    def take(self, queue: str = "cash", *, kiosk: str = "door", **more: Any) -> dict[str, Any]:
        """Somebody takes a number."""
        wanted = {"queue": queue, "language": "en", **more}
        taken: dict[str, Any] = self._ask("POST", f"/kiosk/kiosk-{kiosk}/tickets", wanted)
        return taken

    def waiting(self, queue: str = "cash") -> int:
        """How many wait, as the kiosk says."""
        menu = self._ask("GET", "/kiosk/kiosk-door/menu")
        return int(next(q["waiting"] for q in menu["queues"] if q["key"] == queue))

    def do(self, agent: str, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """What an agent does."""
        return self._ask(method, f"/desk/api/{path}", body or {}, token=self._desk(agent))

    def sit_down(self, agent: str) -> None:
        """An agent is ready at a counter, or ready for video calls."""
        poc = {"poc": f"main/{PEOPLE[agent]}"} if agent in PEOPLE else {}
        self.do(agent, "presence", {"state": "idle", **poc}, method="PUT")

    def call(self, agent: str = "a1") -> str:
        """Somebody takes a number, and an agent calls it at once."""
        number = str(self.take()["number"])
        state = self.do(agent, "next")
        assert state["ticket"]["number"] == number
        return number

    def call_in_the_annex(self) -> str:
        """The same in the other branch."""
        self.do("a5", "presence", {"state": "idle", "poc": "annex/x1"}, method="PUT")
        number = str(self.take("annexed", kiosk="annex")["number"])
        assert self.do("a5", "next")["ticket"]["number"] == number
        return number

    def call_all(self, agent: str) -> None:
        """An agent calls one after the other until nobody waits at the counters any more."""
        while self.do(agent, "next") is not None:
            pass

    def show(self, number: str) -> None:
        """A vendor sends somebody with this number to the booth, where an agent answers."""
        self._ask("POST", f"{VIDESK}/video", {"ticketId": number}, token=self._key)
        self.answer()

    def answer(self) -> None:
        """The agent for video calls answers what rings."""
        state = self.do("a4", "state", method="GET")
        while not state["offer"]:
            state = self._ask("GET", "/desk/api/state", token=self._desk("a4"))
        self.do("a4", f"offers/{state['offer']['id']}/answer")

    def tidy_up(self) -> None:
        """Everybody goes home, and nobody waits."""
        for agent in (*PEOPLE, "a4", "a5"):
            if self.do(agent, "state", method="GET")["ticket"]:
                self.do(agent, "ticket/finish")
        self.sit_down("a1")
        self.call_all("a1")
        self.sit_down("a4")
        while self.waiting("video"):
            self.answer()
            self.do("a4", "ticket/finish")
        for agent in (*PEOPLE, "a4", "a5"):
            self.do(agent, "presence", {"state": "offline"}, method="PUT")

    def _desk(self, agent: str) -> str:
        if agent not in self._desks:
            who = {"account": "acme", "email": f"{agent}@acme.example", "password": "a-good-password"}
            self._desks[agent] = str(self._ask("POST", "/desk/api/session", who)["token"])
        return self._desks[agent]

    def _ask(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Any:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None or method == "GET" else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310 - our own server
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                text = answer.read()
        except HTTPError as refused:
            raise AssertionError(f"{method} {path}: {refused.code} {refused.read().decode()}") from None
        return json.loads(text) if text else None


_BUILT: list[House] = []


@pytest.fixture
def shared_house(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> House:
    """One house for all tests in a row that want a browser."""
    return kept_open(_BUILT, lambda: _built(tmp_path_factory.mktemp("house")))


@contextmanager
def _built(folder: Path) -> Iterator[House]:
    """A house whose screens are processes of their own, on one database with the rest."""
    with (
        serving(folder, NETWORK, ROLES="gateway,acd,kiosk,desk") as rest,
        rest.beside(ROLES="screens") as screens,
    ):
        yield House(rest, screens)


@pytest.fixture
def house(shared_house: House) -> Iterator[House]:
    """The house, with nobody in it at the end."""
    yield shared_house
    shared_house.tidy_up()
