"""The booking page in a browser: by keyboard on a telephone, without scripts, lost races, and time that runs out."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Visit, quiet
from tests.e2e.pages.bank import TELEPHONE, bank, book, by_keyboard, choose, phone, state_of, wrong
from tests.e2e.turnero import Turnero

__all__ = ["bank", "phone"]

pytestmark = pytest.mark.browser


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
