"""A counter's desk: visitors are called one after the other, and what agents do with each."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Visit, shortcomings
from tests.e2e.pages.desk import action, number, session, ticket
from tests.e2e.pages.office import arrive, start_work

pytestmark = pytest.mark.browser


class TestACounter:
    def test_a_visitor_from_the_call_to_the_next(self, page, office):
        first, second = office.take_number("loans"), office.take_number("loans")
        start_work(page, office)
        expect(page.get_by_text("2 people are waiting.")).to_be_visible()

        page.get_by_role("button", name="Call next", exact=True).click()

        expect(number(page)).to_have_text(first)
        expect(ticket(page, "called")).to_be_visible()
        expect(session(page, "busy")).to_be_visible()
        expect(page.locator("[data-poc]")).to_have_text("Counter 2")
        expect(page).to_have_title(re.compile(first))
        assert shortcomings(page) == []

        action(page, "recall").click()
        expect(page.get_by_text("called again once")).to_be_visible()
        action(page, "serve").click()
        expect(ticket(page, "serving")).to_be_visible()
        assert shortcomings(page) == []

        page.get_by_role("button", name="Finish and call next").click()
        expect(number(page)).to_have_text(second)
        expect(ticket(page, "called")).to_be_visible()

        action(page, "finish").click()
        expect(session(page, "idle")).to_be_visible()
        expect(number(page)).to_have_count(0)

    def test_the_primary_button_never_moves(self, page, office):
        for _ in range(2):
            office.take_number("cash")
        arrive(page, office)
        places = []

        def look(state: str) -> None:
            expect(session(page, state)).to_be_visible()
            places.append(page.locator("[data-primary]").bounding_box())

        look("offline")
        page.select_option("[name=poc]", "c1")
        action(page, "idle").click()
        look("idle")
        action(page, "next").click()
        look("busy")
        action(page, "serve").click()
        expect(ticket(page, "serving")).to_be_visible()
        look("busy")
        action(page, "finish").click()
        look("wrap_up")
        action(page, "away").click()
        look("away")

        assert len({(box["x"], box["y"], box["height"]) for box in places if box}) == 1
        widths = {box["width"] for box in places if box}
        assert page.evaluate("document.querySelector('.actions-main').clientWidth") == pytest.approx(max(widths), abs=1)
        assert min(widths) == pytest.approx(0.6 * max(widths), rel=0.03)

    def test_a_double_click_where_another_button_will_be_is_one_wish(self, page, office):
        called = office.take_number("loans")
        start_work(page, office)
        box = action(page, "next").bounding_box()
        assert box
        right = (box["x"] + 0.9 * box["width"], box["y"] + 0.5 * box["height"])
        page.mouse.click(*right)
        expect(action(page, "serve")).to_be_enabled()

        page.mouse.move(*right)
        page.mouse.down(click_count=2)
        page.mouse.up(click_count=2)

        expect(number(page)).to_have_text(called)
        action(page, "recall").click()
        expect(page.get_by_text("called again once")).to_be_visible()
        expect(ticket(page, "called")).to_be_visible()

    def test_next_without_anybody_says_so(self, page, office):
        start_work(page, office)

        action(page, "next").click()

        expect(page.get_by_role("alert")).to_have_text("Nobody is waiting.")
        expect(session(page, "idle")).to_be_visible()

    def test_one_queue_can_be_called_from(self, page, office):
        office.take_number("cash")
        wanted = office.take_number("loans")
        start_work(page, office)

        page.locator("[data-queue=loans]").get_by_role("button", name="Call next from Loans").click()

        expect(number(page)).to_have_text(wanted)

    def test_a_no_show_can_be_undone(self, page, office):
        called = office.take_number("loans")
        start_work(page, office)
        action(page, "next").click()

        action(page, "no-show").click()
        expect(session(page, "idle")).to_be_visible()
        page.get_by_role("button", name="Undo").click()

        expect(number(page)).to_have_text(called)
        expect(ticket(page, "called")).to_be_visible()

    @pytest.mark.campaign  # it waits for seven seconds
    def test_the_undo_goes_away_by_itself(self, page, office):
        office.take_number("loans")
        start_work(page, office)
        action(page, "next").click()
        action(page, "finish").click()

        expect(action(page, "undo")).to_be_visible()
        expect(action(page, "undo")).to_have_count(0)

    def test_wrap_up_counts_down_and_can_be_cut_short(self, page, office):
        office.take_number("cash")
        start_work(page, office)
        action(page, "next").click()
        action(page, "finish").click()

        expect(session(page, "wrap_up")).to_be_visible()
        expect(page.get_by_role("progressbar", name="Time left for wrap-up")).to_be_visible()
        assert shortcomings(page) == []
        action(page, "wrap-up").click()
        expect(session(page, "idle")).to_be_visible()

    def test_parked_visitors_are_listed_and_come_back(self, page, office):
        parked, next_one = office.take_number("loans"), office.take_number("loans")
        start_work(page, office)
        action(page, "next").click()
        expect(number(page)).to_have_text(parked)

        action(page, "park").click()
        expect(page.get_by_role("button", name=f"Resume {parked}")).to_be_visible()
        action(page, "next").click()
        expect(number(page)).to_have_text(next_one)
        assert shortcomings(page) == []
        action(page, "finish").click()
        page.get_by_role("button", name=f"Resume {parked}").click()

        expect(number(page)).to_have_text(parked)

    def test_a_double_click_calls_one(self, page, office):
        first = office.take_number("loans")
        office.take_number("loans")
        start_work(page, office)

        action(page, "next").dblclick()

        expect(number(page)).to_have_text(first)
        expect(page.locator("[data-queue=loans]")).to_contain_text("1 waiting")

    def test_hasty_presses_happen_in_their_order(self, page, office):
        called = office.take_number("loans")
        start_work(page, office)
        action(page, "next").click()
        expect(number(page)).to_have_text(called)

        page.evaluate(
            "() => ['recall', 'serve'].forEach((it) => document.querySelector(`[data-action=${it}]`).click())"
        )

        expect(ticket(page, "serving")).to_be_visible()
        expect(page.get_by_text("called again once")).to_be_visible()

    def test_a_walk_in_gets_a_number(self, page, office):
        start_work(page, office)

        page.get_by_role("button", name="New visitor").click()
        assert shortcomings(page) == []
        page.get_by_label("Queue", exact=True).select_option(label="Loans \u00b7 Main branch")
        page.get_by_label("First name").fill("Luis")
        page.keyboard.press("Enter")

        expect(page.get_by_role("alert")).to_contain_text("New number")
        action(page, "next").click()
        expect(page.get_by_text("Luis")).to_be_visible()


class TestTheLobby:
    def test_the_desk_says_that_the_call_is_on_the_screen(self, page, visit: Visit, office):
        office.take_number("loans")
        visit(f"{office.url}/screens/lobby-screen-secret").wait_for_load_state()
        start_work(page, office)
        expect(page.get_by_role("region", name="Lobby screens")).to_contain_text("lobby")

        action(page, "next").click()

        expect(page.get_by_text("Shown on 1 of 1 screen")).to_be_visible()
        assert shortcomings(page) == []
