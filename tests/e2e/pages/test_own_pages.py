"""A logo, a colour that is too light and a queue's name in two languages are given, and visitors see them."""

from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

import qms.web.pages
from qms.domain.colour import contrast
from tests.e2e.browser import Visit, quiet, shortcomings
from tests.e2e.pages.keeping import KEPT
from tests.e2e.turnero import Turnero, serving

pytestmark = [pytest.mark.browser, pytest.mark.campaign]

PASSWORD = "a-good-password"
SHAPES = '<script>x()</script><circle cx="9" cy="9" r="9"/>'
LOGO = f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 60 20">{SHAPES}</svg>'
LETTERS = next((Path(qms.web.pages.__file__).parent / "static/vendor/fonts").glob("atkinson*latin-w*.woff2"))
SPOKEN = {"es": "Caja", "ar": "الصندوق"}
NETWORK = f"""
[account]
slug = "acme"
name = "Acme"
languages = ["en", "es", "ar"]

[[branch]]
key = "main"
label = "Main"
pocs = [{{ key = "1", label = "Counter 1", kind = "counter" }}]

[[queue]]
key = "cash"
name = "Cash desk"
branches = ["main"]
mode = "counter"

[[agent]]
key = "olga"
email = "olga@acme.example"
password = "{PASSWORD}"
role = "owner"
queues = ["cash"]

[[service]]
key = "advice"
title = "Cash desk"
queue = "cash"
branch = "main"
agents = ["olga"]

[[screen]]
key = "lobby"
branch = "main"
token = "a-lobby-of-our-own"

[[kiosk]]
key = "door"
branch = "main"
token = "a-kiosk-of-our-own"
"""


@pytest.fixture
def server(tmp_path: Path):
    """A server with one branch."""
    with serving(tmp_path, NETWORK) as turnero:
        yield turnero


def sign_in(page: Page, url: str) -> None:
    page.goto(f"{url}/admin/brand")
    for name, text in {"account": "acme", "email": "olga@acme.example", "password": PASSWORD}.items():
        page.fill(f"[name={name}]", text)
    page.press("[name=password]", "Enter")
    page.wait_for_selector("[data-state]")


def give_a_brand(page: Page, url: str) -> None:
    """Put a logo up, look at a colour that is too light for text, and choose both."""
    page.goto(f"{url}/admin/brand")
    logo: FilePayload = {"name": "acme.svg", "mimeType": "image/svg+xml", "buffer": LOGO.encode()}
    page.locator("[name=file]").set_input_files(logo)
    page.get_by_role("button", name="Put it up").click()
    page.locator("[name=accent]").fill("#fff2a8")
    page.locator("[name=logo]").select_option("acme.svg")
    page.get_by_role("button", name="Look at it").click()
    expect(page.locator("[data-use=accent-text-light]")).to_contain_text("corrected")
    assert shortcomings(page) == []
    page.get_by_role("button", name="Make the change").click()
    expect(page.get_by_role("alert")).to_contain_text("It is done")


def translate(page: Page, url: str) -> None:
    """Give the queue's name in Spanish and Arabic."""
    page.goto(f"{url}/admin/translations")
    row = page.locator("tr", has_text="Cash desk")
    for tag, text in SPOKEN.items():
        row.locator(f"textarea[lang={tag}]").fill(text)
    assert shortcomings(page) == []
    page.get_by_role("button", name="Make the change").click()
    expect(page.get_by_role("alert")).to_contain_text("It is done")


def link_colour(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--link').trim()")


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_visitors_see_the_logo_the_corrected_colour_and_their_own_words(server: Turnero, visit: Visit, scheme: str):
    admin = visit(color_scheme=scheme)
    quiet(admin).forgive("401")
    sign_in(admin, server.url)
    give_a_brand(admin, server.url)
    translate(admin, server.url)

    kiosk = visit(f"{server.url}/kiosk/a-kiosk-of-our-own", width=1080, height=1920, color_scheme=scheme)
    expect(kiosk.locator("[data-queue=cash]")).to_contain_text("Cash desk")
    kiosk.get_by_role("button", name="العربية").click()
    expect(kiosk.locator("[data-queue=cash]")).to_contain_text(SPOKEN["ar"])
    ground = "#ffffff" if scheme == "light" else "#15231f"
    assert contrast(link_colour(kiosk), ground) >= 4.5
    assert shortcomings(kiosk) == []
    kiosk.locator("[data-queue=cash]").click()
    number = kiosk.locator("[data-number]").inner_text()
    ticket = kiosk.locator(".taken-qr").get_attribute("src").removesuffix("/qr.svg")  # type: ignore[union-attr]

    lobby = visit(f"{server.url}/screens/a-lobby-of-our-own?lang=es", width=1920, height=1080, color_scheme=scheme)
    phone = visit(f"{server.url}{ticket}?lang=ar", width=390, height=844, color_scheme=scheme)
    booking = visit(f"{server.url}/book/acme?lang=es", width=390, height=844, color_scheme=scheme)
    receipt = visit(f"{server.url}{ticket}/receipt?lang=es")
    expect(lobby.locator(".band")).to_contain_text(SPOKEN["es"])
    expect(phone.locator("[data-number]")).to_have_text(number)
    expect(phone.get_by_text(SPOKEN["ar"])).to_be_visible()
    expect(booking.get_by_text(SPOKEN["es"])).to_be_visible()
    expect(receipt.get_by_text(SPOKEN["es"])).to_be_visible()
    for page in (kiosk, lobby, phone, booking, receipt):
        drawn = page.locator(".own-logo").evaluate("(it) => it.complete && it.naturalWidth > 0")
        assert drawn, page.url
    for page in (lobby, phone, booking):
        assert shortcomings(page) == []


def test_what_is_an_accounts_own_is_kept_with_its_page_when_the_server_is_gone(server: Turnero, visit: Visit):
    with server.folder.joinpath("acme.svg").open("w") as file:
        file.write(LOGO)
    server.folder.joinpath("acme.woff2").write_bytes(LETTERS.read_bytes())
    brand = 'languages = ["en", "es", "ar"]\nbrand = { logo = "acme.svg", accent = "#fff2a8", font = "acme.woff2" }'
    words = f'[translations.ar]\n"Cash desk" = "{SPOKEN["ar"]}"\n\n[[branch]]'
    server.apply(NETWORK.replace('languages = ["en", "es", "ar"]', brand).replace("[[branch]]", words))
    kiosk = visit(f"{server.url}/kiosk/a-kiosk-of-our-own?lang=ar")
    quiet(kiosk).forgive("Failed to load", "ERR_", "WebSocket")
    kiosk.evaluate(KEPT)
    before = link_colour(kiosk)

    server.stop()
    try:
        kiosk.reload()
        expect(kiosk.locator("[data-connection]")).to_have_attribute("data-connection", "offline")
        expect(kiosk.locator("[data-queue=cash]")).to_contain_text(SPOKEN["ar"])
        assert kiosk.locator(".own-logo").evaluate("(it) => it.complete && it.naturalWidth > 0")
        assert link_colour(kiosk) == before != "#0a5a51"
        assert kiosk.evaluate("document.fonts.load('16px Own').then((faces) => faces.length)") == 1
    finally:
        server.start()
