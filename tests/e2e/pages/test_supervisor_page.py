"""The supervisor's board in a browser, against the real server: what it shows, what can be done, and who may."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import quiet, shortcomings
from tests.e2e.pages.office import NETWORK, Office, arrive, fill_in
from tests.e2e.pages.supervisor import SUE
from tests.e2e.turnero import serving

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def shared_office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """One server for all tests of the module, with a supervisor."""
    with serving(tmp_path_factory.mktemp("supervised"), NETWORK + SUE) as server:
        yield Office(server)


@pytest.fixture
def office(shared_office: Office) -> Iterator[Office]:
    """The office, empty before and after."""
    yield shared_office
    shared_office.tidy_up()


def watch(page: Page, office: Office, *, query: str = "?branch=main", who: str = "sue") -> None:
    """Somebody who is signed in looks at the board."""
    arrive(page, office, f"/supervisor{query}", who)


def queue(page: Page, key: str) -> Locator:
    return page.locator(f"[data-queue={key}]")


def agent(page: Page, key: str) -> Locator:
    return page.locator(f"[data-agent={key}]")


def action(page: Page, name: str) -> Locator:
    return page.locator(f"dialog [data-action={name}]")


@pytest.mark.campaign  # the desk's and the lobby's are in make test
def test_the_board_follows_what_happens_and_is_right_after_an_outage(page, office):
    watch(page, office)
    expect(queue(page, "cash").locator("[data-waiting]")).to_have_text("0")
    assert shortcomings(page) == []

    number = office.take_number("cash")
    expect(queue(page, "cash").locator("[data-waiting]")).to_have_text("1")
    expect(page.locator("[data-alert=undeliverable]")).to_contain_text("Cash <b>desk</b>")
    assert shortcomings(page) == []
    quiet(page).forgive("WebSocket", "ERR_CONNECTION_REFUSED", "Failed to load")
    office.server.stop()
    expect(page.locator("[data-connection=offline]")).to_be_visible()
    office.server.start()
    expect(page.locator("[data-connection=online]")).to_be_attached()
    office.do("ana", "presence", {"state": "idle", "poc": "main/c1"}, method="PUT")
    office.do("ana", "next", {})

    expect(agent(page, "ana")).to_contain_text(number)
    expect(page.locator("[data-alert=undeliverable]")).to_have_count(0)
    expect(page.locator("[data-poc=c1]")).to_contain_text(number)


def test_a_line_is_put_in_another_order_and_a_visitor_given_to_an_agent(page, office):
    first, second = office.take_number("loans"), office.take_number("loans")
    office.do("eva", "presence", {"state": "idle", "poc": "main/c2"}, method="PUT")
    page.goto(f"{office.url}/supervisor?branch=main")
    fill_in(page, "sue")
    queue(page, "loans").locator("[data-action=line]").click()
    page.get_by_role("radio", name=second).check()

    action(page, "put-first").click()
    expect(page.get_by_text("Please say why")).to_be_visible()
    assert shortcomings(page) == []
    page.get_by_label("Put elsewhere, because").fill("with a small child")
    action(page, "put-first").click()
    expect(page.locator("dialog label[data-ticket]").first).to_contain_text(second)
    page.get_by_role("radio", name=first).check()
    page.get_by_label(f"Give {first} to").select_option(label="Eva Lund")
    action(page, "give").click()

    expect(page.locator("dialog [data-state=called]")).to_contain_text(first)
    action(page, "take-back").click()
    expect(page.locator("dialog [data-state=called]")).to_have_count(0)
    expect(page.locator("dialog label[data-ticket]")).to_have_count(2)


def test_an_agent_is_moved_assigned_and_sent_home(page, office):
    office.do("eva", "presence", {"state": "idle", "poc": "main/c2"}, method="PUT")
    watch(page, office)
    agent(page, "eva").locator("[data-action=agent]").click()
    assert shortcomings(page) == []

    page.get_by_label("Place").select_option(label="Counter 1")
    action(page, "move").click()
    expect(agent(page, "eva")).to_contain_text("Counter 1")
    page.get_by_role("checkbox", name="Video advice").check()
    action(page, "assign").click()
    expect(action(page, "own-queues")).to_be_visible()
    action(page, "away").click()
    expect(agent(page, "eva").locator("[data-state=away]")).to_be_visible()
    action(page, "offline").click()
    page.keyboard.press("Escape")

    expect(page.locator("details [data-agent=eva]")).to_be_attached()
    assert office.state("eva")["session"]["state"] == "offline"


def test_what_is_refused_is_said_where_it_was_asked(page, office):
    office.take_number("loans")
    office.do("eva", "presence", {"state": "idle", "poc": "main/c2"}, method="PUT")
    office.do("eva", "next", {})
    quiet(page).forgive("409")
    watch(page, office)
    agent(page, "eva").locator("[data-action=agent]").click()

    action(page, "offline").click()

    expect(page.locator("dialog [role=alert]")).to_contain_text("Take the ticket back first")


def test_a_notice_is_text_in_the_lobby_until_it_is_taken_down(page, visit, office):
    watch(page, office)
    page.locator("[data-action=notice]").click()
    page.get_by_label("What the screens say").fill("<b>Lift</b> out of order")
    assert shortcomings(page) == []
    action(page, "show-notice").click()

    expect(page.locator("[data-notice]")).to_contain_text("<b>Lift</b> out of order")
    lobby = visit(f"{office.url}/screens/lobby-screen-secret")
    expect(lobby.get_by_text("<b>Lift</b> out of order").first).to_be_visible()
    page.locator("[data-action=withdraw]").click()
    expect(page.locator("[data-notice]")).to_have_count(0)
    expect(lobby.get_by_text("<b>Lift</b> out of order")).to_have_count(0)


def test_the_bars_of_board_and_desk_lead_to_reports_and_devices(page, office):
    watch(page, office)
    expect(page.get_by_role("link", name="Reports")).to_have_attribute("href", "/reports")
    expect(page.get_by_role("link", name="Devices")).to_have_attribute("href", "/admin/devices")

    page.get_by_role("link", name="Desk").click()
    page.get_by_role("link", name="Reports").click()

    expect(page).to_have_url(f"{office.url}/reports")
    expect(page.get_by_role("heading", name="Reports")).to_be_visible()


def test_an_attendant_is_told_that_this_is_not_for_him(page, office):
    quiet(page).forgive("403")
    watch(page, office, who="ana")

    expect(page.get_by_role("heading", level=1)).to_have_text("This page is not for you")


@pytest.mark.parametrize(
    ("lang", "width", "theme"), [("ar", 360, "light"), ("es", 800, "contrast"), ("pt-BR", 1900, "dark")]
)
def test_every_language_width_and_theme_has_room(page, office, lang, width, theme):
    page.set_viewport_size({"width": width, "height": 900})
    office.take_number("cash")
    office.do("eva", "presence", {"state": "away", "reason": "lunch", "poc": "main/c2"}, method="PUT")

    watch(page, office, query=f"?lang={lang}&theme={theme}")

    expect(queue(page, "cash").first).to_be_visible()
    assert shortcomings(page) == []
