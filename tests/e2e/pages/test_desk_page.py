"""The agent's desk in a browser, against the real server: every state, as agents meet it."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Visit, quiet, shortcomings
from tests.e2e.languages import some_languages
from tests.e2e.pages.office import Office, arrive, office, shared_office, sign_in, sit_down, start_work
from tests.e2e.turnero import PASSWORD

__all__ = ["office", "shared_office"]

pytestmark = pytest.mark.browser


def action(page: Page, name: str) -> Locator:
    """A button, as programs find it; strict: there is exactly one."""
    return page.locator(f"[data-action={name}]")


def number(page: Page) -> Locator:
    return page.locator("[data-number]")


def session(page: Page, state: str) -> Locator:
    return page.locator(f"header [data-state={state}]")


def ticket(page: Page, state: str) -> Locator:
    return page.locator(f"article[data-state={state}]")


class TestTheWayIn:
    def test_a_wrong_password_speaks(self, page, office):
        quiet(page).forgive("401")
        page.goto(f"{office.url}/desk")
        page.get_by_label("Account").fill("acme")
        page.get_by_label("E-mail").fill("ana@acme.example")
        page.get_by_label("Password").fill("wrong")

        page.keyboard.press("Enter")

        expect(page.get_by_role("alert")).to_contain_text("is wrong")
        assert shortcomings(page) == []

    def test_enter_signs_in_and_a_reload_stays_in(self, page, office):
        sign_in(page, office)
        expect(page.locator("[name=poc]")).to_be_focused()
        page.reload()

        expect(session(page, "offline")).to_be_visible()
        expect(page.get_by_role("heading", name="Hello, Ana")).to_be_visible()
        assert shortcomings(page) == []

    def test_signing_out_brings_the_form_back(self, page, office):
        sign_in(page, office)

        page.get_by_role("button", name="Sign out").click()

        expect(page.locator("[name=account]")).to_have_value("acme")
        expect(page.get_by_role("alert")).to_contain_text("signed out")
        page.reload()
        expect(page.locator("[name=password]")).to_be_visible()

    def test_a_login_that_ended_elsewhere_brings_the_form_back_with_a_sentence(self, page, office):
        sign_in(page, office)
        cookie = next(it for it in page.context.cookies() if it["name"] == "turnero_desk")

        page.context.request.delete(
            f"{office.url}/desk/api/session", headers={"Cookie": f"turnero_desk={cookie['value']}"}
        )

        expect(page.get_by_role("alert")).to_contain_text("sign in again")
        expect(page.locator("[name=password]")).to_be_visible()
        expect(page.locator("[data-connection]")).to_have_attribute("data-connection", "online")
        assert shortcomings(page) == []
        page.fill("[name=email]", "ana@acme.example")
        page.fill("[name=password]", PASSWORD)
        page.keyboard.press("Enter")
        expect(page.locator("header [data-state]")).to_be_visible()

    @pytest.mark.parametrize("language", some_languages("desk"))
    def test_the_language_is_kept_from_the_form_to_the_desk(self, page, office, language):
        sign_in(page, office, query=f"?lang={language}")

        expect(page.locator("html")).to_have_attribute("lang", language)
        expect(page.locator("html")).to_have_attribute("dir", "rtl" if language == "ar" else "ltr")
        assert shortcomings(page) == []


class TestPlace:
    def test_a_place_is_chosen_by_its_key_and_shown(self, page, office):
        start_work(page, office, poc="c2")

        expect(page.locator("[name=poc]")).to_have_value("c2")
        assert office.state("ana")["session"]["poc"]["key"] == "c2"

    def test_a_place_of_another_branch_with_the_same_key_can_be_chosen(self, page, office):
        start_work(page, office, poc="north/c1")

        assert office.state("ana")["session"]["poc"]["label"] == "North counter 1"

    def test_a_taken_place_says_so(self, page, office):
        office.do("eva", "presence", {"state": "idle", "poc": "main/c2"}, method="PUT")
        arrive(page, office)

        taken = page.locator("option[value=c2]")

        expect(taken).to_be_disabled()
        expect(taken).to_have_text("Counter 2 (taken)")

    def test_whoever_calls_without_a_place_is_told_to_choose_one(self, page, office):
        quiet(page).forgive("409")
        office.take_number("loans")
        start_work(page, office, poc=None)
        expect(page.get_by_text("Choose your place above")).to_be_visible()
        assert shortcomings(page) == []

        action(page, "next").click()

        expect(page.get_by_role("alert")).to_contain_text("choose your place first")

    def test_moving_while_ready_needs_no_button(self, page, office):
        start_work(page, office, poc="c2")

        page.select_option("[name=poc]", "c1")

        expect(page.locator("option[value=c1]")).to_be_enabled()
        page.wait_for_function(
            "() => fetch('/desk/api/state').then((r) => r.json()).then((s) => s.session.poc.key === 'c1')"
        )


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

        assert len({(box["x"], box["y"], box["width"], box["height"]) for box in places if box}) == 1

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
        expect(action(page, "undo")).to_have_count(0, timeout=8000)

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


class TestTransfer:
    @pytest.fixture
    def at_desk(self, page: Page, office: Office) -> str:
        called = office.take_number("loans")
        start_work(page, office)
        action(page, "next").click()
        expect(number(page)).to_have_text(called)
        return called

    def test_to_a_queue(self, page, office, at_desk):
        action(page, "transfer").click()
        dialog = page.get_by_role("dialog", name=f"Transfer {at_desk}")
        dialog.get_by_role("combobox", name="Queue").select_option(label="Cash <b>desk</b>")
        dialog.get_by_role("radio", name="Last").check()
        assert shortcomings(page) == []

        dialog.get_by_role("button", name="Send on").click()

        expect(number(page)).to_have_count(0)
        expect(page.locator("[data-queue=cash]")).to_contain_text("1 waiting")

    def test_to_a_colleague(self, page, office, at_desk):
        action(page, "transfer").click()
        page.get_by_role("radio", name="Colleague").check()
        page.get_by_role("combobox", name="Colleague").select_option(label="Eva Lund \u2013 Offline")

        page.get_by_role("button", name="Send on").click()
        expect(number(page)).to_have_count(0)

        office.do("eva", "presence", {"state": "idle", "poc": "main/c1"}, method="PUT")
        office.do("eva", "next")
        assert office.state("eva")["ticket"]["number"] == at_desk

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


class TestSmallWindows:
    @pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 640), (640, 360)])
    def test_everything_is_there(self, visit: Visit, office, width, height):
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
        quiet(page).forgive("ERR_CONNECTION_REFUSED", "WebSocket", "ERR_EMPTY_RESPONSE")
        called = office.take_number("loans")
        start_work(page, office)
        connection = page.locator("[data-connection]")
        expect(connection).to_have_count(1)

        action(page, "next").focus()
        office.server.stop()
        expect(connection).to_have_attribute("data-connection", "offline", timeout=10_000)
        expect(connection).to_contain_text("No connection")
        expect(action(page, "next")).to_be_disabled()
        assert shortcomings(page) == []

        office.server.start()
        expect(connection).to_have_attribute("data-connection", "online", timeout=5_000)
        expect(action(page, "next")).to_be_focused()
        action(page, "next").click()
        expect(number(page)).to_have_text(called)


class TestRemarks:
    def test_what_is_noted_of_a_visit_is_read_at_the_next(self, page, office):
        quiet(page)
        maria = {"firstname": "Mar\u00eda", "email": "maria@mail.example"}
        start_work(page, office)
        office.do("ana", "tickets", {"queue": "cash", "branch": "main", "customer": maria})
        action(page, "next").click()
        expect(ticket(page, "called")).to_be_visible()

        page.get_by_label("Note", exact=True).fill("Wants <i>two</i> cards")
        page.get_by_label("Outcome").select_option("Comes <b>back</b>")
        page.get_by_label("Note", exact=True).press("Alt+f")  # what is typed is kept before all else
        expect(session(page, "wrap_up")).to_be_visible()
        expect(page.get_by_label("Note", exact=True)).to_have_value("Wants <i>two</i> cards")
        page.get_by_label("Note", exact=True).fill("Wants <i>two</i> cards\nby Friday")
        expect(page.get_by_role("status").filter(has_text="Saved")).to_be_visible(timeout=20_000)
        assert shortcomings(page) == []

        office.do("ana", "tickets", {"queue": "cash", "branch": "main", "customer": maria})
        action(page, "next").click()
        expect(ticket(page, "called")).to_be_visible()
        expect(page.get_by_label("Note", exact=True)).to_have_value("")
        page.get_by_text("Earlier visits").press("Enter")
        visit = page.locator(".history-visit")
        expect(visit).to_contain_text("Wants <i>two</i> cards\nby Friday")
        expect(visit).to_contain_text("Comes <b>back</b>")
        for width, scheme in ((1280, "light"), (360, "dark")):
            page.set_viewport_size({"width": width, "height": 800})
            page.emulate_media(color_scheme=scheme)
            assert shortcomings(page) == []
        assert office.state("ana")["ticket"]["customer"]["email"] == maria["email"]
