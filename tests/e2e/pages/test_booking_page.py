"""The booking page in a browser: by keyboard on a telephone, lost races, moving, cancelling, and the visit itself."""

import json
import re
import urllib.request
from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Visit, axe, quiet, shortcomings
from tests.e2e.turnero import Turnero, serving

pytestmark = pytest.mark.browser

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
    """A bank on a Monday morning, one server for all tests."""
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
    return str(bank.ask("SELECT state FROM appointment WHERE code = :code", code=code)[0].state)


def test_somebody_books_by_keyboard_alone_on_a_telephone(phone: Page, bank: Turnero):
    quiet(phone).forgive("422")
    phone.goto(f"{bank.url}/book/acme?lang=en")
    assert wrong(phone) == []
    by_keyboard(phone, phone.locator("[data-service=visit]"))

    expect(phone.locator("[data-zone='America/Santiago']")).to_be_visible()
    assert wrong(phone) == []
    by_keyboard(phone, phone.locator("[data-date='2026-03-04']"))
    expect(phone.locator("[data-day='2026-03-04']")).to_be_in_viewport()
    by_keyboard(phone, phone.locator("[data-slot='2026-03-04T12:30:00Z']"))

    expect(phone.get_by_text("We keep this time for you: 9:")).to_be_visible()
    assert wrong(phone) == []
    by_keyboard(phone, phone.locator("[data-action=book]"))
    expect(phone.get_by_role("alert").first).to_contain_text("1 answer needs another look:")
    expect(phone.get_by_role("alert").first).to_be_focused()
    assert wrong(phone) == []
    by_keyboard(phone, phone.get_by_role("link", name="First name"))
    phone.keyboard.type("Eva")
    by_keyboard(phone, phone.get_by_role("group", name="How did you hear of us?").get_by_role("radio").first, "Space")
    by_keyboard(phone, phone.get_by_role("checkbox", name="Two"), "Space")
    by_keyboard(phone, phone.get_by_role("checkbox", name="I agree"), "Space")
    by_keyboard(phone, phone.locator("[data-action=book]"))

    expect(phone.locator("[data-code]")).to_have_text(re.compile(r"^[A-Z0-9-]{4,12}$"))
    expect(phone.locator("html")).to_have_attribute("lang", "en")
    expect(phone.get_by_text("Wednesday, March 4, 2026")).to_be_visible()
    assert "lang=en" in phone.url
    assert wrong(phone) == []


def test_a_lost_race_offers_other_times_and_one_of_them_is_booked(visit: Visit, phone: Page, bank: Turnero):
    other = visit(timezone_id="America/Santiago")
    phone.goto(f"{bank.url}/book/acme/alone?day=2026-03-05&zone=America/Santiago")
    taken = choose(other, bank, "alone", "2026-03-05", 3)

    phone.click(f"[data-slot='{taken}']")

    expect(phone.get_by_role("alert")).to_contain_text("This time has just been taken.")
    assert wrong(phone) == []
    phone.locator("[data-slot]").nth(1).click()
    phone.click("[data-action=book]")
    expect(phone.locator("[data-code]")).to_be_visible()


def test_it_is_moved_and_then_cancelled(phone: Page, bank: Turnero):
    code = book(phone, bank, day="2026-03-06")
    booked = phone.url
    phone.click("[data-action=move]")
    assert wrong(phone) == []
    phone.click("[data-date='2026-03-09']")
    phone.click("[data-slot='2026-03-09T14:00:00Z']")
    assert wrong(phone) == []
    phone.click("[data-action=move]")
    expect(phone.get_by_role("heading", name="Your appointment was moved")).to_be_visible()
    expect(phone.locator("[data-code]")).to_have_text(code)

    phone.click("[data-action=cancel]")
    assert wrong(phone) == []
    phone.fill("[name=reason]", "I am ill")
    phone.click("[data-action=cancel]")
    expect(phone.get_by_role("heading", name="The appointment was cancelled")).to_be_visible()
    assert wrong(phone) == []

    quiet(phone).forgive("410")
    phone.goto(booked)
    expect(phone.get_by_role("link", name="Book an appointment")).to_be_visible()
    assert wrong(phone) == []
    assert state_of(bank, code) == "cancelled"


def test_times_are_the_visitors_own_and_can_be_the_branchs(visit: Visit, bank: Turnero):
    page = visit(f"{bank.url}/book/acme/visit?lang=ar&day=2026-03-05", timezone_id="Asia/Tokyo")

    expect(page.locator("[data-zone]")).to_have_attribute("data-zone", "Asia/Tokyo")
    assert "zone=Asia%2FTokyo" in page.url
    assert wrong(page) == []
    page.locator("summary").click()
    page.get_by_role("link", name="سانتياغو").click()
    expect(page.locator("[data-zone]")).to_have_attribute("data-zone", "America/Santiago")
    page.locator("summary").click()
    page.locator("[data-own-zone]").click()
    expect(page.locator("[data-zone]")).to_have_attribute("data-zone", "Asia/Tokyo")


def test_more_time_is_given_and_nothing_typed_is_lost(phone: Page, bank: Turnero):
    choose(phone, bank, day="2026-03-10")
    phone.clock.install()
    phone.fill("[name=firstname]", "Eva")
    phone.reload()
    phone.fill("[name=firstname]", "Eva")
    words = phone.locator("[data-hold-words]")
    expect(words).to_contain_text("We keep this time for you: 9:")

    phone.clock.fast_forward("08:30")
    expect(words).to_contain_text("We keep this time for you: 1:")
    phone.click("[data-action=more-time]")
    expect(words).to_contain_text("We keep this time for you: 9:")
    phone.clock.fast_forward("10:30")
    expect(words).to_contain_text("We could not keep this time any longer")
    phone.click("[data-action=more-time]")

    expect(words).to_contain_text("We keep this time for you: 9:")
    expect(phone.locator("[name=firstname]")).to_have_value("Eva")


def test_whoever_presses_twice_books_once(phone: Page, bank: Turnero):
    choose(phone, bank, day="2026-03-11")
    posted: list[str] = []
    phone.on("request", lambda it: posted.append(it.url) if it.method == "POST" else None)
    phone.fill("[name=firstname]", "Eva")

    phone.dblclick("[data-action=book]")

    expect(phone.locator("[data-code]")).to_be_visible()
    assert len(posted) == 1


def test_a_booking_waits_for_the_server_and_keeps_its_time_and_answers(phone: Page, bank: Turnero):
    quiet(phone).forgive("net::ERR_")
    choose(phone, bank, day="2026-03-12")
    phone.fill("[name=firstname]", "Eva")

    bank.stop()
    try:
        phone.click("[data-action=book]")
        expect(phone.locator("[data-sending=away][role=alert]")).to_be_visible()
        phone.click("[data-action=more-time]")
        expect(phone.locator("[data-sending=away][role=alert]")).to_be_visible()
        assert wrong(phone) == []
    finally:
        bank.start()
    expect(phone.locator("[data-sending=back][role=alert]")).to_be_visible()
    expect(phone.locator("[name=firstname]")).to_have_value("Eva")
    phone.click("[data-action=book]")

    expect(phone.locator("[data-code]")).to_be_visible()


def test_it_works_without_scripts(visit: Visit, bank: Turnero):
    page = visit(java_script_enabled=False, **TELEPHONE)

    code = book(page, bank, day="2026-03-11")

    assert state_of(bank, code) == "scheduled"


def test_the_visit_from_booking_to_the_end(visit: Visit, phone: Page, bank: Turnero):
    code = book(phone, bank, day="2026-03-02")
    kiosk = visit(f"{bank.url}/kiosk/kiosk-door?lang=en", width=1080, height=1920)
    desk = Desk(bank)

    kiosk.fill("[name=code]", code)
    kiosk.click("[data-action=check-in]")
    expect(kiosk.locator("[data-number]")).to_have_text("V001")
    arrived = state_of(bank, code)
    called = desk.do("next")["ticket"]
    desk.do("ticket/serve")
    served = state_of(bank, code)
    desk.do("ticket/finish")

    assert (called["number"], called["customer"]["firstname"]) == ("V001", "Eva")
    assert [arrived, served, state_of(bank, code)] == ["checked_in", "active", "completed"]


class Desk:
    """Ana's desk, ready at the counter."""

    def __init__(self, bank: Turnero) -> None:
        self._url, self._token = bank.url, ""
        who = {"account": "acme", "email": "ana@acme.example", "password": "a-good-password"}
        self._token = self.do("session", who)["token"]
        self.do("presence", {"state": "idle", "poc": "main/c1"}, method="PUT")

    def do(self, path: str, body: Any = None, *, method: str = "POST") -> Any:
        """What the desk asks for."""
        headers = {"Content-Type": "application/json"}
        headers |= {"Authorization": f"Bearer {self._token}"} if self._token else {}
        data = json.dumps(body or {}).encode()
        asked = urllib.request.Request(f"{self._url}/desk/api/{path}", data, headers, method=method)  # noqa: S310
        with urllib.request.urlopen(asked, timeout=30) as answer:  # noqa: S310 - our own server
            return json.loads(answer.read())
