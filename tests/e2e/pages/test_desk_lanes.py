"""Several people at one desk, in a browser against the real server."""

import json
import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from tests.e2e.browser import quiet, shortcomings
from tests.e2e.pages.office import NETWORK, Office, arrive
from tests.e2e.turnero import serving

pytestmark = pytest.mark.browser

BOOTH = '{ key = "b1", label = "Box 1", kind = "booth" },'
CHATS = NETWORK.replace('key = "video"\n', 'key = "video"\ncapacity = 3\n', 1).replace('form = "intake"\n', "", 1)
CHATS = CHATS.replace(BOOTH, "\n".join(BOOTH.replace("1", str(n)) for n in range(1, 5)), 1)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    with serving(tmp_path_factory.mktemp("chats"), CHATS) as server:
        yield Office(server)


def somebody_writes(office: Office, number: str) -> None:
    """A vendor sends somebody who wants to chat."""
    path = "/public/video-contact-center/branches/main/queues/video"
    office._ask("POST", path, {"ticketId": number}, token=office._key)


def lane(page: Page, number: str):
    return page.locator("[data-lane]", has_text=number)


def shown(page: Page, name: str) -> None:
    """A picture to look at, where somebody wants one."""
    folder = os.environ.get("PICTURES")
    if folder:
        page.screenshot(path=str(Path(folder) / f"{name}.png"))


def test_three_at_once_each_with_the_one_thing_to_do_next(page, office):
    quiet(page)
    arrive(page, office, agent="ben")
    page.locator("[data-action=idle]").click()
    expect(page.locator("header [data-state=idle]")).to_be_visible()
    for number in ("V901", "V902", "V903"):
        somebody_writes(office, number)

    expect(page.locator("[data-lane]")).to_have_count(3)
    shown(page, "ringing")
    for number in ("V901", "V902", "V903"):
        lane(page, number).locator("[data-action=answer]").click()
        expect(lane(page, number)).to_have_attribute("data-state", "serving")
    shown(page, "serving")
    assert shortcomings(page) == []

    lane(page, "V902").get_by_role("button", name="V902").first.click()
    expect(page.locator("[data-number]")).to_have_text("V902")
    lane(page, "V901").locator("[data-action=finish]").click()
    expect(page.locator("[data-lane]")).to_have_count(2)
    expect(page.locator("[data-number]")).to_have_text("V902")
    page.locator("[data-primary]").click()
    expect(page.locator("[data-lane]")).to_have_count(1)
    expect(page.locator("[data-number]")).to_have_text("V903")
    assert [one["ticket"]["number"] for one in office.state("ben")["lanes"]] == ["V903"]

    somebody_writes(office, "V904")
    expect(lane(page, "V904").locator("[data-action=answer]")).to_be_visible()
    expect(page).to_have_title("● V904 is ringing – Desk")
    shown(page, "beside")
    page.set_viewport_size({"width": 360, "height": 740})
    shown(page, "narrow")
    assert shortcomings(page) == []
    wide = (
        "[...document.querySelectorAll('.lanes, .lanes *')].filter(e => e.getBoundingClientRect().right > innerWidth)"
    )
    assert page.evaluate(f"{wide}.length") == 0


def test_a_program_sees_the_lanes_and_names_the_ticket(office):
    state = office.state("ben")

    assert (state["capacity"], json.dumps(state["lanes"]).count('"lane":')) == (3, len(state["lanes"]))
