"""A booth's desk: visitors ring, and are answered or not; and who is away."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import UNTOUCHED, shortcomings
from tests.e2e.pages.desk import action, number, session, ticket
from tests.e2e.pages.office import start_work

pytestmark = pytest.mark.browser


class TestABooth:
    def test_an_offer_rings_is_seen_and_answered(self, page, office):
        start_work(page, office, "ben", poc=None)
        expect(page.get_by_text("You need not press anything.")).to_be_visible()
        assert shortcomings(page) == []

        office.ask_for_advice("V042", more="<img src=x onerror=alert(1)>")

        expect(session(page, "ringing")).to_be_visible()
        expect(number(page)).to_have_text("V042")
        expect(page.locator("[data-poc]")).to_have_text("Box 1")
        expect(page).to_have_title(re.compile("V042 is ringing"))
        expect(action(page, "answer")).to_be_focused()
        expect(page.get_by_role("progressbar", name="Time left to answer")).to_be_visible()
        expect(page.locator("dd").get_by_text("<img src=x onerror=alert(1)>")).to_be_visible()
        expect(page.locator("dt").get_by_text("Anything <i>else</i>?")).to_be_visible()
        expect(page.locator("dd").get_by_text("A new card")).to_be_visible()
        expect(page.locator("dd").get_by_text("<b>4711</b>")).to_be_visible()
        expect(page.get_by_text("Mar\u00eda").first).to_be_visible()
        assert shortcomings(page) == []

        page.keyboard.press("Enter")

        expect(ticket(page, "serving")).to_be_visible()
        expect(session(page, "busy")).to_be_visible()
        room = page.get_by_role("link", name="Open the video room")
        expect(room).to_have_attribute("href", re.compile(r"^https://meet\.example\.com/[0-9a-f]{32}\?name=Ben$"))
        assert shortcomings(page) == []

    def test_a_declined_offer_leaves_the_desk_ready(self, page, office):
        start_work(page, office, "ben", poc=None)
        office.ask_for_advice("V043")

        action(page, "decline").click()

        expect(session(page, "idle")).to_be_visible()
        expect(number(page)).to_have_count(0)
        expect(page.locator("[data-queue=video]")).to_contain_text("1 waiting")

    def test_an_offer_closes_whatever_was_open(self, page, office):
        start_work(page, office, "ben", poc=None)
        page.get_by_role("button", name="Shortcuts and settings").click()
        expect(page.get_by_role("dialog")).to_be_visible()
        assert shortcomings(page) == []

        office.ask_for_advice("V044")

        expect(page.get_by_role("dialog")).to_have_count(0)
        expect(action(page, "answer")).to_be_focused()

    def test_an_offer_chimes_until_it_is_answered(self, page, office):
        page.add_init_script(
            "const start = OscillatorNode.prototype.start; globalThis.tones = 0;"
            "OscillatorNode.prototype.start = function (...at) { tones += 1; return start.apply(this, at); };"
        )
        start_work(page, office, "ben", poc=None)
        office.ask_for_advice("V045")

        page.wait_for_function("() => globalThis.tones > 12")  # the second chime has begun
        action(page, "answer").click()
        expect(ticket(page, "serving")).to_be_visible()

    def test_a_browser_that_allows_no_sound_is_known_before_anybody_rings(self, page, office):
        start_work(page, office, "ben", poc=None)
        page.add_init_script(UNTOUCHED)
        page.reload()

        page.get_by_role("button", name="The browser blocks the sound").click()

        expect(page.get_by_role("button", name="Sound is on")).to_be_visible()


class TestPresence:
    def test_away_is_one_click_and_the_reason_comes_after(self, page, office):
        start_work(page, office)

        action(page, "away").click()
        expect(session(page, "away")).to_be_visible()
        assert shortcomings(page) == []
        page.get_by_role("button", name="Lunch").click()

        expect(page.get_by_role("heading", name="Away: Lunch")).to_be_visible()
        assert office.state("ana")["session"]["reason"] == "lunch"
        page.get_by_label("Another reason").fill("Dentist")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="Away: Dentist")).to_be_visible()
        action(page, "idle").click()
        expect(session(page, "idle")).to_be_visible()

    def test_away_while_serving_waits_for_the_end_and_can_be_taken_back(self, page, office):
        office.take_number("loans")
        start_work(page, office)
        action(page, "next").click()

        action(page, "away").click()
        expect(page.get_by_text("away after this visitor")).to_be_visible()
        assert shortcomings(page) == []
        action(page, "idle").click()
        expect(page.get_by_text("away after this visitor")).to_have_count(0)
        action(page, "away").click()
        action(page, "finish").click()

        expect(session(page, "away")).to_be_visible()

    def test_going_offline_ends_the_session_but_not_the_login(self, page, office):
        start_work(page, office)

        action(page, "offline").click()

        expect(session(page, "offline")).to_be_visible()
        expect(page.locator("[name=poc]")).to_have_value("c2")
        expect(action(page, "idle")).to_be_visible()
