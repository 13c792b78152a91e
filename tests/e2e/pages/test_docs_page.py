"""The interfaces for programs in a browser: Swagger UI under our own policy, with a request tried from the page."""

import pytest
from playwright.sync_api import expect

from tests.e2e.browser import Visit, axe, overflow
from tests.e2e.pages.house import House

pytestmark = pytest.mark.browser


def test_the_interfaces_are_read_and_tried_in_the_page(visit: Visit, house: House):
    page = visit(f"{house.url}/docs#/Server/Server.version", color_scheme="dark")

    # Swagger UI takes seconds over half a megabyte of document: a minute, where four browsers share two processors.
    page.get_by_role("button", name="Try it out").click(timeout=90_000)
    page.get_by_role("button", name="Execute").click(timeout=30_000)

    expect(page.locator(".live-responses-table .response-col_status").last).to_contain_text("200")
    expect(page.locator("html")).to_have_class("dark-mode")
    page.emulate_media(color_scheme="light")  # by day the colours are ours
    assert axe(page) == []
    page.set_viewport_size({"width": 360, "height": 720})
    assert overflow(page) == []
