"""The desk open on several devices of one agent: one of them rings, and never none."""

import json

import pytest
from playwright.sync_api import Page, expect
from websockets.sync.client import connect

from tests.e2e.browser import Visit, shortcomings
from tests.e2e.pages.desk import action, session
from tests.e2e.pages.office import Office, arrive, start_work

pytestmark = [pytest.mark.browser, pytest.mark.campaign]

COUNT_TONES = """const start = OscillatorNode.prototype.start;
  window.tones = 0;
  OscillatorNode.prototype.start = function (...at) {
    window.tones += 1;
    return start.apply(this, at);
  };"""
RINGS = "() => window.tones > 0"
ELSEWHERE = "It rings on another of your devices."


def touch(page: Page) -> None:
    """The agent does something there."""
    page.bring_to_front()
    page.locator("body").click(position={"x": 5, "y": 300})


def rings_alone(there: Page, silent: Page) -> None:
    """The offer rings at one of them; the other says so, and is quiet."""
    expect(silent.get_by_text(ELSEWHERE)).to_be_visible()
    expect(there.get_by_text(ELSEWHERE)).to_have_count(0)
    for _ in "12":  # what had begun before has ended by the second time
        for page in (there, silent):
            page.evaluate("window.tones = 0")
        there.wait_for_function(RINGS)
    assert silent.evaluate("window.tones") == 0


def test_it_rings_on_the_device_that_was_touched_last_and_on_another_when_that_is_closed(visit: Visit, office: Office):
    laptop, tablet = visit(), visit(width=820, height=1180)
    for page in (laptop, tablet):
        page.context.add_init_script(COUNT_TONES)
    start_work(laptop, office, "ben", poc=None)
    arrive(tablet, office, agent="ben")
    for page in (laptop, tablet):
        expect(session(page, "idle")).to_be_visible()
        touch(page)

    office.ask_for_advice("V061")
    rings_alone(tablet, laptop)
    assert shortcomings(laptop) == []
    touch(laptop)
    rings_alone(laptop, tablet)
    laptop.close()
    tablet.evaluate("window.tones = 0")
    tablet.wait_for_function(RINGS)

    expect(tablet.get_by_text(ELSEWHERE)).to_have_count(0)
    action(tablet, "decline").click()
    expect(session(tablet, "idle")).to_be_visible()


def test_a_device_that_could_ring_and_does_not_is_not_relied_upon(visit: Visit, office: Office):
    laptop = visit()
    laptop.context.add_init_script(COUNT_TONES)
    start_work(laptop, office, "ben", poc=None)
    touch(laptop)
    address, token = f"{office.url.replace('http', 'ws', 1)}/desk/socket", f"Bearer {office.token('ben')}"

    with connect(address, additional_headers={"Authorization": token}) as stuck:
        stuck.recv(timeout=30)
        stuck.send(json.dumps({"bell": "stuck", "sound": True, "idle_seconds": 0}))
        office.ask_for_advice("V062")
        laptop.wait_for_function(RINGS)

        action(laptop, "decline").click()
        expect(session(laptop, "idle")).to_be_visible()
