"""A live page that lost a script or its looks on the way is loaded again by itself, and not without end."""

import pytest
from playwright.sync_api import Page, Route, expect

from tests.e2e.browser import Visit, quiet
from tests.e2e.pages.at_kiosk import tile
from tests.e2e.pages.house import House

pytestmark = pytest.mark.browser


def losing(page: Page, file: str, times: int) -> list[str]:
    """The file is lost so many times; what was asked for."""
    asked: list[str] = []

    def lose(route: Route) -> None:
        asked.append(route.request.url)
        if len(asked) > times:
            route.continue_()
        else:
            route.abort("internetdisconnected")

    page.route(f"**/{file}", lose)
    quiet(page).forgive("net::ERR_", "Service Worker registration blocked")
    return asked


@pytest.mark.parametrize("file", ["kiosk/kiosk.js", "kiosk/flow.js", "kiosk/kiosk.css"])
def test_a_kiosk_is_there_after_all(visit: Visit, house: House, file: str):
    page = visit(service_workers="block")  # what it asks for would not be seen here
    asked = losing(page, file, 1)
    page.goto(house.kiosk)
    page.wait_for_event("load")

    expect(tile(page, "cash")).to_be_visible()
    assert len(asked) == 2


def test_a_lobby_is_there_after_all(visit: Visit, house: House):
    page = visit(service_workers="block")  # what it asks for would not be seen here
    losing(page, "screens/lobby.js", 1)
    page.goto(house.lobby)
    page.wait_for_event("load")

    expect(page.get_by_role("heading", level=2).first).to_be_visible()


def test_what_is_lost_for_good_is_asked_for_more_and_more_seldom(visit: Visit, house: House):
    page = visit(service_workers="block")  # what it asks for would not be seen here
    page.clock.install()
    asked = losing(page, "kiosk/kiosk.css", 99)
    page.goto(house.kiosk)

    for tries, seconds in enumerate((2, 4, 8), 1):
        page.clock.run_for(seconds * 1000 - 100)
        assert len(asked) == tries
        with page.expect_event("load"):
            page.clock.run_for(seconds * 1000 + 200)


def test_it_waits_for_a_server_that_is_away(visit: Visit, house: House):
    page = visit(service_workers="block")  # what it asks for would not be seen here
    losing(page, "kiosk/kiosk.js", 1)
    page.goto(house.kiosk)
    looked: list[str] = []

    def away(route: Route) -> None:
        looked.append(route.request.resource_type)
        if len(looked) > 1:
            route.continue_()
        else:
            route.fulfill(status=503)

    quiet(page).forgive("503")
    page.route(house.kiosk, away)

    expect(tile(page, "cash")).to_be_visible()
    assert looked == ["fetch", "fetch", "document"]
