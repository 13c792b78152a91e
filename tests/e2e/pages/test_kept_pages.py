"""The server is gone and a page is loaded anew: it opens all the same, says so, and comes back by itself."""

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Visit, quiet
from tests.e2e.pages.house import House
from tests.e2e.pages.keeping import KEPT

pytestmark = [pytest.mark.browser, pytest.mark.campaign]


def kept(visit: Visit, url: str) -> Page:
    """A page that the browser has kept."""
    page = visit(url)
    quiet(page).forgive("Failed to load", "ERR_", "WebSocket")
    page.evaluate(KEPT)
    return page


def test_pages_open_without_the_server_and_come_back_with_it(visit: Visit, house: House):
    house.sit_down("a1")
    before = house.call("a1")
    ticket = house.take()
    kiosk, lobby = kept(visit, house.kiosk), kept(visit, house.lobby)
    phone = kept(visit, house.ticket_page(ticket))

    house.server.stop()
    house.screens.stop()
    try:
        for page in (kiosk, lobby, phone):
            page.reload()
            expect(page.locator("[data-connection]")).to_have_attribute("data-connection", "offline")
        kiosk.locator("[data-queue=cash]").click(force=True)
        expect(kiosk.get_by_role("alert")).to_contain_text("no connection")
        expect(kiosk.locator("[data-number]")).to_have_count(0)
        expect(phone.locator("[data-number]")).to_have_text(ticket["number"])
        expect(lobby.locator("[data-call]")).to_have_count(0)
        expect(lobby.get_by_text("may be out of date")).to_be_visible()
    finally:
        house.screens.start()
        house.server.start()

    for page in (kiosk, lobby, phone):
        expect(page.locator("[data-connection]")).to_have_attribute("data-connection", "online")
    expect(lobby.locator("[aria-current=true] [data-number]")).to_have_text(before)
