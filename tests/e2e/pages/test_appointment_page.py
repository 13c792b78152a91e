"""What was booked, in a browser: it is moved and cancelled, or the visitor comes and is served."""

import json
import urllib.request
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Visit, quiet
from tests.e2e.pages.bank import bank, book, phone, state_of, wrong
from tests.e2e.turnero import Turnero

__all__ = ["bank", "phone"]

pytestmark = pytest.mark.browser


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
