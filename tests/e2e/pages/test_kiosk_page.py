"""The kiosk: one tap on what one comes for gives the number, by finger, keyboard or scanner, in one's own language."""

import re
import shutil
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.browser import Visit, axe, quiet, shortcomings
from tests.e2e.pages.at_kiosk import kiosk, number, tile
from tests.e2e.pages.house import House
from tests.e2e.pages.patience import until

__all__ = ["kiosk"]

pytestmark = pytest.mark.browser


def test_language_and_service_are_two_taps_to_a_number(kiosk: Page, house: House):
    kiosk.get_by_role("button", name="Español").click()
    expect(kiosk.locator("html")).to_have_attribute("lang", "es")
    tile(kiosk, "cash").click()

    expect(number(kiosk)).to_have_text(re.compile(r"^C\d{3}$"))
    assert kiosk.url.endswith("?lang=es")
    assert house.waiting() == 1
    assert house.read("SELECT language FROM ticket ORDER BY seq DESC") == ("es",)


def test_people_waiting_are_told_before_one_chooses(visit: Visit, house: House):
    house.sit_down("a1")
    for _ in range(3):
        house.take()

    page = visit(house.kiosk)

    expect(tile(page, "cash")).to_contain_text("3 people waiting")
    expect(tile(page, "cash")).to_contain_text("Wait: ")
    expect(tile(page, "video")).to_contain_text("Nobody is waiting")


def test_what_is_closed_is_grey_and_says_so_and_gives_no_number(kiosk: Page):
    expect(tile(kiosk, "staffed")).to_have_attribute("aria-disabled", "true")
    expect(tile(kiosk, "staffed")).to_contain_text("Closed")

    tile(kiosk, "staffed").click(force=True)

    expect(kiosk.get_by_role("alert")).to_contain_text("Nobody serves this at the moment")
    assert axe(kiosk) == []


def test_a_telephone_is_written_to_and_a_wrong_number_is_refused_clearly(visit: Visit, house: House):
    page = visit(f"{house.url}/kiosk/kiosk-side", width=1080, height=1920)
    quiet(page).forgive("422")
    tile(page, "cash").click()
    page.locator("[data-action=telephone]").click()
    page.get_by_role("button", name="9", exact=True).click()
    page.get_by_role("button", name="Write to me").click()
    expect(page.get_by_role("alert")).to_contain_text("We cannot write to this number")
    assert shortcomings(page) == []

    for key in "61234567":
        page.get_by_role("button", name=key, exact=True).click()
    page.get_by_role("button", name="Write to me").click()

    expect(page.locator("[data-action=telephone]")).to_contain_text("We will write to: +56 … 67")
    expect(number(page)).to_be_in_viewport(ratio=1)
    assert house.read("SELECT channel, address FROM summons WHERE stopped_at IS NULL") == ("SMS", "+56961234567")
    assert shortcomings(page) == []


def test_a_double_tap_gives_one_number(kiosk: Page, house: House):
    tile(kiosk, "cash").dblclick()
    expect(number(kiosk)).to_be_visible()

    assert house.waiting() == 1
    expect(kiosk.get_by_role("button", name="Done")).to_be_visible()


def test_who_taps_again_because_nothing_happened_gets_the_same_number(kiosk: Page, house: House):
    quiet(kiosk).forgive("net::ERR_", "fetching the script")
    lost: list[str] = []

    def lose(route):
        lost.append(route.request.headers["idempotency-key"])
        if len(lost) <= 3:
            route.fetch()  # the server hears it, the kiosk does not hear the server
            route.abort()
        else:
            route.continue_()

    kiosk.route("**/tickets", lose)
    tile(kiosk, "cash").click()
    expect(kiosk.get_by_role("alert")).to_contain_text("no connection")
    expect(number(kiosk)).to_have_count(0)
    tile(kiosk, "cash").click()

    expect(number(kiosk)).to_be_visible()
    assert len(set(lost)) == 1
    assert house.waiting() == 1


def test_the_number_comes_with_a_code_for_the_telephone_and_a_receipt(kiosk: Page, visit: Visit):
    tile(kiosk, "cash").click()
    expect(number(kiosk)).to_be_visible()
    taken = number(kiosk).text_content()
    code = kiosk.get_by_role("img", name="QR code of your ticket")
    expect(code).to_be_visible()
    until(kiosk, "document.querySelector('img').naturalWidth > 0")

    kiosk.context.add_init_script("window.print = () => undefined")  # the receipt closes itself when it is printed
    with kiosk.expect_popup() as opened:
        kiosk.get_by_role("button", name="Print").click()
    receipt = opened.value

    assert "/receipt" in receipt.url
    expect(receipt.locator("[data-number]")).to_have_text(taken or "")
    assert shortcomings(kiosk) == []


def test_priority_is_asked_for_where_a_queue_knows_it(kiosk: Page, house: House):
    kiosk.get_by_role("radio", name="Priority").check()
    tile(kiosk, "cash").click()
    expect(number(kiosk)).to_be_visible()

    assert house.read("SELECT ticket_class FROM ticket ORDER BY seq DESC") == ("priority",)


class TestSomebodyLeaves:
    @pytest.fixture
    def kiosk(self, visit: Visit, house: House) -> Page:
        page = visit()
        page.clock.install()
        page.goto(house.kiosk)
        return page

    def test_the_kiosk_asks_waits_and_starts_over(self, kiosk: Page):
        kiosk.get_by_role("button", name="Español").click()
        kiosk.locator("[name=code]").fill("ABC")

        kiosk.clock.run_for(31_000)
        expect(kiosk.get_by_role("alertdialog")).to_be_visible()
        assert axe(kiosk) == []
        kiosk.clock.run_for(15_000)
        expect(kiosk.get_by_role("alertdialog")).to_be_visible()
        kiosk.clock.run_for(6_000)

        expect(kiosk.get_by_role("alertdialog")).to_have_count(0)
        expect(kiosk.locator("[name=code]")).to_have_value("")
        expect(kiosk.locator("html")).to_have_attribute("lang", "en")

    def test_who_wants_more_time_gets_it_and_keeps_everything(self, kiosk: Page):
        tile(kiosk, "cash").click()
        expect(number(kiosk)).to_be_visible()
        taken = number(kiosk).text_content() or ""
        kiosk.clock.run_for(40_000)

        kiosk.locator("[data-action=more-time]").click()
        kiosk.clock.run_for(25_000)

        expect(number(kiosk)).to_have_text(taken)
        expect(kiosk.get_by_role("alertdialog")).to_have_count(0)

    def test_nobody_is_asked_where_there_is_nothing_to_forget(self, kiosk: Page):
        kiosk.clock.run_for(45_000)

        expect(kiosk.get_by_role("alertdialog")).to_have_count(0)


def test_the_whole_way_can_be_gone_by_keyboard(kiosk: Page):
    for _ in range(20):
        kiosk.keyboard.press("Tab")
        if kiosk.evaluate("document.activeElement.dataset.queue") == "cash":
            break
    assert kiosk.evaluate("getComputedStyle(document.activeElement).outlineStyle") == "solid"
    kiosk.keyboard.press("Enter")
    expect(number(kiosk)).to_be_visible()
    expect(kiosk.get_by_role("button", name="Done")).to_be_focused()

    kiosk.keyboard.press("Enter")

    expect(tile(kiosk, "cash")).to_be_visible()


def test_larger_text_and_contrast_are_a_tap_away(kiosk: Page):
    before = tile(kiosk, "cash").bounding_box()
    kiosk.get_by_role("switch", name="Larger text").click()
    kiosk.get_by_role("switch", name="High contrast").click()
    after = tile(kiosk, "cash").bounding_box()

    assert before
    assert after
    assert after["height"] > before["height"] * 1.2
    expect(kiosk.locator("html")).to_have_attribute("data-theme", "contrast")
    assert shortcomings(kiosk) == []
    kiosk.get_by_role("switch", name="High contrast").click()
    expect(kiosk.locator("html")).not_to_have_attribute("data-theme", "contrast")


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_what_has_the_focus_is_read_aloud_and_the_number_to_its_end(kiosk: Page):
    said: list[str] = []
    kiosk.on("response", lambda it: said.append(f"{it.status} {_text(it.url)}") if "/aloud?" in it.url else None)
    with kiosk.expect_response("**/aloud?*Read*"):
        kiosk.get_by_role("switch", name="Read aloud").click()
    with kiosk.expect_response("**/aloud?*Nobody*"):
        tile(kiosk, "cash").focus()
    with kiosk.expect_response("**/aloud?*Done*"):  # the button that has the focus next waits until then
        kiosk.keyboard.press("Enter")

    assert said[0] == "200 Read aloud"
    assert re.match(r"200 Your number is C\d{3}", said[-2])
    assert shortcomings(kiosk) == []


@pytest.mark.skipif(shutil.which("espeak-ng") is None, reason="espeak-ng is not installed")
def test_why_a_code_is_refused_is_read_aloud(kiosk: Page):
    quiet(kiosk).forgive("404")
    with kiosk.expect_response("**/aloud?*Read*"):
        kiosk.get_by_role("switch", name="Read aloud").click()
    kiosk.keyboard.type("WRONG")
    with kiosk.expect_response("**/aloud?*do+not+know*"):
        kiosk.keyboard.press("Enter")


def _text(url: str) -> str:
    return parse_qs(urlsplit(url).query)["text"][0]


def test_a_kiosk_without_a_server_says_so_and_gives_no_number(visit: Visit, house: House):
    page = visit(house.kiosk)
    quiet(page).forgive("net::ERR_", "fetching the script")
    connection = page.locator("[data-connection]")

    house.server.kill()
    expect(connection).to_have_attribute("data-connection", "offline")
    expect(page.get_by_role("alert")).to_contain_text("no connection")
    tile(page, "cash").click(force=True)
    expect(number(page)).to_have_count(0)
    assert axe(page) == []
    house.server.start()

    expect(connection).to_have_attribute("data-connection", "online")
    tile(page, "cash").click()
    expect(number(page)).to_be_visible()


class TestPaper:
    """A kiosk whose tickets the server prints, which answers as it is told here."""

    @pytest.fixture
    def kiosk(self, visit: Visit, house: House) -> Page:
        page = visit(width=1080, height=1920)
        page.route(f"{house.kiosk}*", _with_printer)
        page.goto(house.kiosk)
        return page

    def test_a_ticket_is_printed_by_itself_and_again_when_asked(self, kiosk: Page):
        asked: list[Any] = []

        def answer(route: Route) -> None:
            asked.append(route.request.post_data_json)
            route.fulfill(json={"printed": len(asked) == 1, "printer": "ok" if len(asked) == 1 else "out"})

        kiosk.route("**/prints", answer)
        tile(kiosk, "cash").click()
        expect(kiosk.locator("[data-paper=printed]")).to_contain_text("take your ticket")
        kiosk.get_by_role("button", name="Print again").click()

        expect(kiosk.locator("[data-paper=failed]")).to_contain_text("scan the code")
        expect(number(kiosk)).to_be_visible()
        assert [sorted(wish) for wish in asked] == [["ticket"], ["again", "ticket"]]
        assert shortcomings(kiosk) == []


def _with_printer(route: Route) -> None:
    answer = route.fetch()
    body = answer.text().replace("&#34;printing&#34;: null", "&#34;printing&#34;: &#34;server&#34;")
    assert "&#34;server&#34;" in body
    route.fulfill(response=answer, body=body)


def test_help_is_a_tap_away_and_what_is_pressed_comes_within_reach(kiosk: Page, house: House):
    before = tile(kiosk, "cash").bounding_box()
    kiosk.get_by_role("switch", name="Lower down").click()
    after = tile(kiosk, "cash").bounding_box()
    kiosk.get_by_role("button", name="Help").click()

    expect(kiosk.get_by_role("alert")).to_contain_text("Staff have been told")
    assert before
    assert after
    assert after["y"] > max(before["y"], 1920 * 0.45)
    assert "help_at" in house.read("SELECT report FROM device WHERE report LIKE '%help_at%'")[0]
    assert shortcomings(kiosk) == []
