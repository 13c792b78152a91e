"""Checking in at the kiosk with the code of an appointment: typed, touched or scanned, and begun anew when refused."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Visit, axe, quiet, shortcomings
from tests.e2e.pages.at_kiosk import kiosk, number, tile
from tests.e2e.pages.house import House
from tests.e2e.pages.patience import until

__all__ = ["kiosk"]

pytestmark = pytest.mark.browser


def marked(page: Page, text: str) -> None:
    """Wait until this is selected in the field that has the focus: the next letter takes its place."""
    field = "document.activeElement"
    until(page, f"{field}.value?.slice({field}.selectionStart, {field}.selectionEnd) === '{text}'")


def test_a_wrong_code_speaks(kiosk: Page):
    quiet(kiosk).forgive("404")
    kiosk.fill("[name=code]", "WRONG-1")
    kiosk.locator("[data-action=check-in]").click()

    expect(kiosk.get_by_role("alert")).to_contain_text("We do not know this code")
    assert shortcomings(kiosk) == []


def test_a_scanner_may_type_wherever_the_focus_is(kiosk: Page):
    quiet(kiosk).forgive("404")
    tile(kiosk, "cash").focus()

    with kiosk.expect_request("**/check-in") as asked:
        kiosk.keyboard.type("ABCD-1234")
        kiosk.keyboard.press("Enter")

    assert '"ABCD-1234"' in (asked.value.post_data or "")
    expect(number(kiosk)).to_have_count(0)


def test_a_finger_on_the_field_brings_keys(visit: Visit, house: House):
    page = visit(house.kiosk, has_touch=True)
    quiet(page).forgive("404")
    page.locator("[name=code]").tap()
    for key in "AB7":
        page.get_by_role("button", name=key, exact=True).tap()
    expect(page.locator("[name=code]")).to_have_value("AB7")
    page.get_by_role("button", name="Delete the last character").tap()

    assert axe(page) == []
    with page.expect_request("**/check-in") as asked:
        page.locator("[data-action=check-in]").tap()
    assert '"AB"' in (asked.value.post_data or "")


def test_a_refused_code_stays_marked_until_the_next_letter_begins_another(kiosk: Page):
    quiet(kiosk).forgive("404")
    field = kiosk.locator("[name=code]")
    field.fill("WRONG-1")
    kiosk.locator("[data-action=check-in]").click()

    expect(field).to_be_focused()
    expect(field).to_have_accessible_description(re.compile("We do not know this code"))
    marked(kiosk, "WRONG-1")
    assert shortcomings(kiosk) == []
    kiosk.keyboard.press("End")
    kiosk.keyboard.type("AB")
    expect(field).to_have_value("AB")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    expect(kiosk.get_by_role("alert")).to_be_empty()

    kiosk.keyboard.press("Enter")
    marked(kiosk, "AB")
    kiosk.keyboard.press("End")
    kiosk.keyboard.press("Backspace")
    expect(field).to_have_value("")


def test_a_scanner_may_come_again_after_a_refusal_also_with_the_same_first_letter(kiosk: Page):
    quiet(kiosk).forgive("404")
    for code in ("A", "ABCD-1234", "ABCD-1234"):
        with kiosk.expect_request("**/check-in") as asked:
            kiosk.keyboard.type(code)
            kiosk.keyboard.press("Enter")

        assert (asked.value.post_data_json or {})["code"] == code
        marked(kiosk, code)
        kiosk.keyboard.press("End")


def test_a_code_that_nobody_answered_may_be_sent_again_or_scanned_again(kiosk: Page):
    quiet(kiosk).forgive("net::ERR_", "404")
    field = kiosk.locator("[name=code]")
    kiosk.route("**/check-in", lambda route: route.abort())
    field.fill("ABCD")
    kiosk.keyboard.press("Enter")
    expect(kiosk.get_by_role("alert")).to_contain_text("no connection")
    expect(field).not_to_have_attribute("aria-invalid", "true")
    marked(kiosk, "ABCD")

    kiosk.unroute("**/check-in")
    with kiosk.expect_request("**/check-in") as again:
        kiosk.keyboard.press("Enter")
    expect(field).to_have_attribute("aria-invalid", "true")
    marked(kiosk, "ABCD")
    kiosk.keyboard.type("EF")

    assert (again.value.post_data_json or {})["code"] == "ABCD"
    expect(field).to_have_value("EF")


def test_keys_on_the_glass_begin_another_code_after_a_refusal(visit: Visit, house: House):
    page = visit(house.kiosk, has_touch=True)
    quiet(page).forgive("404")
    field = page.locator("[name=code]")
    field.tap()

    def refused(*keys: str) -> None:
        for key in keys:
            page.get_by_role("button", name=key, exact=True).tap()
        page.locator("[data-action=check-in]").tap()
        expect(field).to_have_attribute("aria-invalid", "true")

    refused("A", "B")
    expect(field).to_have_value("AB")
    assert axe(page) == []
    refused("C", "D")
    expect(field).to_have_value("CD")
    page.get_by_role("button", name="Delete the last character").tap()

    expect(field).to_have_value("")
    expect(page.get_by_role("alert")).to_be_empty()


def test_no_code_is_no_question_to_the_server(kiosk: Page):
    kiosk.locator("[data-action=check-in]").click()

    expect(kiosk.get_by_role("alert")).to_contain_text("type the code")
