"""The demo's bank on one morning, always the same: who came, who was called, and what everybody is doing now."""

import json
import shutil
import urllib.parse
import urllib.request
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from qms.services.accounts import account_id
from qms.services.clients import issue_client
from server.opened import Opened
from tests.e2e.scenes.still import StillClock
from tests.e2e.turnero import ROOT

PASSWORD = "turnero-demo"
SEATS = {"ana": "downtown/1", "ben": "downtown/2", "chloe": "downtown/3", "farid": "riverside/11"}
MORE = Path(__file__).with_name("network.toml")
TAKES_TURNS = ("cash", "accounts", "cash", "cash", "accounts")
PICTURE = ROOT / "docs/images/kiosk.png"


def network() -> str:
    """The demo's network where nothing calls by itself, so that each morning is the same; and what scenes need."""
    text = (ROOT / "server/demo/network.toml").read_text("utf-8")
    text = text.replace('call = "push"\n', "")
    text = text.replace(
        'label = "Booth A", kind = "booth"', 'label = "Booth A", kind = "booth", token = "demo-booth-a"'
    )
    text = text.replace(
        "[account]\n", '[account]\napplications = [{ key = "app", id = "demo-app", queue = "advice" }]\n'
    )
    return text + MORE.read_text("utf-8")


class Bank:
    """The bank, and everybody in it."""

    def __init__(self, opened: Opened) -> None:
        assert isinstance(opened.clock, StillClock)
        self.opened = opened
        self.clock = opened.clock
        self.url = str(opened.settings.public_url)
        self.links: dict[str, str] = {}
        self._desks: dict[str, str] = {}
        self._room: str | None = None

    def open(self) -> None:
        """The morning until the moment at which everything is looked at."""
        shown = Path(str(self.opened.settings.media_folder)) / "demo"
        shown.mkdir(exist_ok=True)
        shutil.copy(PICTURE, shown)
        for agent in (*SEATS, "dmitri", "elena"):
            self.sit_down(agent)
        queues = cycle(TAKES_TURNS)
        for turn in range(40):
            self.clock.move(minutes=3, seconds=10 * (turn % 5))
            self.take(next(queues))
            if turn % 4 == 1:
                self.take(next(queues))
            for agent in (("ana", "ben", "chloe")[turn % 3],):
                self.call(agent)
        self._now()

    def _now(self) -> None:
        """Everybody at something else."""
        self.take("cash", kiosk="riverside")
        self.call("farid")
        self.do("farid", "POST", "ticket/finish")
        self.do("farid", "PUT", "presence", {"state": "away", "reason": "Lunch"})
        self.take("advice")
        self.answer("dmitri", "elena")
        self.do("ana", "POST", "ticket/serve")
        self.do("chloe", "POST", "ticket/finish")
        self.do("chloe", "POST", "wrap-up/finish")
        self.clock.move(minutes=1)
        self.call("ben")
        self.take("advice")
        for queue in ("cash", "cash", "accounts", "cash"):
            self.take(queue)

    def sit_down(self, agent: str) -> None:
        """An agent is ready, at a counter where he has one."""
        seat = {"poc": SEATS[agent]} if agent in SEATS else {}
        self.do(agent, "PUT", "presence", {"state": "idle", **seat})

    def call(self, agent: str) -> str | None:
        """An agent serves whom he called, finishes, and calls whoever is next; the number."""
        state = self.do(agent, "GET", "state")
        if state["ticket"] and state["ticket"]["state"] == "called":
            self.do(agent, "POST", "ticket/serve")
        after = self.do(agent, "POST", "next")
        return str(after["ticket"]["number"]) if after else None

    def answer(self, *agents: str) -> None:
        """One of these agents answers what rings, as soon as it does."""
        for agent in cycle(agents):
            if offer := self.do(agent, "GET", "state")["offer"]:
                self.do(agent, "POST", f"offers/{offer['id']}/answer")
                return

    def full_day(self) -> str:
        """Somebody is just taking the notary's only hour of a day; the address of its waiting list."""
        start = f"{self.url}/book/demo/notary?start=2026-03-03T09:00:00Z&hold=new"
        request = urllib.request.Request(start, b"", method="POST")  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=30):  # noqa: S310
            return "/book/demo/notary/wait?day=2026-03-03"

    def room(self) -> str:
        """The waiting room of an appointment in an hour, as another system makes it."""
        if self._room is None:
            store = self.opened.store
            account = store.read(account_id, slug="demo")
            client = store.write(issue_client, account=account, roles=["ROLE_CLIENT_SERVICE"])
            asked = {"client_id": client.client_id, "client_secret": client.client_secret}
            way = urllib.parse.urlencode({"grant_type": "client_credentials", **asked})
            token = self.ask("POST", f"/security/oauth/token?{way}")["access_token"]
            start = (self.clock.at + timedelta(hours=1)).strftime("%Y-%m-%dT%H:%M:%S.0Z")
            wanted = {"applicationId": "demo-app", "start": start, "duration": "PT30M", "title": "Your mortgage"}
            who = {"name": {"firstName": "Eva"}, "contact": {"primaryEmail": "eva@mail.example"}}
            more = {"timezone": "Europe/Lisbon", "locale": "en", "customer": who}
            id = self.ask("POST", "/api/appointments/", wanted | more, token=token)["id"]
            url = self.ask("POST", f"/api/appointments/activate/{id}", token=token)["url"]
            self._room = urlsplit(url).path
        return self._room

    def take(self, queue: str, kiosk: str = "downtown", **more: Any) -> dict[str, Any]:
        """Somebody takes a number."""
        wish = {"queue": queue, "language": "en", **more}
        taken: dict[str, Any] = self.ask("POST", f"/kiosk/demo-{kiosk}-door/tickets", wish)
        self.links[taken["number"]] = "/t/" + taken["url"].rsplit("/", 1)[1]
        return taken

    def do(self, agent: str, method: str, path: str, body: Any = None) -> Any:
        """What an agent does."""
        if agent not in self._desks:
            self._desks[agent] = self.ask("POST", "/desk/api/session", login(agent))["token"]
        return self.ask(method, f"/desk/api/{path}", body, token=self._desks[agent])

    def ask(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Any:
        """A request of a program."""
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None


def login(agent: str) -> dict[str, str]:
    """What an agent says to come in."""
    return {"account": "demo", "email": f"{agent}@demo.example", "password": PASSWORD}
