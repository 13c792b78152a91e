"""A visitor is told in his browser: a whole Chromium, which subscribes, opens what is sealed for it, and shows it."""

import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.chromium import WHOLE
from tests.e2e.browser import ARGUMENTS, PATIENCE_MS, Quiet, Visit
from tests.e2e.pages.house import House
from tests.e2e.pages.house_network import NETWORK
from tests.e2e.pages.patience import until
from tests.e2e.turnero import serving
from tests.google_push import TOKEN, GooglePush
from tests.push_service import accepted

pytestmark = [pytest.mark.browser, pytest.mark.campaign]

NO_PUSH = "--disable-background-networking"
SHOWN = """navigator.serviceWorker.getRegistration(location.pathname)
  .then((worker) => worker?.getNotifications() ?? [])
  .then((all) => all.map(({ title, body, tag, data }) => ({ title, body, tag, data })))"""


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    """A house with a safe address: push services take messages of no other."""
    safe = {"PUBLIC_URL": "https://tickets.example", "WEBHOOK_ALLOW_CIDRS": "127.0.0.0/8"}
    with serving(tmp_path, NETWORK, **safe) as server:
        yield House(server, server)


@pytest.fixture
def google(tmp_path: Path) -> Iterator[GooglePush]:
    """Where the browser subscribes."""
    with GooglePush(tmp_path).serving() as service:
        yield service


@pytest.fixture
def telephone(browser: Browser, tmp_path: Path, google: GooglePush) -> Iterator[BrowserContext]:
    """A Chromium with a profile of its own (it subscribes nowhere in private windows), watched until the end."""
    context = browser.browser_type.launch_persistent_context(
        tmp_path / "profile",
        executable_path=WHOLE,
        args=[one for one in ARGUMENTS if one != NO_PUSH] + google.arguments,
        ignore_default_args=[NO_PUSH],
        locale="en-GB",
    )
    context.set_default_timeout(PATIENCE_MS)
    watched = Quiet(context)
    yield context
    context.close()
    watched.check()


def ask(page: Page, ticket_page: str) -> None:
    """Somebody wants to be told in this browser."""
    page.goto(ticket_page)
    page.get_by_role("link", name="Write to me when it is my turn").click()
    page.get_by_role("button", name="Tell me in this browser").click()


def shown(page: Page, title: str) -> dict[str, str]:
    """What the browser tells its owner, once that has this title; nothing else is there."""
    until(page, f"{SHOWN}.then((all) => all.map(({{ title }}) => title).join() === {title!r})")
    (told,) = page.evaluate(SHOWN)
    return dict(told)


def test_whose_page_is_closed_is_told_by_his_browser(house: House, google: GooglePush, telephone: BrowserContext):
    *_, mine = [house.take() for _ in range(3)]
    number, ticket_page = mine["number"], house.ticket_page(mine)
    telephone.grant_permissions(["notifications"], origin=house.url)
    page = telephone.new_page()
    ask(page, ticket_page)
    expect(page.get_by_role("button", name="This browser will tell you.")).to_be_disabled()
    (address,) = house.read("SELECT address FROM summons")
    assert address.startswith("https://")
    assert address.endswith(TOKEN)
    house.write("UPDATE summons SET address = :it", it=f"{google.origin}/push")  # there, and not where nobody listens

    house.sit_down("a1")
    house.do("a1", "next")
    near = shown(page, f"{number}: 1 person ahead of you")
    page.goto("about:blank")
    for _ in range(2):
        house.do("a1", "next")
    page.goto(ticket_page)
    come = shown(page, f"{number}: It is your turn")

    assert near["tag"] == come["tag"] == mine["id"]
    assert (come["body"], house.url + come["data"]) == ("Please go to Counter 1.", ticket_page)
    senders = {accepted(message, google.origin, time.time())["sub"] for message in google.received}
    assert senders == {"https://tickets.example"}


def test_who_does_not_allow_it_is_told_that_we_cannot(house: House, visit: Visit):
    page = visit()

    ask(page, house.ticket_page(house.take()))

    expect(page.get_by_role("button", name="This browser does not let us tell you.")).to_be_disabled()
    assert house.read("SELECT COUNT(*) FROM summons") == (0,)
