"""Contact sheets: many small pictures of one page side by side, each with the words for what it is."""

from collections.abc import Sequence
from html import escape
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

Shot = tuple[str, bytes]
"""What is seen, and the picture."""

WIDTH, GAP, LINE = 2400, 16, 22
TALLEST = 3000
"""A page that is longer is cut: what is wrong with it shows above."""

INK, PAPER = (32, 32, 32), (232, 232, 232)


def contact_sheet(rows: Sequence[Sequence[Shot]], file: Path) -> None:
    """Write one sheet; all pictures of a row are of one width."""
    drawn = [[(words, _opened(picture)) for words, picture in row] for row in rows]
    strips = [_strip(row) for row in drawn]
    sheet = Image.new("RGB", (WIDTH, sum(strip.height for strip in strips) + GAP), PAPER)
    top = GAP
    for strip in strips:
        sheet.paste(strip, (0, top))
        top += strip.height
    sheet.save(file, optimize=True)


def _opened(picture: bytes) -> Image.Image:
    image = Image.open(BytesIO(picture)).convert("RGB")
    return image.crop((0, 0, image.width, min(image.height, TALLEST)))


def _strip(row: Sequence[tuple[str, Image.Image]]) -> Image.Image:
    width = min((WIDTH - GAP) // len(row) - GAP, max(image.width for _, image in row))
    small = [(words, image.resize((width, round(image.height * width / image.width)))) for words, image in row]
    strip = Image.new("RGB", (WIDTH, max(image.height for _, image in small) + LINE + GAP), PAPER)
    draw = ImageDraw.Draw(strip)
    for nth, (words, image) in enumerate(small):
        left = GAP + nth * (width + GAP)
        draw.text((left, 0), words, INK, font_size=15)
        strip.paste(image, (left, LINE))
    return strip


def index(names: Sequence[tuple[str, str]], file: Path) -> None:
    """Write a page of all sheets: what they show, and their files."""
    listed = "\n".join(
        f'<h2 id="{escape(name)}">{escape(title)}</h2>\n<a href="{escape(name)}"><img src="{escape(name)}" '
        f'alt="{escape(title)}" width="1200" loading="lazy"></a>'
        for title, name in names
    )
    file.write_text(f"<!doctype html>\n<html lang=en><meta charset=utf-8><title>Contact sheets</title>\n{listed}\n")
