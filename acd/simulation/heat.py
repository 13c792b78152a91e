"""A heat map as SVG text: the more, the darker, and the figure in each field."""

from collections.abc import Mapping, Sequence
from html import escape

WIDTH = 720
_LEFT, _TOP, _ROW = 96, 22, 26
_DARKEST = 0.45
"""A figure in the darkest field can still be read."""


def heat(
    title: str,
    unit: str,
    rows: Sequence[str],
    columns: Sequence[str],
    values: Mapping[tuple[int, int], float],
    colour: str = "#1d4ed8",
) -> str:
    """An SVG figure; `values` are by row and column, what is missing is empty."""
    most = max(values.values(), default=0) or 1
    width = (WIDTH - _LEFT) / max(1, len(columns))
    parts = [_text(_LEFT + (at + 0.5) * width, 14, "middle", name) for at, name in enumerate(columns)]
    parts += [_text(_LEFT - 8, _TOP + row * _ROW + 17, "end", name) for row, name in enumerate(rows)]
    for (row, column), value in values.items():
        place = (_LEFT + column * width, _TOP + row * _ROW)
        parts.append(_field(place, width, value, f'fill="{colour}" fill-opacity="{value / most * _DARKEST:.2f}"'))
    height = _TOP + len(rows) * _ROW
    return (
        f"<figure><figcaption><strong>{escape(title)}</strong> · {escape(unit)}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {height}" role="img" direction="ltr" aria-label="{escape(title)}">'
        f"{''.join(parts)}</svg></figure>"
    )


def _field(place: tuple[float, float], width: float, value: float, filled: str) -> str:
    x, y = place
    said = f"{value:.0f}" if value >= 10 or value == int(value) else f"{value:.1f}"
    field = f'<rect x="{x + 1:.1f}" y="{y + 1:g}" width="{width - 2:.1f}" height="{_ROW - 2}" rx="3" {filled}/>'
    return field + _text(x + width / 2, y + 17, "middle", said)


def _text(x: float, y: float, anchor: str, text: str) -> str:
    return f'<text x="{x:.1f}" y="{y:g}" text-anchor="{anchor}" fill="currentColor">{escape(text)}</text>'
