"""What a visitor sees at a kiosk, by what it is."""

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.e2e.browser import Visit
from tests.e2e.pages.house import House


def tile(page: Page, queue: str) -> Locator:
    """What a queue is chosen with."""
    return page.locator(f"[data-queue={queue}]")


def number(page: Page) -> Locator:
    """The number that was given."""
    return page.locator("[data-number]")


@pytest.fixture
def kiosk(visit: Visit, house: House) -> Page:
    """A kiosk that stands upright, and is drawn: who loses requests from here on loses none that the page needs."""
    page = visit(house.kiosk, width=1080, height=1920)
    expect(tile(page, "cash")).to_be_visible()
    return page
