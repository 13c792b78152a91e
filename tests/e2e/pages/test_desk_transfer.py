"""A visitor is sent on from the desk."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import shortcomings
from tests.e2e.pages.desk import action, number
from tests.e2e.pages.office import Office, start_work

pytestmark = pytest.mark.browser


class TestTransfer:
    @pytest.fixture
    def at_desk(self, page: Page, office: Office) -> str:
        called = office.take_number("loans")
        start_work(page, office)
        action(page, "next").click()
        expect(number(page)).to_have_text(called)
        return called

    def test_a_visitor_is_sent_on_to_another_queue(self, page, office, at_desk):
        action(page, "transfer").click()
        dialog = page.get_by_role("dialog", name=f"Transfer {at_desk}")
        dialog.get_by_role("listbox", name="Where to?").select_option(label="Cash <b>desk</b>")
        dialog.get_by_role("radio", name="Last").check()
        assert shortcomings(page) == []

        dialog.get_by_role("button", name="Send on").click()

        expect(number(page)).to_have_count(0)
        expect(page.locator("[data-queue=cash]")).to_contain_text("1 waiting")

    def test_to_a_colleague_by_a_few_letters(self, page, office, at_desk):
        page.keyboard.press("Alt+t")
        expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
        page.keyboard.type("LÜND")
        expect(page.get_by_role("dialog").get_by_role("option")).to_have_text(["Eva Lund \u2013 Offline"])
        expect(page.get_by_role("status").filter(has_text="Not there now: whoever is free")).to_be_visible()
        assert shortcomings(page) == []
        page.keyboard.press("Enter")
        expect(number(page)).to_have_count(0)

        office.do("eva", "presence", {"state": "idle", "poc": "main/c1"}, method="PUT")
        office.do("eva", "next")
        assert office.state("eva")["ticket"]["number"] == at_desk

    def test_to_another_branch_with_the_arrows(self, page, office):
        called = office.take_number("cash")
        start_work(page, office)
        page.keyboard.press("Alt+n")
        expect(number(page)).to_have_text(called)

        page.keyboard.press("Alt+t")
        expect(page.get_by_role("searchbox", name="Search")).to_be_focused()
        page.keyboard.type("zzz")
        expect(page.get_by_role("status").filter(has_text="Nothing is called so.")).to_be_visible()
        expect(page.get_by_role("button", name="Send on")).to_be_disabled()
        page.keyboard.press("ControlOrMeta+a")
        page.keyboard.press("Delete")
        found = page.get_by_role("listbox", name="Where to?").locator("option")
        expect(found.last).to_have_text("North branch")
        for _ in range(found.count() + 1):  # it stays at the last
            page.keyboard.press("ArrowDown")
        expect(found.and_(page.locator(":checked"))).to_have_text("North branch")
        page.keyboard.press("Enter")

        expect(number(page)).to_have_count(0)
        lines = {one["branch"]["key"]: one["waiting"] for one in office.state("ana")["queues"] if one["key"] == "cash"}
        assert lines == {"main": 0, "north": 1}

    def test_escape_sends_nobody_and_gives_the_focus_back(self, page, office, at_desk):
        action(page, "transfer").focus()
        page.keyboard.press("Enter")
        expect(page.get_by_role("dialog")).to_be_visible()

        page.keyboard.press("Escape")

        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(action(page, "transfer")).to_be_focused()
        expect(number(page)).to_have_text(at_desk)

    def test_the_dialog_closes_when_another_window_has_finished(self, page, office, at_desk):
        action(page, "transfer").click()
        expect(page.get_by_role("dialog")).to_be_visible()

        office.do("ana", "ticket/finish")

        expect(page.get_by_role("dialog")).to_have_count(0)
