"""The screen at a point of contact: take a seat, who comes, the way into the conversation."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Visit, quiet, shortcomings
from tests.e2e.pages.house import House
from tests.e2e.pages.patience import until

pytestmark = pytest.mark.browser

ROOM = re.compile(r"^https://meet\.example\.com/[0-9a-f]{32}$")


def test_it_welcomes_whoever_is_sent_there_and_leads_into_the_room(visit: Visit, house: House):
    house.sit_down("a4")
    page = visit(house.poc)
    expect(page.locator("[data-poc]")).to_have_text("Booth <b>A</b>")
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "free")
    assert shortcomings(page) == []

    house.show("V-777")

    expect(page.locator("[data-state]")).to_have_attribute("data-state", "serving")
    expect(page.locator("[data-number]")).to_have_text("V-777")
    expect(page.get_by_text("Please take a seat")).to_be_visible()
    expect(page.get_by_text("Elena is with you.")).to_be_visible()
    expect(page).to_have_title("V-777 · Booth <b>A</b>")
    expect(page.get_by_role("link", name="Start the conversation")).to_have_attribute("href", ROOM)
    assert shortcomings(page) == []

    house.do("a4", "ticket/finish")
    expect(page.locator("[data-state]")).to_have_attribute("data-state", "free")
    expect(page.get_by_role("link", name="Start the conversation")).to_have_count(0)


def test_a_device_that_may_opens_the_room_by_itself_and_only_once(visit: Visit, house: House):
    house.sit_down("a4")
    page = visit()
    page.context.route("https://meet.example.com/**", lambda route: route.fulfill(body="the room"))
    page.add_init_script("window.opened = []; window.open = (url) => void opened.push(url)")
    page.goto(f"{house.poc}?open=auto")

    house.show("V-1")

    expect(page.locator("[data-number]")).to_have_text("V-1")
    until(page, "opened.length === 1")
    assert ROOM.match(page.evaluate("opened[0]"))
    page.reload()
    expect(page.locator("[data-number]")).to_have_text("V-1")
    assert page.evaluate("opened") == []


@pytest.mark.parametrize("query", ["?theme=dark", "?lang=ar"])
def test_nothing_is_wrong_with_the_page(visit: Visit, house: House, query: str):
    house.sit_down("a4")
    house.show("Q-" + "1234567890" * 4 + "12345678")

    page = visit(house.poc + query, width=800, height=600)

    expect(page.locator("[data-number]")).to_be_visible()
    assert shortcomings(page) == []


def test_an_unknown_place_says_so(visit: Visit, house: House):
    page = visit()
    quiet(page).forgive("404")

    page.goto(f"{house.url}/poc/nobody")

    expect(page.get_by_role("heading")).to_have_text("There is nothing at this address")
