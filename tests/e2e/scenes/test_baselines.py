"""Lobby, kiosk and receipt look as they did when somebody last looked at them.

What is compared is a small picture: a part that moved, a colour, a word more or less is seen; how a letter is smoothed
is not. `make baselines` draws them anew, to be looked at before they are committed.
"""

from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image, ImageChops, ImageFilter
from playwright.sync_api import Browser, Page, expect

from tests.e2e.scenes.bank import Bank
from tests.e2e.scenes.playbill import SCENES
from tests.e2e.scenes.scene import Glass, Scene, size, staged

pytestmark = [pytest.mark.browser, pytest.mark.campaign, pytest.mark.timeout(300)]

BASELINES = Path(__file__).with_name("baselines")
LOOKED_AT = {
    "lobby": ("lobby: calls, and who waits", (1920, 1080)),
    "lobby-upright": ("lobby: with ticker and pictures", (1080, 1920)),
    "kiosk": ("kiosk: what there is", (1080, 1920)),
    "receipt": ("receipt", (302, 520)),
}
COVERED = "img, .qr"
"""Other each time: a secret address in squares."""

HIDDEN = ".queue-figures, .wait, .tile-note"
"""What is guessed of the wait: it is also longer or shorter each time."""

HIDE = "(hidden) => document.querySelectorAll(hidden).forEach((it) => (it.style.visibility = 'hidden'))"

SMALL = 480
FAINT = 40
"""A difference of brightness, of 255, that nobody sees."""

PERMITTED_WITHIN_MS = 1000
"""A lobby knows by then whether it may make a sound."""

MOST = 0.001
"""The share of a picture that may differ."""


@pytest.mark.parametrize("name", LOOKED_AT)
@pytest.mark.parametrize("language", ["en", "ar"])
def test_it_looks_as_it_did(
    browser: Browser, bank: Bank, pytestconfig: pytest.Config, name: str, language: str
) -> None:
    words, glass = LOOKED_AT[name]
    scene = next(scene for scene in SCENES if scene.name == words)
    kept = BASELINES / f"{name}-{language}.png"

    now = picture(browser, bank, scene, glass, language)
    if pytestconfig.getoption("--update-baselines"):
        now.save(kept, optimize=True)

    assert difference(now, Image.open(kept)) <= MOST


def picture(browser: Browser, bank: Bank, scene: Scene, glass: Glass, language: str) -> Image.Image:
    """The scene, small and in greys."""
    with staged(browser, bank, scene, language, viewport=size(glass)) as page:
        image = Image.open(BytesIO(seen(page)))
    small = image.convert("L").resize((SMALL, round(SMALL * image.height / image.width)), Image.Resampling.BOX)
    return small.filter(ImageFilter.GaussianBlur(1))


def seen(page: Page) -> bytes:
    """A page without what is other each time: also whether a lobby still asks for a touch; to look at it is one."""
    if page.locator(".lobby").count():
        page.wait_for_timeout(PERMITTED_WITHIN_MS)
        page.keyboard.press("Enter")
        expect(page.locator(".sound-note")).to_have_count(0)
    page.evaluate(HIDE, HIDDEN)
    return page.screenshot(mask=[page.locator(COVERED)], mask_color="#808080", animations="disabled")


def difference(one: Image.Image, other: Image.Image) -> float:
    """The share of two pictures that differs."""
    if one.size != other.size:
        return 1.0
    levels = ImageChops.difference(one, other).histogram()
    return sum(levels[FAINT:]) / (one.width * one.height)
