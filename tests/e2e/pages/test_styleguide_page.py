"""The style guide: what pages are made of, in every theme; and how the first page of all reads in every language."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import expect

from qms.web.pages import SHIPPED
from qms.web.pages.languages import PSEUDO
from tests.e2e.browser import Visit, axe, overflow, shortcomings
from tests.e2e.pages.house_network import NETWORK
from tests.e2e.turnero import Turnero, serving

pytestmark = pytest.mark.browser
TAGS = [language.tag for language in (*SHIPPED, PSEUDO)]


@pytest.fixture(scope="module")
def sandbox(tmp_path_factory) -> Iterator[Turnero]:
    with serving(tmp_path_factory.mktemp("sandbox"), NETWORK, CLOCK="2026-03-02T14:00:00Z*1") as turnero:
        yield turnero


def test_every_part_is_sound_in_every_theme(visit: Visit, sandbox: Turnero):
    page = visit(f"{sandbox.url}/styleguide?theme=light")

    expect(page.get_by_role("heading", name="What others made")).to_be_visible()
    page.get_by_role("button", name="Show a toast").click()
    for theme in ("light", "dark", "contrast"):
        page.locator("html").evaluate("(html, theme) => { html.dataset.theme = theme; }", theme)
        assert axe(page) == []

    page.get_by_role("button", name="Open a dialog").click()
    page.set_viewport_size({"width": 360, "height": 720})
    assert shortcomings(page) == []


def test_a_narrow_page_holds_every_language(visit: Visit, sandbox: Turnero):
    page = visit(f"{sandbox.url}/desk", viewport={"width": 360, "height": 720})

    for tag in TAGS:
        page.goto(f"{sandbox.url}/desk?lang={tag}")
        expect(page.locator("html")).to_have_attribute("lang", tag)
        expect(page.get_by_role("textbox").first).to_be_visible()
        assert overflow(page) == [], tag
