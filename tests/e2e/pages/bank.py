"""A bank on a Monday morning where appointments are booked, and how a visitor goes about it on a telephone."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Visit, axe, shortcomings
from tests.e2e.turnero import Turnero, serving

TELEPHONE = {"width": 390, "height": 844}
MONDAY_MORNING = "2026-03-02T11:00:00Z"
NETWORK = """
[account]
slug = "acme"
name = "Acme Bank"
timezone = "America/Santiago"
languages = ["en", "es"]

[[branch]]
key = "main"
label = "Main branch"
address = "1345 Main Street, CA"
pocs = [{ key = "c1", label = "Counter 1", kind = "counter" }]

[[queue]]
key = "visits"
name = "Visits"
prefix = "V"
branches = ["main"]
mode = "counter"
wrap_up_seconds = 0

[[agent]]
key = "ana"
firstname = "Ana"
lastname = "Lopez"
email = "ana@acme.example"
password = "a-good-password"
role = "attendant"
queues = ["visits"]
schedule = { mon-fri = ["09:00-18:00"] }

[[agent]]
key = "ben"
firstname = "Ben"
lastname = "Orthopaedic-Consultations"
queues = ["visits"]
schedule = { mon-fri = ["09:00-18:00"] }

[[form]]
key = "who"
fields = [
    { name = "firstname", type = "text", label = "First name", required = true },
    { name = "email", type = "email", label = "E-mail", hint = "For the confirmation" },
    { name = "why", type = "select", label = "Reason", options = ["Cards", "Loans"] },
    { name = "how", type = "radio", label = "How did you hear of us?", options = ["A friend", "<b>The</b> press"] },
    { name = "topics", type = "multiple", label = "Topics", options = ["One", "Two"] },
    { name = "agree", type = "checkbox", label = "I agree" },
    { name = "more", type = "textarea", label = "Anything else?" },
]

[[service]]
key = "visit"
title = "A visit"
description = "Bring an <b>identity card</b>."
queue = "visits"
branch = "main"
agents = ["ana", "ben"]
duration_minutes = 30
step_minutes = 30
form = "who"

[[service]]
key = "alone"
title = "With Ana alone"
queue = "visits"
branch = "main"
agents = ["ana"]
automatic = true
duration_minutes = 60
step_minutes = 60

[[kiosk]]
key = "door"
branch = "main"
token = "kiosk-door"
queues = ["visits"]
"""


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Turnero]:
    """A bank on a Monday morning, one server for all tests of a file."""
    with serving(tmp_path_factory.mktemp("bank"), NETWORK, CLOCK=MONDAY_MORNING) as server:
        yield server


@pytest.fixture
def phone(visit: Visit) -> Page:
    """A telephone in Santiago."""
    return visit(timezone_id="America/Santiago", **TELEPHONE)


def wrong(page: Page) -> list[str]:
    """What can be said against a page, in the light and in the dark."""
    found = shortcomings(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {it}" for it in axe(page)]
    page.emulate_media(color_scheme="light")
    return found


def by_keyboard(page: Page, wanted: Locator, key: str = "Enter") -> None:
    """Go to something with the tabulator, and press a key there."""
    for _ in range(120):
        if wanted.evaluate("it => it === document.activeElement"):
            page.keyboard.press(key)
            return
        page.keyboard.press("Tab")
    raise AssertionError(f"no keyboard reaches {wanted}")


def choose(page: Page, bank: Turnero, service: str = "visit", day: str = "2026-03-03", nth: int = 0) -> str:
    """Choose a time; the form is shown."""
    page.goto(f"{bank.url}/book/acme/{service}?day={day}&zone=America/Santiago")
    slot = page.locator("[data-slot]").nth(nth)
    start = slot.get_attribute("data-slot") or ""
    slot.click()
    expect(page.locator("[data-action=book]")).to_be_visible()
    return start


def book(page: Page, bank: Turnero, **choice: Any) -> str:
    """Book a time; its code."""
    choose(page, bank, **choice)
    if page.locator("[name=firstname]").count():
        page.fill("[name=firstname]", "Eva")
    page.click("[data-action=book]")
    return page.locator("[data-code]").inner_text()


def state_of(bank: Turnero, code: str) -> str:
    """What has become of an appointment, by its code."""
    return str(bank.ask("SELECT state FROM appointment WHERE code = :code", code=code)[0].state)
