"""A receipt: what is printed for a visitor, on one sheet of 80 mm paper that is exactly as long as it must be.

A browser prints on a page of a given size, and falls back to Letter where the length is left open. So the length is
worked out here: every line has a box of its own height, and the sheet is the sum of the boxes.
"""

import math
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

PAPER_MM = 80.0
MARGIN_MM = 4.0
PRINTED_MM = PAPER_MM - 2 * MARGIN_MM
"""A thermal printer for 80 mm paper prints on 72 mm of it."""

GAP_MM = 2.0
"""Between two boxes."""

SLACK_MM = 1.0
"""At the end, for what browsers round."""

LEADING = 1.3
"""The height of a row, in sizes of its letters: no less than the font's own, or its tails are cut off."""

ADVANCE, WIDE_ADVANCE = 0.62, 1.05
"""How wide a letter is at most on average, in sizes; ideographs and their like are square."""

QR_MM = 36.0
LOGO_MM = 12.0
"""The height of the logo; it may be as wide as the paper."""

LARGEST_MM, SMALLEST_MM = 24.0, 5.0
"""How large the number may be, and must be."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One text of the sheet; `name` is its class. `room_for` reserves the room of another text, if that is longer."""

    name: str
    text: str
    size_mm: float
    room_for: str = ""

    @property
    def height_mm(self) -> float:
        """The height of its box."""
        rows = max(rows_of(self.text, self.size_mm), rows_of(self.room_for, self.size_mm))
        return rows * self.size_mm * LEADING


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """The lines above and below the QR code."""

    above: Sequence[Line]
    below: Sequence[Line]
    logo: str | None = None
    """The address of the logo, which stands above everything where there is one."""

    @property
    def height_mm(self) -> int:
        """The length of the paper, in whole millimetres."""
        boxes = [line.height_mm for line in (*self.above, *self.below)] + ([LOGO_MM] if self.logo else [])
        return math.ceil(2 * MARGIN_MM + sum(boxes) + QR_MM + GAP_MM * len(boxes) + SLACK_MM)

    def stylesheet(self) -> str:
        """The dimensions in CSS: of the page, and of every box."""
        page = f"{PAPER_MM:g}mm {self.height_mm}mm"
        inside = f"width:{PRINTED_MM:g}mm;height:{self.height_mm - 2 * MARGIN_MM - SLACK_MM:g}mm"
        return "\n".join(
            (
                f"@page{{size:{page};margin:0}}",
                f".sheet{{{inside};padding:{MARGIN_MM:g}mm {MARGIN_MM:g}mm 0;gap:{GAP_MM:g}mm}}",
                f".own-logo{{max-width:{PRINTED_MM:g}mm;height:{LOGO_MM:g}mm}}",
                f".qr{{width:{QR_MM:g}mm;height:{QR_MM:g}mm}}",
                *(_box(line) for line in (*self.above, *self.below)),
                "",
            )
        )


def number_size_mm(number: str) -> float:
    """How large a number is printed: on one row, unless its letters would be too small for that."""
    return min(LARGEST_MM, max(SMALLEST_MM, math.floor(PRINTED_MM / max(_width(number), 1))))


def rows_of(text: str, size_mm: float) -> int:
    """How many rows a text takes at most; at least one."""
    room = PRINTED_MM / size_mm
    rows, used = 1, 0.0
    for piece in _pieces(text, room):
        width = _width(piece)
        if used and used + ADVANCE + width > room:
            rows, used = rows + 1, 0.0
        used += width + (ADVANCE if used else 0.0)
    return rows


def _pieces(text: str, room: float) -> Iterator[str]:
    """Words, and parts of words that are longer than a row."""
    for word in text.split():
        piece = ""
        for letter in word:
            if piece and _width(piece + letter) > room:
                yield piece
                piece = ""
            piece += letter
        yield piece


def _width(text: str) -> float:
    return sum(WIDE_ADVANCE if unicodedata.east_asian_width(letter) in "WF" else ADVANCE for letter in text)


def _box(line: Line) -> str:
    size, row = f"{line.size_mm:g}mm", f"{line.size_mm * LEADING:g}mm"
    return f".{line.name}{{height:{line.height_mm:g}mm;font-size:{size};line-height:{row}}}"
