"""The agent's desk as its tests read it: buttons by their actions, states by their hooks."""

from playwright.sync_api import Locator, Page


def action(page: Page, name: str) -> Locator:
    """A button, as programs find it; strict: there is exactly one."""
    return page.locator(f"[data-action={name}]")


def number(page: Page) -> Locator:
    """The number of whoever rings or is at the desk."""
    return page.locator("[data-number]")


def session(page: Page, state: str) -> Locator:
    """The session in the bar, if it is in this state."""
    return page.locator(f"header [data-state={state}]")


def ticket(page: Page, state: str) -> Locator:
    """The visitor at the desk, if his ticket is in this state."""
    return page.locator(f"article[data-state={state}]")
