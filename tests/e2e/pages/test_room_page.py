"""The waiting room of an appointment on a telephone: it says when, and opens the way in by itself."""

import json
import urllib.parse
import urllib.request
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Visit, axe, shortcomings
from tests.e2e.turnero import Turnero, serving

pytestmark = pytest.mark.browser

TELEPHONE = {"width": 390, "height": 844}
NETWORK = """
[account]
slug = "acme"
name = "Acme Bank"
timezone = "America/Santiago"
languages = ["en", "ar"]
applications = [{ key = "app", id = "acme-app", queue = "video" }]

[[queue]]
key = "video"
name = "Video advice"
prefix = "V"

[[agent]]
key = "ana"
firstname = "Ana"
email = "ana@acme.example"
password = "a-good-password"
queues = ["video"]
"""


class Bank:
    """A bank that another system makes appointments with."""

    def __init__(self, server: Turnero) -> None:
        self.url = server.url
        made = ("token", "--account", "acme", "--kind", "client", "--roles", "ROLE_CLIENT_SERVICE", "--json")
        client = json.loads(server.run(*made))
        asked = {"grant_type": "client_credentials", **{n: client[n] for n in ("client_id", "client_secret")}}
        self._token = ""
        self._token = self.ask("POST", f"/security/oauth/token?{urllib.parse.urlencode(asked)}")["access_token"]

    def ask(self, method: str, path: str, body: Any = None) -> Any:
        """A request of that system."""
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._token}"}
        request = urllib.request.Request(  # noqa: S310 - our own server
            self.url + path, method=method, headers=headers, data=json.dumps(body).encode() if body else None
        )
        with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
            return json.loads(answer.read() or b"null")

    def make(self, ahead: timedelta) -> str:
        """The address of the room of an appointment that far ahead, which was activated."""
        body = {"applicationId": "acme-app", "start": _instant(ahead), "duration": "PT30M", "title": "Your mortgage"}
        customer = {"name": {"firstName": "Eva"}, "contact": {"primaryEmail": "eva@mail.example"}}
        more = {"timezone": "America/Santiago", "locale": "en", "customer": customer}
        id = self.ask("POST", "/api/appointments/", {**body, **more})["id"]
        return str(self.ask("POST", f"/api/appointments/activate/{id}")["url"])


def _instant(ahead: timedelta) -> str:
    return (datetime.now(UTC) + ahead).strftime("%Y-%m-%dT%H:%M:%S.0Z")


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bank]:
    """The bank, for all tests."""
    folder: Path = tmp_path_factory.mktemp("bank")
    with serving(folder, NETWORK) as server:
        yield Bank(server)


def test_it_opens_the_way_in_by_itself_and_leads_to_a_place_in_line(visit: Visit, bank: Bank):
    early = bank.make(timedelta(hours=2))
    page = visit(early, **TELEPHONE)
    expect(page.locator("#room")).to_have_attribute("data-phase", "early")
    assert (axe(page), shortcomings(page)) == ([], [])

    url = bank.make(timedelta(minutes=5, seconds=6))
    page.goto(url)
    expect(page.locator("[data-action=check-in]")).to_be_visible()
    assert (axe(page), shortcomings(page)) == ([], [])

    page.locator("[data-action=check-in]").click()
    expect(page.locator("[data-number]")).to_have_text("V001")


@pytest.mark.parametrize("query", ["?lang=ar", "?theme=dark"])
def test_nothing_is_wrong_with_the_page(visit: Visit, bank: Bank, query: str):
    url = bank.make(timedelta(minutes=3))
    page = visit(url + query, **TELEPHONE)

    expect(page.locator("[data-action=check-in]")).to_be_visible()
    assert (axe(page), shortcomings(page)) == ([], [])
