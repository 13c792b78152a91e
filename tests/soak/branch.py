"""A branch that lives: the server of the demo's network, and its people, who come by public HTTP in a thread."""

import asyncio
import json
import threading
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from server.demo.command import PLACEHOLDER
from server.demo.people import People
from tests.e2e.turnero import ROOT, Turnero, serving

PASSWORD = "a-good-password"
LOBBY = "/screens/demo-downtown-lobby"
KIOSK = "/kiosk/demo-downtown-door"
DESK = "/desk?account=demo"
CALM = 1.8
"""How many times as seldom as in the demo visitors come: fewer than the agents can serve."""

UNSERVED = """
[[queue]]
key = "notary"
name = "Notary"
prefix = "N"
branches = ["downtown"]
mode = "counter"
"""
"""A queue that nobody serves: a ticket of it waits as long as its page is to be open."""


@contextmanager
def living(folder: Path) -> Iterator[Turnero]:
    """The branch with everybody at work, until the block ends."""
    demo = (ROOT / "server/demo/network.toml").read_text("utf-8").replace(PLACEHOLDER, PASSWORD)
    network = demo.replace('"accounts", "advice"]\nlang', '"accounts", "advice", "notary"]\nlang') + UNSERVED
    Turnero.forks = False
    with serving(folder, network, LOG_LEVEL="warning") as server:
        token = json.loads(server.arrange("token", "--account", "demo", "--kind", "backend", "--json"))["token"]
        people = People(server.url, token, PASSWORD, seed=7, calm=CALM)
        threading.Thread(target=asyncio.run, args=(people.live(),), daemon=True).start()
        yield server


def ask(server: Turnero, path: str, body: Any = None) -> Any:
    """What the server answers: to a GET, or to a POST where there is something to say."""
    data = None if body is None else json.dumps(body).encode()
    request = urllib.request.Request(server.url + path, data, {"Content-Type": "application/json"})  # noqa: S310
    with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310 - our own server
        text = answer.read()
    return json.loads(text) if text else None


def take(server: Turnero, queue: str) -> str:
    """Somebody takes a number at the kiosk; the address of the ticket's page."""
    ticket = ask(server, f"{KIOSK}/tickets", {"queue": queue, "language": "en"})
    return "/t/" + str(ticket["url"]).rsplit("/", 1)[1]
