"""`python -m tests.e2e.scenes [FOLDER] [--only WORDS] [--languages en,de,ar] [--themes light,dark] [--single]`.

A contact sheet of every page and state (all glasses, themes and languages of it), and `index.html` with all of them;
`--single` keeps each picture in its full size beside its sheet.
"""

import argparse
import re
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import Browser, Error, Page, sync_playwright

from server import logs
from tests.chromium import CHROMIUM
from tests.e2e.browser import ARGUMENTS
from tests.e2e.scenes.bank import Bank, network
from tests.e2e.scenes.playbill import SCENES
from tests.e2e.scenes.scene import HALL, Scene, size, staged
from tests.e2e.scenes.sheet import Shot, contact_sheet, index
from tests.e2e.scenes.still import still


def main() -> int:
    """Draw what is asked for; 1 where something of it could not be seen."""
    asked = _asked()
    asked.folder.mkdir(parents=True, exist_ok=True)
    logs.configure("error")
    wanted = [scene for scene in SCENES if asked.only in scene.name]
    with tempfile.TemporaryDirectory() as kept, still(Path(kept), network()) as opened, sync_playwright() as playwright:
        bank = Bank(opened)
        bank.open()
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        failed = [scene.name for scene in wanted if not _drawn(browser, bank, scene, asked)]
        browser.close()
    index([(it.name, f"{_plain(it.name)}.png") for it in wanted if it.name not in failed], asked.folder / "index.html")
    return int(bool(failed))


def _asked() -> argparse.Namespace:
    asking = argparse.ArgumentParser(description="Draw contact sheets of every page.")
    asking.add_argument("folder", nargs="?", type=Path, default=Path("build/shots"))
    asking.add_argument("--only", default="", help="only pages with these words in their name")
    asking.add_argument("--languages", type=lambda it: it.split(","), default=["en", "de", "ar"])
    asking.add_argument("--themes", type=lambda it: it.split(","), default=["light", "dark"])
    asking.add_argument("--single", action="store_true", help="keep each picture by itself, too")
    return asking.parse_args()


def _drawn(browser: Browser, bank: Bank, scene: Scene, asked: argparse.Namespace) -> bool:
    began = time.monotonic()
    try:
        rows = list(_rows(browser, bank, scene, asked))
    except Error as error:  # the others are to be seen all the same
        print(f"{scene.name}: {error}", file=sys.stderr, flush=True)
        return False
    contact_sheet(rows, asked.folder / f"{_plain(scene.name)}.png")
    if asked.single:
        _keep(rows, asked.folder / _plain(scene.name))
    print(f"{scene.name}: {sum(map(len, rows))} pictures, {time.monotonic() - began:.0f} s", flush=True)
    return True


def _rows(browser: Browser, bank: Bank, scene: Scene, asked: argparse.Namespace) -> Iterator[list[Shot]]:
    """A row for each glass: its themes in its languages."""
    pictures: dict[tuple[int, str, str], bytes] = {}
    for language in asked.languages:
        with staged(browser, bank, scene, language) as page:
            for nth, theme, picture in _looked_at(page, scene, asked.themes):
                pictures[nth, theme, language] = picture
    for nth, (width, height) in enumerate(scene.glasses):
        yield [
            (f"{width}x{height} {theme} {language}", pictures[nth, theme, language])
            for theme in asked.themes
            for language in asked.languages
        ]


def _looked_at(page: Page, scene: Scene, themes: list[str]) -> Iterator[tuple[int, str, bytes]]:
    for nth, glass in enumerate(scene.glasses):
        page.set_viewport_size(size(glass))
        for theme in themes:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]  # light or dark, as is asked for
            yield nth, theme, page.screenshot(full_page=scene.glasses != HALL)


def _keep(rows: list[list[Shot]], folder: Path) -> None:
    folder.mkdir(exist_ok=True)
    for row in rows:
        for words, picture in row:
            (folder / f"{_plain(words)}.png").write_bytes(picture)


def _plain(words: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", words.lower()).strip("-")


if __name__ == "__main__":
    sys.exit(main())
