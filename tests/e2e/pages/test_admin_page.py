"""From an empty installation to the first call, then a change and back, in a browser against the real server."""

from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from qms.services.setting_up import password_of
from tests.e2e.browser import quiet, shortcomings
from tests.e2e.turnero import serving

pytestmark = [pytest.mark.browser, pytest.mark.campaign]

SECRET = "a secret of at least thirty-two bytes"
PASSWORD = "a-good-password"
ANSWERS = {
    "account": "Café Ñandú",
    "timezone": "Europe/Lisbon",
    "branch": "Centro",
    "queues": "Cash <b>desk</b>\nHelp",
    "firstname": "Olga",
    "email": "olga@cafe.example",
    "password": PASSWORD,
}


@pytest.fixture
def bare(tmp_path: Path):
    """A server that nothing was applied to."""
    with serving(tmp_path, None, SECRET_KEY=SECRET) as turnero:
        yield turnero


def set_up(page: Page) -> None:
    """Go through the setup, with the password wrong at first, and end at the addresses."""
    quiet(page).forgive("403", "404")
    page.get_by_label("One-time password").fill("wrong")
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("not the password")
    page.get_by_label("One-time password").fill(password_of(SECRET.encode()))
    page.keyboard.press("Enter")
    for name, text in ANSWERS.items():
        page.locator(f"[name={name}]").fill(text)
    assert shortcomings(page) == []
    page.get_by_role("button", name="Set up").click()
    expect(page.get_by_role("heading", name="The first call")).to_be_visible()


def test_an_empty_installation_is_set_up_calls_somebody_and_is_changed_and_changed_back(bare, visit):
    page = visit(f"{bare.url}/setup", width=360, color_scheme="dark")
    assert shortcomings(page) == []
    set_up(page)
    assert shortcomings(page) == []
    at = {one.get_attribute("data-address"): one.get_attribute("href") for one in page.locator("[data-address]").all()}
    here = {name: bare.url + "/" + address.split("/", 3)[3] for name, address in at.items()}

    lobby, kiosk, desk = (page.context.new_page() for _ in range(3))
    lobby.goto(here["Lobby screen"])
    kiosk.goto(here["Kiosk"])
    kiosk.locator("[data-queue]").first.click()
    number = kiosk.locator("[data-number]").first.inner_text()
    desk.goto(here["Desk"])
    desk.locator("[name=poc]").select_option(index=1)
    desk.locator("[data-action=idle]").first.click()
    desk.locator("[data-action=next]").first.click()
    expect(lobby.locator("[data-number]").first).to_have_text(number)

    page.goto(f"{bare.url}/admin/network/queue/help")
    page.locator("[name=name]").fill("Information")
    page.locator("[name=name]").press("Enter")
    expect(page.locator("[data-change]")).to_contain_text('"Help" → "Information"')
    assert shortcomings(page) == []
    page.get_by_role("button", name="Make the change").click()
    expect(page.locator("[data-key=help]")).to_have_text("Information")
    for path in ("/admin", "/admin/network/branch/centro", "/admin/history", "/admin/import"):
        page.goto(f"{bare.url}{path}?lang=ar")
        assert shortcomings(page) == []
    page.goto(f"{bare.url}/admin/history/1")
    page.get_by_role("button", name="Bring the network back").click()
    page.get_by_role("button", name="Make the change").click()
    expect(page.locator("[data-revision]")).to_have_count(3)

    assert page.goto(f"{bare.url}/setup").status == 404
