"""A receipt as dots: the same lines as the page's, drawn, since code pages lack letters and large digits."""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO

import segno
from PIL import Image, ImageDraw, ImageOps

from kiosk.printing.fonts import Font, runs
from kiosk.receipt import GAP_MM, LEADING, LOGO_MM, PRINTED_MM, QR_MM, Line, Sheet

QUIET_MODULES = 4
"""The white around a QR code. Source: ISO/IEC 18004, 6.3.8."""

RIGHT_TO_LEFT = frozenset({"R", "AL"})
PAPER, INK = 1, 0

DARK, BRIGHT = 120, 220
"""Shades of a logo that are printed as ink alone, and as paper alone."""

MOST_DOTS = 16_000_000
"""Of a logo; a small file may unfold to more than there is room for."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word in pieces of one font each."""

    pieces: Sequence[tuple[Font, str]]

    @property
    def width(self) -> float:
        """Its width in dots."""
        return sum(font.getlength(text) for font, text in self.pieces)


def drawn(sheet: Sheet, url: str, logo: bytes | None = None, *, dots: int) -> Image.Image:
    """A sheet with the code that leads to an address, for rows of so many dots; as long as what is on it."""
    scale = dots / PRINTED_MM
    parts = list(_logo(logo, scale, dots)) if logo else []
    parts += [_line(line, scale, dots) for line in sheet.above if line.text]
    parts += [_code(url, int(QR_MM * scale), dots)]
    parts += [_line(line, scale, dots) for line in sheet.below if line.text]
    gap = round(GAP_MM * scale)
    whole = Image.new("1", (dots, sum(part.height + gap for part in parts)), PAPER)
    top = 0
    for part in parts:
        whole.paste(part, (0, top))
        top += part.height + gap
    return whole


def _logo(content: bytes, scale: float, dots: int) -> Iterator[Image.Image]:
    """A picture in the middle, as high as there is room for; nothing of one that cannot be read or is too large."""
    try:
        picture: Image.Image = Image.open(BytesIO(content))
        if picture.width * picture.height > MOST_DOTS:
            return
        picture = picture.convert("RGBA")
    except (OSError, ValueError):
        return
    scaled = ImageOps.contain(picture, (dots, round(LOGO_MM * scale)))
    part = Image.new("L", (dots, scaled.height), "white")
    part.paste(scaled.convert("L"), ((dots - scaled.width) // 2, 0), scaled.getchannel("A"))
    yield part.point(_shades()).convert("1")


def _shades() -> Sequence[int]:
    """What becomes of each shade: colours of a logo are full, and only what lies between is made of dots."""
    return [min(255, max(0, (shade - DARK) * 255 // (BRIGHT - DARK))) for shade in range(256)]


def _line(line: Line, scale: float, dots: int) -> Image.Image:
    """A text in as many rows as it takes, each in the middle."""
    size, row = round(line.size_mm * scale), math.ceil(line.size_mm * scale * LEADING)
    texts = [_word(word, size, bold=line.name == "number") for word in line.text.split()]
    rows = _rows(texts, dots, size / 4)
    part = Image.new("1", (dots, row * len(rows)), PAPER)
    pen = ImageDraw.Draw(part)
    for index, words in enumerate(rows):
        ordered = list(reversed(words)) if _from_the_right(line.text) else words
        left = (dots - _width(ordered, size / 4)) / 2
        for word in ordered:
            for font, text in word.pieces:
                pen.text((left, (index + 0.8) * row), text, font=font, fill=INK, anchor="ls")
                left += font.getlength(text)
            left += size / 4
    return part


def _word(text: str, size: int, *, bold: bool) -> Word:
    """The sign after a word that is written from right to left stands on its left."""
    pieces = list(runs(text, size, bold=bold))
    return Word(pieces[::-1] if _from_the_right(text) else pieces)


def _rows(words: Sequence[Word], room: int, space: float) -> list[list[Word]]:
    rows: list[list[Word]] = [[]]
    for word in words:
        if rows[-1] and _width([*rows[-1], word], space) > room:
            rows.append([])
        rows[-1].append(word)
    return rows


def _width(words: Sequence[Word], space: float) -> float:
    return sum(word.width for word in words) + space * max(len(words) - 1, 0)


def _from_the_right(text: str) -> bool:
    """Whether the first letter that has a direction is of a script that is written from right to left."""
    directions = (unicodedata.bidirectional(letter) for letter in text)
    return next((one in RIGHT_TO_LEFT for one in directions if one in {"L", *RIGHT_TO_LEFT}), False)


def _code(url: str, side: int, dots: int) -> Image.Image:
    """A QR code in the middle; every module is the same whole number of dots."""
    code = segno.make(url, error="m", micro=False)
    modules = list(code.matrix_iter(border=QUIET_MODULES))
    module = max(1, side // len(modules))
    part = Image.new("1", (dots, module * len(modules)), PAPER)
    pen = ImageDraw.Draw(part)
    left = (dots - module * len(modules)) // 2
    for y, row in enumerate(modules):
        for x, dark in enumerate(row):
            if dark:
                corner = (left + x * module, y * module)
                pen.rectangle((*corner, corner[0] + module - 1, corner[1] + module - 1), fill=INK)
    return part
