"""A visitor's own ticket on a telephone: live, and whole without scripts."""

import re

import pytest
from playwright.sync_api import Page, expect

from qms.web.pages import SHIPPED
from tests.e2e.browser import Visit, axe, overflow, quiet, shortcomings
from tests.e2e.pages.house import House
from tests.e2e.pages.patience import until

pytestmark = pytest.mark.browser

TELEPHONE = {"width": 390, "height": 844}
MOST_BYTES = 60_000
NO_SOCKET = """WebSocket = class extends WebSocket {
  constructor() { super(location.origin.replace("http", "ws") + "/nowhere"); }
}"""
LOADED = """() => [...performance.getEntriesByType("navigation"), ...performance.getEntriesByType("resource")]
    .map(({ name, transferSize }) => [name, transferSize])"""
ROOM = re.compile(r"^https://meet\.example\.com/[0-9a-f]{32}$")


def in_state(page: Page, state: str) -> None:
    expect(page.locator("[data-state]")).to_have_attribute("data-state", state)


def test_it_follows_its_visitor_to_the_counter_and_out(visit: Visit, house: House):
    house.sit_down("a1")
    first, mine = house.take(), house.take()
    page = visit(house.ticket_page(mine), **TELEPHONE)
    expect(page.locator("[data-number]")).to_have_text(mine["number"])
    in_state(page, "waiting")
    expect(page.locator("[data-ahead]")).to_have_attribute("data-ahead", "1")
    expect(page.locator("[data-ahead]")).to_have_text("1 person ahead of you")
    assert shortcomings(page) == []

    house.do("a1", "next")
    expect(page.locator("[data-ahead]")).to_have_attribute("data-ahead", "0")
    expect(page.locator("[data-ahead]")).to_have_text("You are next")
    assert axe(page) == []

    house.do("a1", "next")
    in_state(page, "called")
    expect(page.locator("[data-poc]")).to_have_text("Counter 1")
    expect(page).to_have_title("Your turn: Counter 1")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(255, 183, 27)"
    assert shortcomings(page) == []

    house.do("a1", "ticket/serve")
    in_state(page, "serving")
    house.do("a1", "ticket/finish")
    in_state(page, "done")
    expect(page.get_by_text("Thank you for your visit.")).to_be_visible()
    expect(page.locator("[data-poc], [data-ahead]")).to_have_count(0)
    assert shortcomings(page) == []
    assert first["number"] != mine["number"]


def test_its_holder_is_written_to_with_and_without_scripts(visit: Visit, house: House):
    for scripts in (True, False):
        page = visit(house.ticket_page(house.take()), java_script_enabled=scripts, **TELEPHONE)
        quiet(page).forgive("422")
        page.get_by_role("link", name="Write to me when it is my turn").click()
        page.get_by_label("Telephone number").fill("1")
        page.get_by_role("button", name="Write to me").click()
        expect(page.get_by_role("alert").filter(has_text="We cannot write there")).to_be_visible()
        assert not scripts or shortcomings(page) == []

        page.get_by_label("Telephone number").fill("9 6123 4567")
        page.get_by_role("button", name="Write to me").click()
        expect(page.locator("[data-channel=SMS]")).to_contain_text("+56 … 67")
        page.get_by_role("button", name="Stop").click()

        expect(page.locator("[data-channel=SMS]")).to_have_count(0)


def test_it_rings_and_shakes_when_its_owner_asked_for_it(visit: Visit, house: House):
    house.sit_down("a1")
    page = visit(**TELEPHONE)
    page.add_init_script("window.shaken = 0; navigator.vibrate = () => (shaken += 1)")
    page.goto(house.ticket_page(house.take()))
    page.get_by_role("button", name="Ring when it is my turn").click()
    expect(page.get_by_role("button", name="This phone will ring")).to_be_visible()

    house.do("a1", "next")
    in_state(page, "called")
    house.do("a1", "ticket/recall")

    until(page, "shaken === 2")


def test_who_is_late_lets_others_pass(visit: Visit, house: House):
    mine = house.take()
    others = [house.take() for _ in range(4)]
    page = visit(house.ticket_page(mine), **TELEPHONE)

    page.get_by_role("button", name="I am late: let three people pass").click()

    expect(page.locator("[data-ahead]")).to_have_attribute("data-ahead", "3")
    assert len(others) == 4


def test_leaving_is_asked_about_and_can_be_thought_over(visit: Visit, house: House):
    page = visit(house.ticket_page(house.take()), **TELEPHONE)
    page.get_by_role("button", name="Leave the queue").click()
    assert axe(page) == []
    page.get_by_role("button", name="Stay in the queue").click()
    in_state(page, "waiting")

    page.get_by_role("button", name="Leave the queue").click()
    page.get_by_role("button", name="Leave the queue").click()

    in_state(page, "cancelled")
    assert house.waiting() == 0
    assert shortcomings(page) == []


def test_a_number_that_was_not_answered_is_told_what_to_do(visit: Visit, house: House):
    house.sit_down("a1")
    page = visit(house.ticket_page(house.take()), **TELEPHONE)
    house.do("a1", "next")
    in_state(page, "called")

    house.do("a1", "ticket/no-show")

    in_state(page, "no_show")
    expect(page.get_by_text("Please ask a member of staff")).to_be_visible()
    assert shortcomings(page) == []


def test_somebody_who_is_answered_in_a_booth_is_sent_there(visit: Visit, house: House):
    house.sit_down("a4")
    page = visit(house.ticket_page(house.take("video")), **TELEPHONE)

    in_state(page, "offered")
    house.answer()

    in_state(page, "serving")
    expect(page.locator("[data-poc]")).to_have_text("Booth <b>A</b>")


@pytest.mark.parametrize("query", ["?theme=dark", "?lang=ar"])
def test_nothing_is_wrong_with_the_page(visit: Visit, house: House, query: str):
    house.sit_down("a3")
    page = visit(house.ticket_page(house.take()) + query, width=360, height=640)
    in_state(page, "waiting")
    assert shortcomings(page) == []

    house.do("a3", "next")

    in_state(page, "called")
    assert shortcomings(page) == []


@pytest.mark.parametrize("width", [320, 360])
def test_no_number_of_four_letters_is_broken_on_a_small_telephone(visit: Visit, house: House, width: int):
    page = visit(house.ticket_page(house.take()), width=width, height=640)
    shown = page.locator("[data-number]")
    expect(shown).to_be_visible()

    shown.evaluate("it => { it.textContent = 'W888'; }")  # the widest that a prefix of one letter makes

    assert shown.evaluate("it => it.getBoundingClientRect().height < 1.5 * parseFloat(getComputedStyle(it).fontSize)")


def test_its_language_is_the_tickets_and_can_be_changed(visit: Visit, house: House):
    page = visit(house.ticket_page(house.take(language="es")), **TELEPHONE)
    expect(page.locator("html")).to_have_attribute("lang", "es")

    page.get_by_role("link", name="العربية").click()

    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    in_state(page, "waiting")


@pytest.mark.campaign  # the desk's and the lobby's are in make test
def test_an_outage_is_said_and_ends_by_itself(visit: Visit, house: House):
    page = visit(house.ticket_page(house.take()), **TELEPHONE)
    quiet(page).forgive("WebSocket connection", "net::ERR_", "fetching the script")
    connection = page.locator("[data-connection]")

    house.server.kill()
    expect(connection).to_have_attribute("data-connection", "offline")
    page.get_by_role("button", name="Leave the queue").click()
    page.get_by_role("button", name="Leave the queue").click()
    expect(page.get_by_role("alert").filter(has_text="no connection")).to_be_visible()
    house.server.start()

    expect(connection).to_have_attribute("data-connection", "online")
    in_state(page, "waiting")


def test_where_no_socket_gets_through_it_asks(visit: Visit, house: House):
    house.sit_down("a1")
    page = visit(**TELEPHONE)
    quiet(page).forgive("WebSocket")
    page.add_init_script(NO_SOCKET)
    page.goto(house.ticket_page(house.take()))
    in_state(page, "waiting")

    house.do("a1", "next")

    in_state(page, "called")
    expect(page.locator("[data-connection]")).to_have_attribute("data-connection", "online")


class TestWithoutScripts:
    @pytest.fixture
    def plain(self, visit: Visit) -> Page:
        return visit(java_script_enabled=False, **TELEPHONE)

    def test_everything_is_there_and_renews_itself(self, plain: Page, house: House):
        house.sit_down("a1")
        house.take()
        mine = house.take()
        plain.goto(house.ticket_page(mine))

        in_state(plain, "waiting")
        expect(plain.locator("[data-number]")).to_have_text(mine["number"])
        expect(plain.locator("[data-ahead]")).to_have_text("1 person ahead of you")
        assert plain.locator("meta[http-equiv=refresh]").get_attribute("content") == "15"
        house.do("a1", "next")
        house.do("a1", "next")
        plain.reload()
        in_state(plain, "called")
        expect(plain.locator("[data-poc]")).to_have_text("Counter 1")

    def test_one_can_be_late_and_leave(self, plain: Page, house: House):
        mine = house.take()
        house.take()
        plain.goto(house.ticket_page(mine) + "?lang=es")
        plain.locator("[name=do][value=later]").click()
        expect(plain.locator("[data-ahead]")).to_have_attribute("data-ahead", "1")

        plain.locator("a[href*='ask=leave']").click()
        in_state(plain, "waiting")
        plain.locator("[name=do][value=leave]").click()

        in_state(plain, "cancelled")
        assert plain.url.endswith("?lang=es")


def test_the_first_load_is_light_and_translated_in_every_language(visit: Visit, house: House):
    ticket = house.ticket_page(house.take())
    loads = {language.tag: first_load(visit(**TELEPHONE), f"{ticket}?lang={language.tag}") for language in SHIPPED}

    assert {tag: files for tag, (files, _) in loads.items() if sum(size for _, size in files) >= MOST_BYTES} == {}
    assert len({said for _, said in loads.values()}) == len(SHIPPED)


def first_load(page: Page, address: str) -> tuple[list[tuple[str, int]], str]:
    """What a page loads, each with its bytes on the line, and what its script (no server) writes on it.

    What is asked for once more, because the machine is slow to open a socket, is not the first load.
    """
    page.goto(address)
    in_state(page, "waiting")
    said = page.locator("[aria-pressed]").inner_text()
    files = dict[str, int]()
    for file, size in page.evaluate(LOADED):
        files.setdefault(file, size)
    return list(files.items()), said


def test_an_unknown_ticket_says_so(visit: Visit, house: House):
    page = visit()
    quiet(page).forgive("404")

    page.goto(f"{house.url}/t/{'x' * 22}")

    expect(page.get_by_role("heading")).to_have_text("There is nothing at this address")
    assert overflow(page) == []


def test_a_visitor_from_afar_joins_from_the_page(visit: Visit, house: House):
    house.sit_down("a4")
    mine = house.take("video")
    house.answer()
    page = visit(**TELEPHONE)

    def remote(route):
        answer = route.fetch()
        state = {**answer.json(), "poc": None, "room_url": f"https://meet.example.com/{'a' * 32}"}
        route.fulfill(json=state)

    page.route("**/state", remote)
    quiet(page).forgive("WebSocket")
    page.add_init_script(NO_SOCKET)
    page.goto(house.ticket_page(mine))

    link = page.get_by_role("link", name="Join the conversation")
    expect(link).to_have_attribute("href", ROOM)
    assert axe(page) == []
