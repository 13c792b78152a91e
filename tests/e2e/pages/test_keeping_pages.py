"""The pages of keeping in a browser: made for keyboards and narrow screens, in both themes, and without scripts."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import shortcomings
from tests.e2e.pages.office import NETWORK, OWNER, Office, sign_in
from tests.e2e.turnero import serving

pytestmark = pytest.mark.browser

WEBHOOK = """
[[webhook]]
key = "crm"
url = "http://127.0.0.1:9/hook"
events = ["*"]
dialect = "native"
"""
PAGES = ("/admin/keys", "/admin/webhooks", "/admin/webhooks/crm", "/admin/people", "/admin/log?verify=1", "/own-login")


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office with an owner and a webhook that nobody answers."""
    with serving(tmp_path_factory.mktemp("kept"), NETWORK + OWNER + WEBHOOK) as server:
        yield Office(server)


def fill(page: Page, office: Office) -> None:
    """Something to see on every page; what is shown once is as good as the rest."""
    page.goto(f"{office.url}/admin/keys")
    page.get_by_label("Name").fill("Wall")
    page.get_by_label("reports.read").check()
    page.get_by_role("button", name="Make a key").first.click()
    expect(page.locator("[data-secret]")).to_contain_text("turnero_live_")
    assert shortcomings(page) == []
    page.goto(f"{office.url}/admin/webhooks/crm")
    page.get_by_role("button", name="Send a test").click()
    expect(page.locator("[data-delivery]")).to_contain_text("webhook.test")


@pytest.mark.parametrize(
    ("language", "theme"), [("en", "light"), pytest.param("ar", "dark", marks=pytest.mark.campaign)]
)
def test_every_page_can_be_used_by_everybody(visit, office, language, theme):
    page = visit(width=360, color_scheme=theme)
    sign_in(page, office, "olga")
    if language == "en":
        fill(page, office)

    for path in PAGES:
        page.goto(f"{office.url}{path}{'&' if '?' in path else '?'}lang={language}")
        assert shortcomings(page) == [], path
    page.goto(f"{office.url}/own-login?lang={language}")
    page.locator("form:has(input[value=set_up]) button").click()
    expect(page.locator(".qr svg")).to_be_visible()
    assert shortcomings(page) == []
    page.goto(f"{office.url}/admin/people?lang={language}")
    page.locator("[data-person=ana] a").click()
    assert shortcomings(page) == []
