"""The desk by keyboard alone."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import shortcomings
from tests.e2e.pages.desk import action, number, session, ticket
from tests.e2e.pages.office import start_work

pytestmark = pytest.mark.browser


class TestTheKeyboard:
    def test_a_visitor_is_served_without_a_mouse(self, page, office):
        first, second = office.take_number("loans"), office.take_number("loans")
        start_work(page, office)

        page.keyboard.press("Alt+n")
        expect(number(page)).to_have_text(first)
        page.keyboard.press("Alt+r")
        expect(page.get_by_text("called again once")).to_be_visible()
        page.keyboard.press("Alt+s")
        expect(ticket(page, "serving")).to_be_visible()
        page.keyboard.press("Alt+n")
        expect(number(page)).to_have_text(second)
        page.keyboard.press("Alt+x")
        expect(session(page, "idle")).to_be_visible()
        page.keyboard.press("Alt+z")
        expect(number(page)).to_have_text(second)
        page.keyboard.press("Alt+p")
        expect(number(page)).to_have_count(0)
        page.keyboard.press("Alt+u")
        expect(number(page)).to_have_text(second)
        page.keyboard.press("Alt+t")
        expect(page.get_by_role("dialog")).to_be_visible()

    def test_the_focus_is_never_lost(self, page, office):
        office.take_number("loans")
        start_work(page, office)
        expect(action(page, "next")).to_be_focused()
        page.keyboard.press("Enter")
        expect(ticket(page, "called")).to_be_visible()
        expect(action(page, "next")).to_be_focused()

        action(page, "no-show").focus()
        page.keyboard.press("Enter")

        expect(session(page, "idle")).to_be_visible()
        expect(action(page, "next")).to_be_focused()

    def test_no_letter_works_alone(self, page, office):
        office.take_number("loans")
        start_work(page, office)

        for key in "nrsxpfatbiukz?":
            page.keyboard.press(key)

        expect(session(page, "idle")).to_be_visible()
        assert office.state("ana")["ticket"] is None

    def test_the_list_is_there_and_can_turn_them_off(self, page, office):
        office.take_number("loans")
        start_work(page, office)

        page.keyboard.press("Alt+k")
        expect(page.get_by_label("Letter for: Call next")).to_have_value("N")
        page.get_by_role("switch", name="Keyboard shortcuts").click()
        page.keyboard.press("Escape")
        page.keyboard.press("Alt+n")

        expect(page.get_by_role("dialog")).to_have_count(0)
        assert office.state("ana")["ticket"] is None

    def test_a_letter_can_be_another_on_this_device(self, page, office):
        office.take_number("loans")
        start_work(page, office)

        page.keyboard.press("Alt+k")
        page.get_by_label("Letter for: Call next").press_sequentially("q")
        expect(page.get_by_label("Letter for: Call next")).to_have_value("Q")
        page.get_by_label("Letter for: Park").press_sequentially("7")
        expect(page.get_by_label("Letter for: Park")).to_have_value("P")
        assert shortcomings(page) == []
        page.keyboard.press("Escape")
        page.reload()
        page.keyboard.press("Alt+n")
        expect(action(page, "next")).to_contain_text("Alt+Q")
        assert office.state("ana")["ticket"] is None
        page.keyboard.press("Alt+q")

        expect(session(page, "busy")).to_be_visible()

    def test_a_held_key_is_pressed_once(self, page, office):
        first = office.take_number("loans")
        office.take_number("loans")
        start_work(page, office)
        action(page, "next").focus()

        for _ in range(4):
            page.keyboard.down("Enter")
        page.keyboard.up("Enter")

        expect(number(page)).to_have_text(first)
        expect(page.locator("[data-queue=loans]")).to_contain_text("1 waiting")
