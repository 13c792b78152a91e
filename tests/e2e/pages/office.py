"""An office to work in: a network with every kind of queue, the visitors who come, and how it is left tidy."""

import json
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.error import HTTPError

import pytest
from playwright.sync_api import Browser, Page

from tests.chromium import kept_open
from tests.e2e.turnero import PASSWORD, Turnero, serving

AGENTS = ("ana", "ben", "eva")
VIDESK = "/public/video-contact-center"
NETWORK = """
[account]
slug = "acme"
name = "Acme Bank"
timezone = "America/Santiago"
languages = ["en", "es"]
room_url = "https://meet.example.com/{room}?name={name}"
options = { integration_data_at_desk = true }

[[branch]]
key = "main"
name = "main"
label = "Main branch"
address = "1345 Main Street, CA"
location = [7.0, 9.0]
pocs = [
    { key = "c1", label = "Counter 1", kind = "counter" },
    { key = "c2", label = "Counter 2", kind = "counter" },
    { key = "b1", label = "Box 1", kind = "booth" },
]

[[branch]]
key = "north"
name = "north"
label = "North branch"
address = "9 North Road, CA"
location = [7.1, 9.1]
pocs = [{ key = "c1", label = "North counter 1", kind = "counter" }]

[[queue]]
key = "cash"
name = "Cash <b>desk</b>"
prefix = "C"
branches = ["main", "north"]
mode = "counter"
wrap_up_seconds = 60
outcomes = [{ key = "paid", name = "Paid" }, { key = "back", name = "Comes <b>back</b>" }]

[[queue]]
key = "loans"
name = "Loans"
prefix = "L"
branches = ["main"]
mode = "counter"
wrap_up_seconds = 0

[[queue]]
key = "video"
name = "Video advice"
prefix = "V"
branches = ["main"]
mode = "booth"
ring_seconds = 60
wrap_up_seconds = 0
form = "intake"

[[form]]
key = "intake"
fields = [
    { name = "firstname", type = "text", label = "First name", required = true },
    { name = "why", type = "select", label = "Reason", options = [{ value = "x", label = "A new card" }] },
    { name = "more", type = "text", label = "Anything <i>else</i>?" },
]

[[agent]]
key = "ana"
firstname = "Ana"
lastname = "Costa"
email = "ana@acme.example"
password = "a-good-password"
role = "attendant"
queues = ["cash", "loans"]

[[agent]]
key = "ben"
firstname = "Ben"
lastname = "Okafor"
email = "ben@acme.example"
password = "a-good-password"
role = "attendant"
queues = ["video"]

[[agent]]
key = "eva"
firstname = "Eva"
lastname = "Lund"
email = "eva@acme.example"
password = "a-good-password"
role = "attendant"
queues = ["loans"]

[[agent]]
key = "tidy"
firstname = "Tidy"
lastname = "Up"
email = "tidy@acme.example"
password = "a-good-password"
role = "attendant"
queues = ["cash", "loans", "video"]

[[screen]]
key = "lobby"
branch = "main"
token = "lobby-screen-secret"

[[kiosk]]
key = "door"
branch = "main"
token = "kiosk-secret"
queues = ["cash", "loans"]
"""
OWNER = """
[[agent]]
key = "olga"
firstname = "Olga"
lastname = "Owner"
email = "olga@acme.example"
password = "a-good-password"
role = "owner"
queues = []
"""


class Office:
    """The office from outside: what visitors do, and what other programs see."""

    def __init__(self, server: Turnero) -> None:
        self.server = server
        self.url = server.url
        self._key = json.loads(server.arrange("token", "--account", "acme", "--kind", "backend", "--json"))["token"]
        self._tokens: dict[str, str] = {}

    def take_number(self, queue: str) -> str:
        """Somebody takes a number at the kiosk."""
        ticket = self._ask("POST", "/kiosk/kiosk-secret/tickets", {"queue": queue, "language": "es"})
        return str(ticket["number"])

    def ask_for_advice(self, number: str, *, more: str = "", firstname: str = "Mar\u00eda") -> str:
        """Somebody fills in the form and is sent by the vendor to the video queue; an agent must be signed in."""
        fields = self._ask("GET", f"{VIDESK}/forms/video", token=self._key)["form"]
        said = {"firstname": firstname, "why": "x", "more": more}
        values = [{"_id": field["_id"], "value": said[field["name"]]} for field in fields if said[field["name"]]]
        form = {"segment": "video", "type": "pre-call", "values": values}
        kept = self._ask("POST", f"{VIDESK}/forms", form, token=self._key)["submission"]
        body = {"ticketId": number, "form": kept, "integrationData": {"contract": "<b>4711</b>"}}
        return str(self._ask("POST", f"{VIDESK}/branches/main/queues/video", body, token=self._key)["id"])

    def state(self, agent: str) -> dict[str, Any]:
        """The desk of an agent, as another program of the agent's sees it."""
        state: dict[str, Any] = self._ask("GET", "/desk/api/state", token=self.token(agent))
        return state

    def do(self, agent: str, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """What an agent does in another program."""
        return self._ask(method, f"/desk/api/{path}", body or {}, token=self.token(agent))

    def tidy_up(self) -> None:
        """Everybody goes home, and nobody waits."""
        for agent in AGENTS:
            self._send_home(agent)
        for poc in ("main/c1", "north/c1"):
            self.do("tidy", "presence", {"state": "idle", "poc": poc}, method="PUT")
            while self._serve_somebody("tidy"):
                pass
            self.do("tidy", "presence", {"state": "offline"}, method="PUT")

    def _send_home(self, agent: str) -> None:
        while self.state(agent)["parked"]:
            self._empty(agent)
            self.do(agent, "presence", {"state": "idle", "poc": "main/c1"}, method="PUT")
            self.do(agent, "ticket/resume")
        self._empty(agent)
        self.do(agent, "presence", {"state": "offline"}, method="PUT")

    def _serve_somebody(self, agent: str) -> bool:
        """Serve whoever rings or waits; whether there was anybody."""
        if self._empty(agent):
            return True
        try:
            return self.do(agent, "next") is not None
        except AssertionError as refused:  # somebody has begun to ring meanwhile
            return "ringing" in str(refused)

    def _empty(self, agent: str) -> bool:
        """Let a desk be empty; whether it was not."""
        state = self.state(agent)
        if state["offer"]:
            self.do(agent, f"offers/{state['offer']['id']}/answer")
        if state["offer"] or state["ticket"]:
            self.do(agent, "ticket/finish")
        return bool(state["offer"] or state["ticket"])

    def token(self, agent: str) -> str:
        """The login of an agent, one for all tests."""
        if agent not in self._tokens:
            who = {"account": "acme", "email": f"{agent}@acme.example", "password": PASSWORD}
            self._tokens[agent] = str(self._ask("POST", "/desk/api/session", who)["token"])
        return self._tokens[agent]

    def _ask(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Any:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310 - our own server
        try:
            with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
                text = answer.read()
        except HTTPError as refused:
            raise AssertionError(f"{method} {path}: {refused.code} {refused.read().decode()}") from None
        return json.loads(text) if text else None


_OPENED: list[Office] = []


@pytest.fixture
def shared_office(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> Office:
    """One server for all tests of the desk in a row that want a browser."""
    return kept_open(_OPENED, lambda: _opened(tmp_path_factory.mktemp("office")))


@contextmanager
def _opened(folder: Path) -> Iterator[Office]:
    with serving(folder, NETWORK) as server:
        yield Office(server)


@pytest.fixture
def office(shared_office: Office) -> Iterator[Office]:
    """The office, empty before and after."""
    yield shared_office
    shared_office.tidy_up()


def sign_in(page: Page, office: Office, agent: str = "ana", *, query: str = "") -> None:
    """An agent signs in at the desk's page."""
    page.goto(f"{office.url}/desk{query}")
    fill_in(page, agent)
    page.wait_for_selector("[data-state]")


def fill_in(page: Page, agent: str) -> None:
    """The form that asks who is there is filled in and sent."""
    page.fill("[name=account]", "acme")
    page.fill("[name=email]", f"{agent}@acme.example")
    page.fill("[name=password]", PASSWORD)
    page.press("[name=password]", "Enter")


def arrive(page: Page, office: Office, path: str = "/desk", agent: str = "ana") -> None:
    """An agent who is signed in already opens one of the pages."""
    page.context.add_cookies([{"name": "turnero_desk", "value": office.token(agent), "url": office.url}])
    page.goto(office.url + path)


def start_work(page: Page, office: Office, agent: str = "ana", poc: str | None = "c2", *, query: str = "") -> None:
    """An agent who is signed in already opens the desk and is ready."""
    arrive(page, office, f"/desk{query}", agent)
    page.wait_for_selector("[data-state]")
    sit_down(page, poc)


def sit_down(page: Page, poc: str | None = "c2") -> None:
    """An agent whose desk is open is ready."""
    if poc is not None:
        page.select_option("[name=poc]", poc)
    page.click("[data-action=idle]")
    page.wait_for_selector("[data-state=idle]")
