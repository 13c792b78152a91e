"""Visitors of the booking page, as a browser without scripts is one: pages, links and forms."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from html import unescape
from typing import Any
from urllib.parse import urlencode

from aiohttp.test_utils import TestClient
from yarl import URL

from qms.services.booking import bookings
from qms.services.booking.bookables import domains_of_service
from qms.services.booking.wishes import Wish
from qms.store.schema import network as tables
from qms.store.schema.network import account as accounts
from qms.store.tx import Tx
from tests.http.seed import Seeded

ZONE = "America/Santiago"
VISIT, TALK, ALONE = "5" * 24, "7" * 24, "8" * 24
RULES = {"duration_minutes": 30, "step_minutes": 30, "early_minutes": 15, "grace_minutes": 10, "horizon_days": 60}
HOURS = [{"timezone": ZONE, **{day: ["09:00-12:00"] for day in ("mon", "tue", "wed", "thu", "fri")}}]


@dataclass(frozen=True, slots=True)
class Page:
    """A page that somebody looks at."""

    status: int
    text: str
    url: URL
    headers: Mapping[str, str]

    def all(self, hook: str) -> list[str]:
        """The values of a `data-` attribute, in order."""
        return [unescape(found) for found in re.findall(rf'data-{hook}="([^"]*)"', self.text)]

    def one(self, hook: str) -> str:
        """The value of the only one."""
        (found,) = self.all(hook)
        return found

    def href(self, hook: str, value: str) -> str:
        """Where the link, or the button, with this value leads."""
        for tag in re.findall(r"<(?:a|button) [^>]*>", self.text):
            if f'data-{hook}="{value}"' in tag:
                return unescape(str(re.search(r'(?:href|formaction)="([^"]*)"', tag)[1]))  # type: ignore[index]
        raise AssertionError(f"no {hook} {value}: {self.text}")

    @property
    def form(self) -> str:
        """Where the form goes."""
        return unescape(re.findall(r'<form class="page[^>]* action="([^"]*)"', self.text)[0])

    @property
    def alerts(self) -> list[str]:
        """What is said in alerts."""
        found = re.findall(r'<(p|div) [^>]*role="alert"[^>]*>(.*?)</\1>', self.text, re.DOTALL)
        return [" ".join(re.sub(r"<[^>]*>", " ", text).split()) for _, text in found]


class Visitor:
    """Somebody with a browser of his own."""

    def __init__(self, client: TestClient[Any, Any], account: str = "acme") -> None:
        self._client = client
        self._cookies: dict[str, str] = {}
        self.home = f"/book/{account}"

    async def get(self, path: str, **headers: str) -> Page:
        """Follow a link."""
        return await self._ask("GET", path, headers=headers)

    async def send(self, path: str, headers: Mapping[str, str] | None = None, /, **typed: Any) -> Page:
        """Send a form."""
        return await self._ask("POST", path, data=urlencode(typed, doseq=True), headers=headers or {})

    async def choose(self, service: str = "visit", nth: int = 0, day: str = "2026-03-03") -> Page:
        """Choose one of a day's times; the form."""
        page = await self.get(f"{self.home}/{service}?day={day}")
        return await self.send(page.href("slot", page.all("slot")[nth]))

    async def book(self, service: str = "visit", nth: int = 0, **typed: Any) -> Page:
        """Book one of a day's times."""
        form = await self.choose(service, nth)
        return await self.send(form.form, **{"firstname": "Ana", **typed})

    async def _ask(self, method: str, path: str, **more: Any) -> Page:
        url = self._client.make_url("/").join(URL(path, encoded=True))
        for _ in range(5):
            self._client.session.cookie_jar.clear()  # visitors share nothing
            cookies = "; ".join(f"{name}={value}" for name, value in self._cookies.items())
            sent = {"Cookie": cookies, "Accept": "text/html", "Accept-Language": "en"}
            more["headers"] = {**sent, **more.get("headers", {})}
            if "data" in more:
                more["headers"]["Content-Type"] = "application/x-www-form-urlencoded"
            response = await self._client.session.request(method, url, allow_redirects=False, **more)
            self._cookies |= {name: cookie.value for name, cookie in response.cookies.items()}
            if response.status != 303:
                return Page(response.status, await response.text(), url, response.headers)
            method, more = "GET", {}
            url = url.join(URL(response.headers["Location"], encoded=True))
        raise AssertionError(f"round in circles: {url}")


def give_services(tx: Tx, *, seeded: Seeded) -> None:
    """Three services: a visit at the counter of either agent, a talk by video with one, and one that nobody gives."""
    usual = {"account_id": seeded.account, "description": "", "queue_id": seeded.queues["caja"], "rules": RULES}
    ana, john = seeded.agents["ana"], seeded.agents["jdoe"]
    visit = {"branch_id": seeded.branches["main"], "form_id": seeded.forms["intake"], "agent_ids": [ana, john]}
    video = {"queue_id": seeded.queues["tramites"], "agent_ids": [ana]}
    tx.execute(tables.agent.update().values(schedule=HOURS))
    for id, key, more in (
        (VISIT, "visit", {**visit, "title": "A visit", "automatic": False}),
        (TALK, "talk", {**video, "title": "A talk <b>by</b> video", "automatic": True}),
        (ALONE, "alone", {"agent_ids": [], "title": "Nobody's", "automatic": True}),
    ):
        tx.execute(tables.service.insert(), {"id": id, "key": key, **usual, **more})
    tx.execute(accounts.update().values(version=accounts.c.version + 1))


def take_over(store: Any, seeded: Seeded, start: Any, service: str = "visit", agent: str | None = None) -> None:
    """Somebody else books a start."""
    network = store.read(lambda tx: tx.network(seeded.account))
    wish = Wish(service=service, starts_at=start, timezone=ZONE, origin="other", agent=agent)
    domains = domains_of_service(network, service, agent)
    store.write(bookings.book, domain=domains, account=seeded.account, wish=wish)
