"""Draw the pictures of the README anew: `python -m tests.e2e.scenes.pictures [FOLDER]`, by default into docs/images."""

import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from server import logs
from tests.chromium import CHROMIUM
from tests.e2e.browser import ARGUMENTS
from tests.e2e.scenes.bank import Bank, network
from tests.e2e.scenes.playbill import SCENES
from tests.e2e.scenes.scene import LAPTOP, PHONE, Glass, size, staged
from tests.e2e.scenes.still import still
from tests.e2e.turnero import ROOT

PICTURES: dict[str, tuple[str, Glass]] = {
    "lobby": ("lobby: calls, and who waits", (1280, 720)),
    "kiosk": ("kiosk: what there is", LAPTOP),
    "ticket": ("ticket: waiting", PHONE),
    "desk": ("desk: called", LAPTOP),
}
MOST_BYTES = 200_000


def draw(folder: Path) -> int:
    """Write every picture; 1 where one is too heavy for a README."""
    scenes = {scene.name: scene for scene in SCENES}
    heavy = False
    with tempfile.TemporaryDirectory() as kept, still(Path(kept), network()) as opened, sync_playwright() as playwright:
        bank = Bank(opened)
        bank.open()
        heard = [*ARGUMENTS, "--autoplay-policy=no-user-gesture-required"]
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=heard)
        for name, (scene, glass) in PICTURES.items():
            with staged(browser, bank, scenes[scene], "en", viewport=size(glass)) as page:
                picture = page.screenshot()
            (folder / f"{name}.png").write_bytes(picture)
            print(f"{name}.png {len(picture):,} bytes")
            heavy |= len(picture) > MOST_BYTES
        browser.close()
    return int(heavy)


if __name__ == "__main__":
    logs.configure("error")
    target = Path(sys.argv[1]) if len(sys.argv) > 1 else ROOT / "docs/images"
    target.mkdir(parents=True, exist_ok=True)
    sys.exit(draw(target))
