"""The day's appointments at the desk in a browser: checked in by a click or a code, called, served, cancelled."""

import json
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Visit, axe, quiet, shortcomings
from tests.e2e.languages import some_languages
from tests.e2e.turnero import Turnero, serving

pytestmark = pytest.mark.browser

MONDAY_MORNING = "2026-03-02T12:00:00Z"  # nine o'clock in Santiago
NETWORK = """
[account]
slug = "acme"
name = "Acme Bank"
timezone = "America/Santiago"

[[branch]]
key = "main"
label = "Main branch"
pocs = [{ key = "c1", label = "Counter 1", kind = "counter" }]

[[queue]]
key = "visits"
name = "Visits"
prefix = "V"
branches = ["main"]
mode = "counter"
wrap_up_seconds = 0
contact_form = "who"

[[agent]]
key = "ana"
firstname = "Ana"
lastname = "Costa"
email = "ana@acme.example"
password = "a-good-password"
role = "attendant"
queues = ["visits"]
schedule = { mon-fri = ["09:00-18:00"] }

[[form]]
key = "who"
fields = [{ name = "firstname", type = "text", label = "First name", required = true, id = "0123456789abcdef01234501" }]

[[service]]
key = "card"
id = "0123456789abcdef01234502"
title = "A new card"
queue = "visits"
branch = "main"
agents = ["ana"]
duration_minutes = 30
step_minutes = 30
form = "who"
"""


class Desk:
    """A branch whose people are booked by a vendor's program; each test takes hours of its own."""

    def __init__(self, server: Turnero) -> None:
        self.server = server
        self.url = server.url
        self._key = json.loads(server.arrange("token", "--account", "acme", "--kind", "backend", "--json"))["token"]
        day = self._ask(
            "/public/video-contact-center/services/0123456789abcdef01234502/hours?date=2026-03-02&timezone=America/Santiago"
        )
        self._hours = iter(day)

    def book(self, firstname: str) -> None:
        """Somebody books the next free hour of today."""
        said = [{"_id": "0123456789abcdef01234501", "value": firstname}]
        wanted = {
            "startAt": next(self._hours),
            "timezone": "America/Santiago",
            "form": said,
            "referrer": "https://bank.example",
        }
        self._ask("/public/video-contact-center/schedule/service/0123456789abcdef01234502", wanted)

    def code_of(self, page: Page, firstname: str) -> str:
        """The code that somebody has been given."""
        return row(page, firstname).locator("[data-code]").inner_text()

    def _ask(self, path: str, body: Any = None) -> Any:
        headers = {"Content-Type": "application/json", "Authorization": f"Bearer {self._key}"}
        data = None if body is None else json.dumps(body).encode()
        request = urllib.request.Request(self.url + path, data, headers)  # noqa: S310 - our own server
        with urllib.request.urlopen(request, timeout=30) as answer:  # noqa: S310
            return json.loads(answer.read())


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """One server for all tests, on a Monday morning."""
    with serving(tmp_path_factory.mktemp("desk"), NETWORK, CLOCK=MONDAY_MORNING) as server:
        yield Desk(server)


def start_work(page: Page, desk: Desk, query: str = "") -> None:
    page.goto(f"{desk.url}/desk{query}")
    for name, text in (("account", "acme"), ("email", "ana@acme.example"), ("password", "a-good-password")):
        page.fill(f"[name={name}]", text)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("[data-state]")
    if page.locator("header [data-state=offline]").count():
        page.select_option("[name=poc]", "c1")
        page.click("[data-action=idle]")
    page.wait_for_selector("header [data-state=idle]")


def row(page: Page, name: str) -> Any:
    return page.locator("[data-appointment]").filter(has_text=name)


def test_whoever_is_checked_in_by_a_click_waits_is_called_and_served(page, desk):
    start_work(page, desk)
    desk.book("Zoë")  # while the page is open
    expect(row(page, "Zoë")).to_contain_text("A new card")
    assert shortcomings(page) == []

    row(page, "Zoë").locator("[data-action=check-in]").click()

    expect(page.get_by_role("alert")).to_contain_text("Zoë is checked in: V001")
    expect(row(page, "Zoë")).to_have_attribute("data-state", "checked_in")
    expect(row(page, "Zoë").locator("[data-action=check-in]")).to_have_count(0)
    expect(page.locator("[data-queue=visits]")).to_contain_text("1 waiting")
    page.click("[data-action=next]")
    expect(page.locator("[data-number]")).to_have_text("V001")
    page.click("[data-action=serve]")
    expect(row(page, "Zoë")).to_have_attribute("data-state", "active")
    assert shortcomings(page) == []
    page.click("[data-action=finish]")
    page.get_by_text("that is over").click()
    expect(row(page, "Zoë")).to_have_attribute("data-state", "completed")


def test_a_code_is_typed_on_a_telephone_and_a_wrong_one_speaks(visit: Visit, desk):
    desk.book("Mia")
    page = visit(width=360, height=740)
    quiet(page).forgive("404")
    start_work(page, desk)
    code = desk.code_of(page, "Mia")

    page.fill("[name=code]", "WRONG1")
    page.press("[name=code]", "Enter")
    expect(page.get_by_role("alert")).to_contain_text("no appointment with this code")
    assert shortcomings(page) == []
    page.fill("[name=code]", code.replace("-", "").lower())
    expect(row(page, "Mia")).to_be_visible()
    page.press("[name=code]", "Enter")

    expect(row(page, "Mia")).to_have_attribute("data-state", "checked_in")
    expect(page.locator("[name=code]")).to_have_value("")
    page.click("[data-action=next]")
    page.click("[data-action=finish]")


def test_a_name_finds_whom_the_keyboard_then_cancels(visit: Visit, desk):
    desk.book("Íñigo")
    desk.book("Olga")
    page = visit(color_scheme="dark")
    start_work(page, desk)

    page.fill("[name=code]", "inig")
    expect(page.locator("[data-appointment]")).to_have_count(1)
    page.keyboard.press("Enter")
    expect(row(page, "Íñigo").locator("[data-action=check-in]")).to_be_focused()
    page.keyboard.press("Shift+Tab")
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Íñigo")).to_be_visible()
    assert axe(page) == []
    page.get_by_role("button", name="Cancel the appointment").press("Enter")
    expect(page.get_by_label("Reason")).to_be_focused()
    assert axe(page) == []
    page.keyboard.type("moved away")
    page.keyboard.press("Enter")

    expect(row(page, "Íñigo")).to_have_attribute("data-state", "cancelled")
    page.fill("[name=code]", "")
    expect(row(page, "Olga")).to_be_visible()


@pytest.mark.parametrize("language", some_languages("desk appointments"))
def test_it_speaks_long_and_turned_languages_and_leafs_through_days(visit: Visit, desk, language):
    page = visit(width=360, height=740)
    start_work(page, desk, f"?lang={language}")
    panel = page.locator("section[data-date]")

    expect(panel).to_have_attribute("data-date", "2026-03-02")
    assert shortcomings(page) == []
    panel.get_by_role("group").get_by_role("button").last.click()

    expect(panel).to_have_attribute("data-date", "2026-03-03")
