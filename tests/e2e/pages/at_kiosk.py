"""What a visitor sees at a kiosk, by what it is."""

from playwright.sync_api import Locator, Page


def tile(page: Page, queue: str) -> Locator:
    """What a queue is chosen with."""
    return page.locator(f"[data-queue={queue}]")


def number(page: Page) -> Locator:
    """The number that was given."""
    return page.locator("[data-number]")
