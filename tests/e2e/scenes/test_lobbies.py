"""Lobby screens with all that they can show, on glasses of every shape: read from afar, nothing cut off or covered."""

import pytest
from playwright.sync_api import Browser, Page

from tests.e2e.browser import UNTOUCHED, overflow
from tests.e2e.pages.glass import (
    CUT_OFF,
    METRES,
    OUTSIDE,
    OVERLAPPING,
    PICTURE_SHARE,
    PLACE,
    PLACE_SHARE,
    WORDS,
)
from tests.e2e.scenes.bank import Bank
from tests.e2e.scenes.playbill import ALL_AT_ONCE, FULL, LOBBY, TOGETHER, UNCOUNTED
from tests.e2e.scenes.scene import HALL, Glass, size

pytestmark = [pytest.mark.browser, pytest.mark.campaign, pytest.mark.timeout(300)]

SQUARE: tuple[Glass, ...] = ((1024, 768), (1280, 1024), (1024, 1280), (1080, 1350))
DRAWN = """new Promise((drawn) => {
  let [before, still] = ["", 0];
  const look = () => {
    const boxes = [...document.querySelectorAll(".lobby *")].map((it) => it.getBoundingClientRect().toJSON());
    const now = JSON.stringify(boxes);
    [before, still] = [now, now === before ? still + 1 : 0];
    if (still < 6) requestAnimationFrame(look);
    else drawn();
  };
  look();
})"""
"""Nothing has moved for a while: a glass of another shape lists other queues, and only then sets its letters."""

COVERED = """() => {
  const strip = document.querySelector(".connection[data-connection=offline], .ticker");
  const above = [...document.querySelectorAll(".stage, .called, .band, .caution p, .media")];
  return strip ? above.filter((it) => it.getBoundingClientRect().bottom > strip.getBoundingClientRect().top + 1)
    .map((it) => it.className || it.textContent) : [];
}"""


def shown(browser: Browser, bank: Bank, path: str, *, cut_off: bool) -> Page:
    """A screen of the bank in German, whose words are the longest; it may make no sound, and says that, too."""
    page = browser.new_page(reduced_motion="reduce", timezone_id="Europe/Lisbon")
    page.add_init_script(UNTOUCHED)
    page.clock.set_fixed_time(bank.clock.at)
    if cut_off:
        page.route_web_socket("**/socket*", lambda socket: socket.close())
    page.goto(f"{bank.url}{path}?lang=de")
    page.locator(".lobby[data-offline] .caution" if cut_off else ".lobby .now").wait_for(timeout=30_000)
    page.locator(".sound-note").wait_for(timeout=30_000)
    page.evaluate("document.fonts.ready")
    return page


@pytest.mark.parametrize("path", [LOBBY, FULL, TOGETHER, ALL_AT_ONCE, UNCOUNTED])
@pytest.mark.parametrize("cut_off", [False, True], ids=["online", "offline"])
def test_calls_are_read_from_afar_whatever_else_is_shown(browser: Browser, bank: Bank, path: str, cut_off: bool):
    page = shown(browser, bank, path, cut_off=cut_off)

    for glass in {*HALL, *SQUARE}:
        page.set_viewport_size(size(glass))
        page.evaluate(DRAWN)
        assert page.evaluate(CUT_OFF, WORDS) == [], glass
        assert page.evaluate(COVERED) == [], glass
        assert page.evaluate(OUTSIDE) == [], glass
        assert not page.evaluate(OVERLAPPING), glass
        assert overflow(page) == [], glass
        assert page.evaluate(METRES, ".called [data-number]") >= 5.4, glass  # the shortest, on 43 inches
        assert page.evaluate(METRES, PLACE) * PLACE_SHARE >= 4.5, glass
        assert page.evaluate(METRES, ".called :is([data-poc], [data-branch])") >= 2.4, glass
        assert (page.evaluate(PICTURE_SHARE) or 1) >= 0.045, glass
    page.close()
