"""Draw the pictures of the README anew: `python tools/shots.py [FOLDER]`, by default into docs/images.

A server of its own serves the demo's bank without its simulated people; this program plays them through the public
interfaces, so that the pictures show the same day each time: how many wait, who is called where, what rings. Needs
Chromium.
"""

import json
import os
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).resolve().parent.parent
NETWORK = ROOT / "server/demo/network.toml"
PASSWORD = "turnero-demo"  # noqa: S105 - the demo's own people
COUNTERS = {"ana": "downtown/1", "ben": "downtown/2", "chloe": "downtown/3"}
KIOSK, LOBBY = "/kiosk/demo-downtown-door", "/screens/demo-downtown-lobby"
CHROMIUM = "/usr/bin/chromium"
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--autoplay-policy=no-user-gesture-required"]
MOST_BYTES = 200_000


class Bank:
    """The demo's bank, and everybody in it."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._desks: dict[str, str] = {}

    def open(self) -> None:
        """The morning: agents sit down, people come, the first are called and served."""
        for agent in (*COUNTERS, "dmitri"):
            self.do(agent, "PUT", "presence", {"state": "idle", **self._seat(agent)})
        for queue, people in (("cash", 9), ("accounts", 9), ("advice", 2)):
            for _ in range(people):
                self.take(queue)
        for agent in ("ana", "ben", "chloe", "ana", "chloe", "ana", "ben"):
            self.call(agent)

    def call(self, agent: str) -> str:
        """An agent finishes, and calls whoever is next."""
        state = self.do(agent, "GET", "state")
        if state["ticket"] and state["ticket"]["state"] == "called":
            self.do(agent, "POST", "ticket/serve")
        return str(self.do(agent, "POST", "next")["ticket"]["number"])

    def call_until(self, agent: str, number: str) -> None:
        """An agent works on until this number is called."""
        while self.do(agent, "GET", "state")["ticket"]["number"] != number:
            self.call(agent)

    def take(self, queue: str) -> dict[str, Any]:
        """Somebody takes a number."""
        taken: dict[str, Any] = self._ask("POST", f"{KIOSK}/tickets", {"queue": queue, "language": "en"})
        return taken

    def do(self, agent: str, method: str, path: str, body: Any = None) -> Any:
        """What an agent does."""
        if agent not in self._desks:
            who = {"account": "demo", "email": f"{agent}@demo.example", "password": PASSWORD}
            self._desks[agent] = self._ask("POST", "/desk/api/session", who)["token"]
        return self._ask(method, f"/desk/api/{path}", body, token=self._desks[agent])

    def _seat(self, agent: str) -> dict[str, str]:
        return {"poc": COUNTERS[agent]} if agent in COUNTERS else {}

    def _ask(self, method: str, path: str, body: Any = None, *, token: str | None = None) -> Any:
        headers = {"Content-Type": "application/json"} | ({"Authorization": f"Bearer {token}"} if token else {})
        data = None if method == "GET" else json.dumps(body or {}).encode()
        request = urllib.request.Request(self.url + path, data, headers, method=method)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            text = answer.read()
        return json.loads(text) if text else None


@contextmanager
def serving(folder: Path) -> Iterator[str]:
    """The address of a server of the demo's network, until the block ends."""
    ours = {"DATABASE_URL": f"sqlite:///{folder / 'turnero.db'}", "PORT": "0", "RATE_LIMIT": "0"}
    environment = os.environ | {f"TURNERO_{name}": value for name, value in ours.items()}
    command = [sys.executable, "-u", "-m", "server.main"]
    subprocess.run([*command, "apply", str(NETWORK)], cwd=ROOT, env=environment, check=True, stdout=subprocess.DEVNULL)
    server = subprocess.Popen([*command, "serve"], cwd=ROOT, env=environment, stdout=subprocess.PIPE, text=True)
    try:
        assert server.stdout is not None  # noqa: S101 - it was asked for
        line = next(line for line in server.stdout if "listening on" in line)
        yield line.split()[-1]
    finally:
        server.terminate()
        server.wait()


def opened(browser: Browser, url: str, width: int, height: int) -> Page:
    """A page on a device of its own, in English and daylight, that moves nothing."""
    context = browser.new_context(
        viewport={"width": width, "height": height}, locale="en-GB", reduced_motion="reduce", color_scheme="light"
    )
    page = context.new_page()
    page.goto(url)
    page.wait_for_load_state("networkidle")
    return page


def desk(browser: Browser, bank: Bank) -> Page:
    """A desk at which a video call rings."""
    page = opened(browser, f"{bank.url}/desk", 1280, 800)
    for name, text in (("account", "demo"), ("email", "elena@demo.example"), ("password", PASSWORD)):
        page.fill(f"[name={name}]", text)
    page.press("[name=password]", "Enter")
    page.click("[data-action=idle]")
    page.wait_for_selector("[data-action=answer]")
    return page


def draw(bank: Bank, browser: Browser) -> dict[str, bytes]:
    """Every picture by its name."""
    bank.open()
    lobby = opened(browser, bank.url + LOBBY, 1280, 720)
    bank.call_until("chloe", "A007")
    lobby.wait_for_selector("[aria-current=true]:has-text('A007')")
    lobby.wait_for_timeout(9000)  # until the call is no news any more: the picture shows what is seen most of the time
    kiosk = opened(browser, bank.url + KIOSK, 1280, 800)
    link = bank.take("cash")["url"].rsplit("/", 1)[1]
    ticket = opened(browser, f"{bank.url}/t/{link}", 390, 844)
    pages = {"lobby": lobby, "kiosk": kiosk, "ticket": ticket, "desk": desk(browser, bank)}
    return {name: page.screenshot() for name, page in pages.items()}


def main() -> int:
    """Run from the command line; 1 where a picture is too heavy for a README."""
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images"
    target.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, serving(Path(folder)) as url, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        pictures = draw(Bank(url), browser)
        browser.close()
    for name, picture in pictures.items():
        (target / f"{name}.png").write_bytes(picture)
        print(f"{name}.png {len(picture):,} bytes")
    return int(any(len(picture) > MOST_BYTES for picture in pictures.values()))


if __name__ == "__main__":
    sys.exit(main())
