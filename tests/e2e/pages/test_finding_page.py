"""Somebody of a large house finds one of many: by typing, without scripts, and again when he comes back."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import shortcomings
from tests.e2e.pages.glass import PICTURE
from tests.e2e.pages.office import NETWORK, Office, sign_in
from tests.e2e.turnero import serving

pytestmark = pytest.mark.browser

NAMES = ("José", "Zoë", "Weiß", "<b>Ana</b>", "أحمد")
LARGE = """
[[agent]]
key = "olga"
firstname = "Olga"
email = "olga@acme.example"
password = "a-good-password"
role = "owner"
queues = []
""" + "".join(
    f"""
[[agent]]
key = "agent-{n}"
firstname = "{NAMES[n % len(NAMES)]}"
lastname = "Number {n}"
role = "attendant"
queues = []

[[queue]]
key = "queue-{n}"
name = "Matter {n}"
prefix = "{n}Q"
branches = ["north"]
mode = "counter"

[[screen]]
key = "screen-{n}"
name = "Salón {n}"
branch = "north"
token = "screen-north-{n}"
"""
    for n in range(30)
)
ENTRIES = "[data-find]:visible"
PAGES = {
    "/admin/network/agent": "weiss",
    "/admin/people": "jose attendant",
    "/admin/addresses": "salon",
    "/admin/devices": "salon north",
}
"""Pages with a long list, and what is found on them."""


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    """An office of many people, queues and screens."""
    with serving(tmp_path_factory.mktemp("large"), NETWORK + LARGE) as server:
        yield Office(server)


def field(page: Page):
    """The field that shortens the list."""
    return page.get_by_role("searchbox", name="Search")


def test_what_is_typed_shortens_the_list_and_is_there_when_one_comes_back(visit, office):
    page = visit(width=360)
    sign_in(page, office, "olga")
    page.goto(f"{office.url}/admin/network/agent?done=1")
    told = page.locator(".finder [role=status]")
    whole = page.locator(ENTRIES).count()
    expect(told).to_have_text(f"Shown: {whole} of {whole}")

    field(page).press_sequentially("NUMBER josé 1")
    expect(page.locator(ENTRIES)).to_have_count(2)
    expect(told).to_have_text(f"Shown: 2 of {whole}")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("agent-10")

    page.go_back()
    expect(field(page)).to_have_value("NUMBER josé 1")
    expect(page.locator(ENTRIES)).to_have_count(2)
    field(page).press("Escape")
    expect(page.locator(ENTRIES)).to_have_count(whole)
    assert "find=" not in page.url
    field(page).fill("nobody is called so")
    field(page).press("Enter")
    expect(told).to_have_text(f"Shown: 0 of {whole}")
    assert page.url.endswith("find=nobody+is+called+so")


@pytest.mark.parametrize(("language", "theme"), [("en", "light"), ("ar", "dark")])
def test_every_long_list_can_be_shortened_by_everybody(visit, office, language, theme):
    page = visit(width=360, color_scheme=theme)
    sign_in(page, office, "olga")
    page.wait_for_selector("[data-state]")
    for path, wanted in PAGES.items():
        page.goto(f"{office.url}{path}?lang={language}")
        page.wait_for_selector("[data-find]")
        whole = page.locator(ENTRIES).count()

        page.get_by_role("searchbox").fill(wanted if language == "en" else wanted.split()[0])

        expect(page.locator("[data-find][hidden]").first).to_be_attached()
        assert (path, 0 < page.locator(ENTRIES).count() < whole) == (path, True)
        assert shortcomings(page) == []


def test_in_a_form_a_field_shortens_a_list_and_nothing_of_it_is_sent(visit, office):
    page = visit(width=360)
    sign_in(page, office, "olga")
    page.goto(f"{office.url}/admin/network/agent/agent-3")
    queues = page.locator("[id='list-queues']")
    search = page.locator("[data-finds='list-queues'] [type=search]")

    search.fill("matter 27")
    expect(queues.locator(ENTRIES)).to_have_count(1)
    search.press("Enter")
    queues.get_by_label("Matter 27").fill("5")
    assert shortcomings(page) == []
    page.get_by_role("button", name="Look at the change").last.click()

    expect(page.locator("[data-change]")).to_contain_text("queue-27")


def test_what_is_put_up_is_found_beside_the_devices(visit, office):
    page = visit(width=360)
    sign_in(page, office, "olga")
    page.wait_for_selector("[data-state]")
    page.goto(f"{office.url}/admin/devices?find=salon+2")
    expect(page.locator("#device-list > li:visible")).to_have_count(12)
    for n in range(13):
        there = f"{office.url}/desk/api/media/offer-{n}.png"
        assert page.request.put(there, data=PICTURE, headers={"Origin": office.url}).ok

    search = page.locator("#find-put-up-list")
    search.fill("OFFER-12")

    expect(page.locator("#put-up-list > li:visible")).to_have_count(1)
    expect(page.locator("#device-list > li:visible")).to_have_count(12)
    assert "salon" in page.url
    page.get_by_role("button", name="Remove offer-12.png").click()
    expect(search).to_have_count(0)
    expect(page.locator("#put-up-list > li:visible")).to_have_count(12)
    assert shortcomings(page) == []


def test_without_scripts_the_server_finds(browser, office):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": "turnero_desk", "value": office.token("olga"), "url": office.url}])
    page = context.new_page()
    page.goto(f"{office.url}/admin/people?lang=en")

    field(page).fill("zoe")
    page.get_by_role("button", name="Show").click()

    expect(page.locator(ENTRIES)).to_have_count(6)
    expect(page.locator(".finder [role=status]")).to_have_text("Shown: 6 of 35")
    assert "lang=en" in page.url
    context.close()
