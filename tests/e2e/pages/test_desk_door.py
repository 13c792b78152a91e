"""The way into the desk, and the place that is worked at."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import quiet, shortcomings
from tests.e2e.languages import some_languages
from tests.e2e.pages.desk import action, session
from tests.e2e.pages.office import arrive, sign_in, start_work
from tests.e2e.turnero import PASSWORD

pytestmark = pytest.mark.browser


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
