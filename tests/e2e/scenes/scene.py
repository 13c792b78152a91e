"""A page in one of its states: who looks at it, on which glass, and what was pressed before."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import Browser, BrowserContext, Page, ViewportSize

from tests.e2e.scenes.bank import Bank, login

Act = Callable[[Page], None]
Path = Callable[[Bank], str]
Glass = tuple[int, int]

PHONE: Glass = (390, 844)
LAPTOP: Glass = (1280, 800)
HALL: tuple[Glass, ...] = ((1920, 1080), (1080, 1920), (1024, 768), (1024, 1280), (2560, 1080))
DOOR: tuple[Glass, ...] = ((1080, 1920), (1280, 800))
DESK: tuple[Glass, ...] = (LAPTOP, (360, 720))
HAND: tuple[Glass, ...] = (PHONE, (1024, 768))
PAPER: tuple[Glass, ...] = ((302, 520),)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """`path` may need the bank to be known; `who` is signed in; `acts` are done in order once `ready` is seen."""

    name: str
    path: str | Path
    glasses: tuple[Glass, ...]
    who: str | None = None
    acts: tuple[Act, ...] = ()
    ready: str = "h1, h2"
    steady: bool = True
    """Whether a look at it leaves the bank as it was."""

    refused: str = "nothing"
    """What the browser complains of because the scene is about a refusal."""

    def address(self, bank: Bank, language: str) -> str:
        """Where it is, in a language."""
        path = self.path if isinstance(self.path, str) else self.path(bank)
        return f"{bank.url}{path}{'&' if '?' in path else '?'}lang={language}"


@contextmanager
def staged(
    browser: Browser,
    bank: Bank,
    scene: Scene,
    language: str,
    *,
    watch: Callable[[BrowserContext], object] = lambda _: None,
    **context: Any,
) -> Iterator[Page]:
    """The scene in a language on its first glass, at the bank's time, until the block ends; `watch` sees it begin."""
    made = browser.new_context(
        **{
            "viewport": size(scene.glasses[0]),
            "locale": "en-GB",
            "timezone_id": "Europe/Lisbon",
            "reduced_motion": "reduce",
            "color_scheme": "light",
        }
        | context
    )
    watch(made)
    try:
        yield _played(made, bank, scene, language)
    finally:
        made.close()


def _played(context: BrowserContext, bank: Bank, scene: Scene, language: str) -> Page:
    if scene.who is not None:
        context.request.post(f"{bank.url}/desk/api/session", data=login(scene.who))
    page = context.new_page()
    page.clock.set_fixed_time(bank.clock.at)
    page.goto(scene.address(bank, language))
    page.locator(scene.ready).first.wait_for(timeout=20_000)
    for act in scene.acts:
        act(page)
    page.wait_for_load_state("networkidle")
    page.evaluate("document.fonts.ready")
    return page


def size(glass: Glass) -> ViewportSize:
    """A glass as Playwright says it."""
    return {"width": glass[0], "height": glass[1]}


def press(selector: str, nth: int = 0) -> Act:
    """Press what this finds."""
    return lambda page: page.locator(selector).nth(nth).click()


def type_in(selector: str, text: str) -> Act:
    """Type into a field."""
    return lambda page: page.locator(selector).first.fill(text)


def see(selector: str) -> Act:
    """Wait until this is there."""
    return lambda page: page.locator(selector).first.wait_for()
