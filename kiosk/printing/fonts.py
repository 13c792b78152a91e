"""The letters of a printed receipt: the fonts of the pages, and the machine's own for what those lack."""

import io
import shutil
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from importlib.resources import files
from itertools import groupby

from PIL import ImageFont

Font = ImageFont.FreeTypeFont

VENDORED = (
    "atkinson-hyperlegible-next-latin-wght-normal.woff2",
    "atkinson-hyperlegible-next-latin-ext-wght-normal.woff2",
    "noto-sans-arabic-wght-normal.woff2",
)
BOLD = 700
NO_LETTER = "\uffff"
"""Never assigned: what a font draws for it, it draws for every letter that it lacks."""

PATIENCE_SECONDS = 5


def runs(text: str, size: int, *, bold: bool = False) -> Iterator[tuple[Font, str]]:
    """A word in pieces, each with a font that has its letters."""
    for font, letters in groupby(text, key=lambda letter: _font_for(letter, size, bold)):
        yield font, "".join(letters)


@cache
def _font_for(letter: str, size: int, bold: bool) -> Font:
    fonts = _pages_fonts(size, bold)
    own = next((font for font in fonts if _has(font, letter)), None)
    if own is not None:
        return own
    elsewhere = _machines_font(letter, size)
    return elsewhere if elsewhere is not None and _has(elsewhere, letter) else fonts[0]


@cache
def _pages_fonts(size: int, bold: bool) -> Sequence[Font]:
    folder = files("qms.web.pages").joinpath("static/vendor/fonts")
    found = [ImageFont.truetype(io.BytesIO(folder.joinpath(name).read_bytes()), size) for name in VENDORED]
    for font in found if bold else ():
        font.set_variation_by_axes([BOLD])
    return found


@cache
def _machines_font(letter: str, size: int) -> Font | None:
    """A font that fontconfig knows for a letter, where there is fontconfig."""
    program = shutil.which("fc-match")
    if program is None:
        return None
    asked = [program, "-f", "%{file}", f":charset={ord(letter):x}"]
    try:
        path = subprocess.run(asked, capture_output=True, text=True, timeout=PATIENCE_SECONDS, check=True).stdout  # noqa: S603 - the letter goes as a number
        return ImageFont.truetype(path, size)
    except (OSError, subprocess.SubprocessError):
        return None


def _has(font: Font, letter: str) -> bool:
    return bytes(font.getmask(letter)) != bytes(font.getmask(NO_LETTER))
