"""Every page and state: nothing a machine could say against it, in four languages and both themes; and no text is more.

`make campaign` runs this; `make test` looks at each page in a test of its own.
"""

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from qms.web.pages import again
from tests.e2e.browser import Quiet, axe, overflow, shortcomings
from tests.e2e.scenes.bank import Bank
from tests.e2e.scenes.playbill import SCENES
from tests.e2e.scenes.scene import PHONE, Scene, size, staged
from tests.e2e.scenes.spoilt import spoil
from tests.hostile import MARKUP

pytestmark = [pytest.mark.browser, pytest.mark.campaign, pytest.mark.timeout(1200)]

BUILT_BY_STRANGERS = """(ours) => [...document.querySelectorAll("*")].filter((it) =>
  [...it.attributes].some(({ name, value }) => name.startsWith("on") || value.trim().startsWith("javascript:"))
  || it.matches("base, object, embed, iframe, marquee, template:not([data-sending])")
  || it.matches("script:not([src])") && it.textContent !== ours)
  .map((it) => it.outerHTML.slice(0, 99))"""

SIDEWAYS = """() => [...document.querySelectorAll(".table-frame")].filter((it) => it.scrollWidth > it.clientWidth + 1)
  .map((it) => `${it.scrollWidth} in ${it.clientWidth}: ${it.textContent.trim().slice(0, 60)}`)"""

NAMELESS = {
    "lobby: not paired yet",
    "supervisor: sign in",
    "network: messages messages",
    "network: branch downtown",
    "network: webhook crm",
    "network: a file",
    "network: a file with mistakes",
    "network: history",
    "network: an earlier one",
    "webhooks",
    "webhooks: one of them",
    "webhooks: a test was sent",
    "keys",
    "keys: a new one",
    "own login",
    "own login: an app",
    "desk: sign in",
    "desk: a wrong password",
    "style guide",
    "nothing here",
}
"""Scenes in which nothing need be said that anybody has written, but for what stands in fields."""


REFUSED = {"network: what would change"}
"""Scenes in which the server takes nothing that bears such names."""


class Watched:
    """What a scene's context complains of, and whom it asks."""

    def __init__(self, scene: Scene) -> None:
        self._scene = scene
        self._quiet: Quiet | None = None
        self._dialogs: list[str] = []

    def watch(self, context: BrowserContext) -> None:
        """From its beginning on."""
        self._quiet = Quiet(context)
        self._quiet.forgive(f"status of {self._scene.refused}")
        self._quiet.forgive(
            "closed before the connection is established"
        )  # another line was faster, where all are slow
        context.on("dialog", self._dialog)

    def _dialog(self, dialog: Dialog) -> None:
        self._dialogs.append(dialog.message)
        dialog.dismiss()

    @property
    def found(self) -> list[str]:
        """Everything."""
        assert self._quiet is not None
        return [*self._quiet.complaints, *map(str, self._quiet.strangers), *self._dialogs]


@pytest.mark.parametrize("language", ["en", "es", "de", "ar"])
def test_nothing_is_wrong_with_any_page_in_any_state(browser: Browser, bank: Bank, language: str) -> None:
    wrong: dict[str, list[str]] = {}

    for scene in SCENES:
        watched = Watched(scene)
        with staged(browser, bank, scene, language, watch=watched.watch) as page:
            found = said_against(page, scene)
        if found or watched.found:
            wrong[scene.name] = found + watched.found

    assert wrong == {}


def said_against(page: Page, scene: Scene) -> list[str]:
    """In the light and in the dark; on each glass nothing is wider than it, on a telephone no table either."""
    found = shortcomings(page)
    page.emulate_media(color_scheme="dark")
    found += [f"dark: {it}" for it in axe(page)]
    for glass in scene.glasses[1:]:
        page.set_viewport_size(size(glass))
        found += [f"{glass[0]} wide: {it}" for it in overflow(page) + page.evaluate(SIDEWAYS) * (glass[0] <= PHONE[0])]
    return found


def test_what_bad_people_write_is_text_on_every_page(browser: Browser, bank: Bank) -> None:
    bank.opened.store.write(spoil)
    wrong: dict[str, list[str]] = {}
    nameless: set[str] = set()

    for scene in SCENES:
        if scene.name in REFUSED:
            continue
        watched = Watched(scene)
        with staged(browser, bank, scene, "en", watch=watched.watch) as page:
            built = page.evaluate(BUILT_BY_STRANGERS, str(again.SCRIPT))
            if MARKUP[0] not in (page.locator("html").text_content() or ""):
                nameless.add(scene.name)
        if built or watched.found:
            wrong[scene.name] = built + watched.found

    assert wrong == {}
    assert nameless <= NAMELESS
