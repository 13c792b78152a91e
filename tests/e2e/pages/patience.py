"""The patience of a test with a page: it asks until the page's scripts can tell what it waits for."""

from playwright.sync_api import Page

from tests.e2e.browser import PATIENCE_MS


def until(page: Page, expression: str) -> None:
    """Wait for what a page's scripts can tell. (Playwright's own way is against our policy: it evaluates a string.)"""
    for _ in range(PATIENCE_MS // 50):
        if page.evaluate(expression):
            return
        page.wait_for_timeout(50)
    raise AssertionError(expression)
