"""Waiting for a full day in a browser: by keyboard on a telephone, live, with and without a connection."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import Visit, axe, quiet, shortcomings
from tests.e2e.languages import some_languages
from tests.e2e.turnero import Turnero, serving

pytestmark = pytest.mark.browser
LANGUAGES = some_languages("waitlist")

TELEPHONE = {"width": 390, "height": 844}
NETWORK = """
[account]
slug = "acme"
name = "Acme Bank"
timezone = "America/Santiago"
languages = ["en"]

[[branch]]
key = "main"
label = "Main branch"
address = "1345 Main Street, CA"
pocs = [{ key = "c1", kind = "counter" }]

[[queue]]
key = "visits"
branches = ["main"]
mode = "counter"

[[agent]]
key = "ana"
firstname = "Ana"
queues = ["visits"]
schedule = { mon-fri = ["09:00-10:00"] }

[[form]]
key = "who"
fields = [{ name = "firstname", type = "text", label = "First name", required = true }]

[[service]]
key = "visit"
title = "A visit"
queue = "visits"
branch = "main"
agents = ["ana"]
automatic = true
duration_minutes = 60
form = "who"
"""


@pytest.fixture(scope="module")
def bank(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Turnero]:
    """A bank with one appointment a day, on a Monday morning."""
    with serving(tmp_path_factory.mktemp("bank"), NETWORK, CLOCK="2026-03-02T11:00:00Z") as server:
        yield server


def wrong(page: Page) -> list[str]:
    """What can be said against a page, in the light and in the dark."""
    found = shortcomings(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {it}" for it in axe(page)]
    page.emulate_media(color_scheme="light")
    return found


def booked(page: Page, bank: Turnero, day: str) -> None:
    """Somebody takes the only appointment of a day."""
    page.goto(f"{bank.url}/book/acme/visit?day={day}")
    page.locator("[data-slot]").first.click()
    page.locator("[name=firstname]").fill("Bob")
    page.locator("[data-action=book]").click()
    expect(page.locator("[data-code]")).to_be_visible()


def cancel(page: Page) -> None:
    """And cancels it."""
    page.locator("[data-action=cancel]").click()
    page.locator("main form button").first.click()
    expect(page.get_by_role("heading", name="The appointment was cancelled")).to_be_visible()


def wait_for(page: Page, bank: Turnero, day: str, name: str = "Ada", language: str = "en") -> None:
    """Somebody stands in line."""
    page.goto(f"{bank.url}/book/acme/visit/wait?day={day}&lang={language}")
    page.locator("[name=firstname]").fill(name)
    page.locator("[name=email]").fill(f"{name.lower()}@example.com")
    page.locator("[data-action=join]").click()
    expect(page.locator("[data-state=waiting]")).to_be_visible()


def test_somebody_waits_is_offered_a_place_and_takes_it_by_keyboard_alone(visit: Visit, bank: Turnero):
    other, phone = visit(), visit(timezone_id="America/Santiago", **TELEPHONE)
    quiet(phone).forgive("422")
    booked(other, bank, "2026-03-03")

    phone.goto(f"{bank.url}/book/acme/visit?day=2026-03-03")
    assert wrong(phone) == []
    phone.locator("[data-wait='2026-03-03']").press("Enter")
    phone.locator("[name=firstname]").press("Enter")
    expect(phone.get_by_role("alert").first).to_contain_text("2 answers need another look.")
    assert wrong(phone) == []
    phone.locator("[name=firstname]").fill("Ada")
    phone.locator("[name=email]").fill("ada@example.com")
    phone.locator("[name=email]").press("Enter")
    expect(phone.locator("[data-place]")).to_have_text("1")
    assert wrong(phone) == []

    cancel(other)
    expect(phone.get_by_role("heading", name="A place is free for you")).to_be_visible()
    expect(phone).to_have_title("A place is free for you · Acme Bank")
    expect(phone.get_by_text("We keep this time for you: 14:")).to_be_visible()
    assert wrong(phone) == []

    phone.locator("[data-action=book]").press("Enter")
    expect(phone.locator("[name=firstname]")).to_have_value("Ada")
    expect(phone.get_by_text("We keep this time for you: 14:")).to_be_visible()
    phone.locator("[name=firstname]").press("Enter")
    expect(phone.locator("[data-code]")).to_be_visible()


def test_who_declines_keeps_his_place_and_who_leaves_goes(visit: Visit, bank: Turnero):
    other, phone, next_one = visit(), visit(**TELEPHONE), visit(**TELEPHONE)
    booked(other, bank, "2026-03-04")
    wait_for(phone, bank, "2026-03-04")
    wait_for(next_one, bank, "2026-03-04", "Bea")
    expect(next_one.locator("[data-place]")).to_have_text("2")

    cancel(other)
    expect(phone.locator("[data-state=offered]")).to_be_visible()
    phone.locator("[data-action=decline]").click()
    expect(phone.locator("[data-place]")).to_have_text("1")
    expect(next_one.locator("[data-state=offered]")).to_be_visible()
    phone.locator("[data-action=leave]").click()

    expect(phone.locator("[data-state=left]")).to_be_visible()
    assert wrong(phone) == []


@pytest.mark.campaign  # seconds for each language
@pytest.mark.parametrize("language", LANGUAGES)
def test_it_fits_in_long_and_turned_languages(visit: Visit, bank: Turnero, language: str):
    other, phone = visit(), visit(**TELEPHONE)
    day = dict(zip(LANGUAGES, ("2026-03-05", "2026-03-06", "2026-03-09"), strict=True))[language]
    booked(other, bank, day)
    phone.goto(f"{bank.url}/book/acme/visit/wait?day={day}&lang={language}")
    assert wrong(phone) == []
    wait_for(phone, bank, day, language=language)
    assert wrong(phone) == []
    cancel(other)
    expect(phone.locator("[data-state=offered]")).to_be_visible()

    expect(phone.locator("html")).to_have_attribute("lang", language)
    assert wrong(phone) == []


@pytest.mark.campaign  # the desk's and the lobby's are in make test
def test_a_lost_connection_is_said_and_so_is_its_return(visit: Visit, bank: Turnero):
    other, phone = visit(), visit(**TELEPHONE)
    booked(other, bank, "2026-03-10")
    wait_for(phone, bank, "2026-03-10")

    quiet(phone).forgive("ERR_INTERNET_DISCONNECTED")
    phone.context.set_offline(True)
    expect(phone.locator("[data-connection=offline]")).to_be_visible()
    assert wrong(phone) == []
    phone.context.set_offline(False)

    expect(phone.locator("[data-connection=online]")).to_be_attached()
    expect(phone.get_by_text("There is no connection")).to_be_hidden()
