"""The lobby screen: what is called can be read from the back of the room, and no call is lost."""

import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import UNTOUCHED, Visit, axe, overflow, quiet, shortcomings
from tests.e2e.pages.glass import CAP_SHARE, CUT_OFF, METRES, OVERLAPPING, SCREENS, WORDS, current
from tests.e2e.pages.house import HOSTILE, House
from tests.e2e.pages.house_network import PEOPLE
from tests.e2e.pages.patience import until
from tests.faults.proxy import Proxy

pytestmark = pytest.mark.browser

OTHER_SHAPES = [(1024, 768), (1024, 1280), (2560, 1080)]
WALL_TIME = """(instant) => new Date(instant).toLocaleTimeString("en",
  { timeStyle: "short", timeZone: "America/Santiago" })"""
REMEMBER_WHAT_IS_KEPT = """Object.defineProperty(navigator, "wakeLock", { value: {
  request: async (what) => {
    window.kept = [...(window.kept ?? []), what];
    return { released: false, release: () => {} };
  },
} })"""
REMEMBER_SHOWN = """() => {
  window.shown = [];
  const see = () => {
    const number = document.querySelector("[aria-current=true] [data-number]")?.textContent;
    if (number && shown.at(-1) !== number) shown.push(number);
  };
  new MutationObserver(see).observe(document.body, { subtree: true, childList: true, attributes: true });
  see();
}"""


def shown_number(page: Page) -> Locator:
    number: Locator = current(page).locator("[data-number]")
    return number


@pytest.fixture
def open_house(house: House) -> House:
    """The house with everybody at work."""
    for agent in (*PEOPLE, "a4"):
        house.sit_down(agent)
    return house


def test_a_call_is_shown_large_with_its_poc_and_the_last_five_are_listed(visit: Visit, open_house: House):
    numbers = [open_house.call() for _ in range(6)]
    page = visit(open_house.lobby)

    expect(shown_number(page)).to_have_text(numbers[-1])
    expect(current(page).locator("[data-poc]")).to_have_text("Counter 1")
    listed = page.locator("[data-call]:not([aria-current]) [data-number]").all_text_contents()
    assert listed[:5] == numbers[-2::-1]
    expect(page.locator("[data-call][aria-current]")).to_have_count(1)
    numbers.append(open_house.call("a2"))
    expect(shown_number(page)).to_have_text(numbers[-1])
    expect(current(page).locator("[data-poc]")).to_have_text("Counter 2")


@pytest.mark.parametrize(("width", "height"), SCREENS)
def test_the_number_is_read_from_afar_on_every_screen_and_nothing_is_cut_off(
    visit: Visit, open_house: House, width: int, height: int
):
    for agent in PEOPLE:
        open_house.call(agent)
    for _ in range(3):
        open_house.take()
    page = visit(open_house.lobby, width=width, height=height)
    expect(page.locator("[data-connection]")).to_have_attribute("data-connection", "online")  # drawn for good
    page.evaluate("document.fonts.ready")

    assert shown_number(page).evaluate(CAP_SHARE) >= 0.2
    assert page.evaluate(CUT_OFF, WORDS) == []
    assert not page.evaluate(OVERLAPPING)
    assert overflow(page) == []
    if (width, height) in OTHER_SHAPES:
        assert page.evaluate(METRES, ".called [data-number]") >= 5.8  # what is short, on a glass of 43 inches


def test_whatever_a_vendor_calls_a_ticket_is_shown_as_text_and_fits(visit: Visit, open_house: House):
    for number in HOSTILE:
        open_house.show(number)
        open_house.do("a4", "ticket/finish")
    page = visit(open_house.lobby, width=1080, height=1920)

    expect(shown_number(page)).to_have_text(HOSTILE[-1])
    for number in HOSTILE[:-1]:
        expect(page.locator("[data-number]", has_text=number).first).to_be_visible()
    expect(current(page).locator("[data-poc]")).to_have_text("Booth <b>A</b>")
    assert page.evaluate(CUT_OFF, WORDS) == []
    assert shortcomings(page) == []


def test_calls_that_come_together_are_each_shown_for_four_seconds(visit: Visit, open_house: House):
    page = visit()
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.route("**/say/**", lambda route: route.fulfill(body=b""))  # a voice takes its time, whatever the page's clock
    page.goto(open_house.lobby)
    expect(page.locator(".lobby .heading")).to_be_visible()
    numbers = [open_house.call(agent) for agent in PEOPLE]
    for number in numbers:
        expect(page.locator("[data-call] [data-number]", has_text=number)).to_be_visible()

    for number, following in zip(numbers, [*numbers[1:], numbers[-1]], strict=True):
        expect(shown_number(page)).to_have_text(number)
        page.clock.run_for(3800)
        expect(shown_number(page)).to_have_text(number)
        page.clock.run_for(200)
        expect(shown_number(page)).to_have_text(following)


@pytest.mark.parametrize(("width", "height"), [(1920, 1080), (1080, 1920), (1280, 1024)])
def test_of_twelve_calls_at_once_no_more_are_listed_than_can_be_read_from_afar(
    visit: Visit, open_house: House, width: int, height: int
):
    page = visit(width=width, height=height)
    page.clock.install(time=0)
    page.clock.pause_at(1000)
    page.route("**/say/**", lambda route: route.fulfill(body=b""))
    page.goto(open_house.lobby)
    expect(page.locator(".lobby .heading")).to_be_visible()

    numbers = [open_house.call(agent) for _ in range(4) for agent in PEOPLE]

    expect(page.locator("[data-coming] [data-number]", has_text=numbers[-1])).to_be_visible()
    for number in numbers[:4]:  # each stays listed for a while, however many are to come
        expect(shown_number(page)).to_have_text(number)
        page.clock.run_for(4000)
        expect(page.locator(".called:not([data-coming]) [data-number]", has_text=number)).to_be_visible()
    assert page.locator(".called").count() in (4, 5)
    assert page.evaluate(METRES, ".called [data-number]") >= 5.5
    assert page.evaluate(CUT_OFF, WORDS) == []


def test_what_is_listed_from_the_start_does_not_come_in_and_what_is_called_later_does(visit: Visit, open_house: House):
    before = [open_house.call() for _ in range(3)]
    page = visit(open_house.lobby, reduced_motion="no-preference")
    expect(shown_number(page)).to_have_text(before[-1])
    expect(page.locator(".called")).not_to_have_count(0)

    assert page.locator("[data-arriving]").count() == 0
    open_house.call("a2")

    expect(page.locator("[data-arriving] [data-number]")).to_have_text([before[-1]])


def test_a_number_that_is_called_again_is_announced_again(visit: Visit, open_house: House):
    first, second = open_house.call("a1"), open_house.call("a2")
    page = visit(open_house.lobby)
    expect(shown_number(page)).to_have_text(second)

    open_house.do("a1", "ticket/recall")

    expect(shown_number(page)).to_have_text(first)  # once whatever is being spoken has ended
    expect(current(page)).to_contain_text(re.compile("Called again|Llamando de nuevo"))  # the languages take turns
    expect(page.locator("[data-number]", has_text=first)).to_have_count(1)


def test_the_screen_reports_what_it_shows_and_whether_it_is_heard(visit: Visit, open_house: House):
    page = visit()
    page.add_init_script(UNTOUCHED)
    page.goto(open_house.lobby)
    expect(page.get_by_role("button", name="Press OK to turn the sound on")).to_be_visible()
    number = open_house.call()
    expect(shown_number(page)).to_have_text(number)  # once others have had their time

    seq = int(current(page).get_attribute("data-call") or 0)

    assert reported(page, open_house, seq) == "blocked"
    page.keyboard.press("Enter")
    expect(page.get_by_role("button", name="Press OK to turn the sound on")).to_have_count(0)
    open_house.call("a2")
    assert reported(page, open_house, seq + 1) == "played"


def reported(page: Page, house: House, seq: int) -> Any:
    """What the server was told about the sound, once it was told that this call is on the glass."""
    for _ in range(300):
        painted, audio = house.read("SELECT painted_seq, audio FROM screen WHERE key = 'lobby'")
        if painted == seq and audio is not None:
            return audio
        page.wait_for_timeout(100)
    raise AssertionError((painted, audio))


def test_labels_take_turns_in_the_screens_languages_and_an_address_fixes_one(visit: Visit, open_house: House):
    page = visit()
    page.clock.install()
    page.goto(open_house.lobby)
    label = page.locator(".calls h2 span")
    expect(label).to_have_attribute("lang", "en")

    page.clock.run_for(8100)

    expect(label).to_have_attribute("lang", "es")
    page.goto(f"{open_house.lobby}?lang=ar")
    expect(page.locator("html")).to_have_attribute("dir", "rtl")
    page.clock.run_for(8100)
    expect(label).to_have_attribute("lang", "ar")


def test_it_keeps_its_device_awake(visit: Visit, open_house: House):
    page = visit()
    page.add_init_script(REMEMBER_WHAT_IS_KEPT)

    page.goto(open_house.lobby)

    until(page, "window.kept?.join() === 'screen'")


def test_the_screens_clock_is_the_servers(visit: Visit, open_house: House):
    page = visit(timezone_id="Asia/Tokyo")
    page.clock.set_fixed_time("2020-01-01T00:00:00Z")
    page.goto(open_house.lobby)

    told = page.evaluate("fetch(location.pathname + '/state').then((r) => r.json()).then((s) => s.now)")
    time = page.evaluate(WALL_TIME, told)
    expect(page.locator(".heading-time")).to_have_text(time)


@pytest.mark.parametrize("query", ["?theme=light", "?theme=dark", "?lang=ar"])
def test_nothing_is_wrong_with_the_page(visit: Visit, open_house: House, query: str):
    for agent in PEOPLE:
        open_house.call(agent)
    page = visit(open_house.lobby + query, width=1920, height=1080)
    expect(current(page)).to_be_visible()

    assert shortcomings(page) == []
    open_house.call("a1")
    open_house.take()
    expect(current(page)).to_have_attribute("data-fresh", "")
    assert axe(page) == []


def test_an_unknown_screen_says_so(visit: Visit, house: House):
    page = visit()
    quiet(page).forgive("404")

    page.goto(f"{house.url}/screens/nobody")

    expect(page.get_by_role("heading")).to_have_text("There is nothing at this address")


def test_an_outage_is_said_and_every_call_made_meanwhile_is_announced(visit: Visit, open_house: House):
    before = open_house.call("a1")
    page = visit()
    quiet(page).forgive("WebSocket connection", "net::ERR_", "fetching the script")
    page.goto(open_house.lobby)
    expect(shown_number(page)).to_have_text(before)
    page.evaluate(REMEMBER_SHOWN)
    connection = page.locator("[data-connection]")

    open_house.screens.kill()
    expect(connection).to_have_attribute("data-connection", "offline")
    expect(connection).to_contain_text("No connection")
    expect(shown_number(page)).to_have_text(before)
    assert axe(page) == []
    numbers = [open_house.call(agent) for agent in ("a2", "a3")]
    open_house.screens.start()

    expect(connection).to_have_attribute("data-connection", "online")
    for number in numbers:
        expect(page.locator("[data-call] [data-number]", has_text=number)).to_be_visible()
    expect(shown_number(page)).to_have_text(numbers[-1])  # once the one before it was spoken
    assert page.evaluate("shown") == [before, *numbers]


@pytest.mark.campaign
def test_a_line_that_leads_nowhere_is_replaced_by_another_one_without_a_word(visit: Visit, open_house: House):
    """The first socket that is tried leads nowhere either."""
    open_house.call("a1")
    with Proxy(open_house.screens.port) as line:
        page = visit()
        quiet(page).forgive("WebSocket connection", "net::ERR_", "fetching the script")
        page.goto(f"{line.url}/screens/lobby-screen")
        expect(shown_number(page)).to_be_visible()
        with page.expect_websocket(timeout=20_000):
            line.freeze()
        line.heal()
        number = open_house.call("a2")

        expect(shown_number(page)).to_have_text(number, timeout=20_000)
        expect(page.locator("[data-connection]")).to_have_attribute("data-connection", "online")


def test_a_screen_of_two_branches_names_them(visit: Visit, open_house: House):
    open_house.call("a1")
    number = open_house.call_in_the_annex()
    page = visit(open_house.hall)

    expect(shown_number(page)).to_have_text(number)
    expect(current(page).locator("[data-branch]")).to_have_text("Annex <b>east</b>")
    expect(page.locator("[data-call]:not([aria-current]) [data-branch]").first).to_have_text("Main branch")
    expect(page.locator(".heading h1")).to_have_text("Main branch · Annex <b>east</b>")
    assert axe(page) == []
    assert shortcomings(page) == []


@pytest.mark.campaign
def test_a_screen_of_two_branches_shows_what_either_called_while_it_was_away(visit: Visit, open_house: House):
    before = open_house.call_in_the_annex()
    page = visit()
    quiet(page).forgive("WebSocket connection", "net::ERR_", "fetching the script")
    page.goto(open_house.hall)
    expect(shown_number(page)).to_have_text(before)
    page.evaluate(REMEMBER_SHOWN)
    together = [open_house.call("a1"), open_house.call_in_the_annex()]
    expect(page.locator("[data-call] [data-number]", has_text=together[-1])).to_be_visible()

    open_house.screens.kill()
    meanwhile = [open_house.call("a2"), open_house.call_in_the_annex(), open_house.call("a3")]
    open_house.screens.start()

    expect(shown_number(page)).to_have_text(meanwhile[-1], timeout=60_000)  # each has had its seconds, and its voice
    assert page.evaluate("shown") == [before, *together, *meanwhile]
