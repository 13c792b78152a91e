"""The desk in several windows, in small ones, and in one whose server is gone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Visit, quiet, shortcomings
from tests.e2e.pages.desk import action, number, session, ticket
from tests.e2e.pages.office import Office, sign_in, sit_down, start_work

pytestmark = pytest.mark.browser

COUNT_TONES = """const start = OscillatorNode.prototype.start;
  window.tones = 0;
  OscillatorNode.prototype.start = function (...at) {
    window.tones += 1;
    localStorage.tones = Number(localStorage.tones ?? 0) + 1;
    return start.apply(this, at);
  };"""
SECOND_CHIME = "() => Number(localStorage.tones) > 12"
HIDDEN_AND_TOLD = """Object.defineProperty(document, "hidden", { get: () => true });
  const tell = (text) => (localStorage.told = JSON.stringify([...JSON.parse(localStorage.told ?? "[]"), text]));
  window.Notification = class {
    static permission = "granted";
    static requestPermission = async () => "granted";
    constructor(title, { body }) { tell(`${title}: ${body}`); }
    close() { tell("closed"); }
  };"""
TOLD = "() => JSON.parse(localStorage.told ?? '[]')"
TOLD_ONCE, CLOSED = ("() => JSON.parse(localStorage.told ?? '[]').length === " + n for n in "12")


class TestSeveralWindows:
    def test_they_show_one_state(self, page, office):
        called = office.take_number("loans")
        start_work(page, office)
        other = page.context.new_page()
        other.goto(f"{office.url}/desk")
        expect(session(other, "idle")).to_be_visible()

        action(page, "next").click()
        expect(number(other)).to_have_text(called)
        action(other, "finish").click()

        expect(session(page, "idle")).to_be_visible()
        expect(action(page, "undo")).to_be_visible()
        action(page, "undo").click()
        expect(number(other)).to_have_text(called)

    def test_one_of_them_rings_and_another_once_it_is_closed(self, page, office):
        page.context.add_init_script(COUNT_TONES)
        start_work(page, office, "ben", poc=None)
        other = page.context.new_page()
        other.goto(f"{office.url}/desk")
        for one in (page, other):
            one.bring_to_front()
            one.locator("body").click(position={"x": 5, "y": 300})  # a browser makes no sound before
            expect(session(one, "idle")).to_be_visible()

        office.ask_for_advice("V051")
        page.wait_for_function(SECOND_CHIME)

        rang = [one for one in (page, other) if one.evaluate("window.tones") > 0]
        assert len(rang) == 1
        (silent,) = {page, other} - set(rang)
        rang[0].close()
        silent.wait_for_function("() => window.tones > 0")
        third = silent.context.new_page()
        third.goto(f"{office.url}/desk")
        action(third, "decline").click()
        expect(session(silent, "idle")).to_be_visible()
        expect(number(silent)).to_have_count(0)

    def test_what_rings_is_told_outside_a_hidden_window_once(self, page, office):
        page.context.add_init_script(HIDDEN_AND_TOLD)
        start_work(page, office, "ben", poc=None)
        other = page.context.new_page()
        other.goto(f"{office.url}/desk")
        expect(session(other, "idle")).to_be_visible()
        page.keyboard.press("Alt+k")
        page.get_by_role("switch", name="Notification when this window is hidden").click()
        page.keyboard.press("Escape")

        office.ask_for_advice("V052", firstname="Mar\u00eda")
        for one in (page, other):
            expect(one).to_have_title(re.compile("V052 is ringing"))
        page.wait_for_function(TOLD_ONCE)
        office.do("ben", f"offers/{office.state('ben')['offer']['id']}/answer")
        page.wait_for_function(CLOSED)

        assert page.evaluate(TOLD) == ["A visitor for you: V052 rings: Mar\u00eda. Answer?", "closed"]
        expect(session(other, "busy")).to_be_visible()

    def test_what_is_preferred_in_one_holds_in_the_other(self, page, office):
        start_work(page, office)
        other = page.context.new_page()
        other.goto(f"{office.url}/desk?lang=ar")

        page.get_by_role("button", name="Sound is on").click()

        expect(other.get_by_role("button", name="الصوت متوقف")).to_be_visible()


class TestSmallWindows:
    @pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 640), (640, 360)])
    def test_everything_can_be_reached_in_a_small_window(self, visit: Visit, office, width, height):
        office.take_number("cash")
        page = visit(width=width, height=height)
        sign_in(page, office)
        sit_down(page)
        assert shortcomings(page) == []

        action(page, "next").click()
        expect(ticket(page, "called")).to_be_visible()
        assert shortcomings(page) == []
        expect(action(page, "next")).to_be_in_viewport(ratio=1)
        action(page, "transfer").click()
        assert shortcomings(page) == []
        page.keyboard.press("Escape")
        action(page, "finish").click()
        expect(session(page, "wrap_up")).to_be_visible()
        assert shortcomings(page) == []

    @pytest.mark.parametrize("theme", ["dark", "contrast"])
    def test_other_themes_are_sound(self, page, office, theme):
        office.take_number("loans")
        start_work(page, office, query=f"?theme={theme}")
        assert shortcomings(page) == []

        action(page, "next").click()
        expect(ticket(page, "called")).to_be_visible()

        assert shortcomings(page) == []


class TestOutage:
    @pytest.fixture
    def back_again(self, office: Office) -> Iterator[None]:
        """The server is there for whoever tidies up, whatever went wrong."""
        yield
        if not office.server.runs:
            office.server.start()

    @pytest.mark.usefixtures("back_again")
    def test_the_desk_says_so_holds_its_commands_and_is_right_again(self, page, office):
        quiet(page).forgive("ERR_CONNECTION_REFUSED", "ERR_CONNECTION_RESET", "WebSocket", "ERR_EMPTY_RESPONSE")
        called = office.take_number("loans")
        start_work(page, office)
        connection = page.locator("[data-connection]")
        expect(connection).to_have_count(1)

        action(page, "next").focus()
        office.server.stop()
        expect(connection).to_have_attribute("data-connection", "offline")
        expect(connection).to_contain_text("No connection")
        expect(action(page, "next")).to_be_disabled()
        assert shortcomings(page) == []

        office.server.start()
        expect(connection).to_have_attribute("data-connection", "online")
        expect(action(page, "next")).to_be_focused()
        action(page, "next").click()
        expect(number(page)).to_have_text(called)
