"""Plots as SVG text: lines, bands, steps and bars over a common axis. No script, no style sheet, no request."""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from typing import Literal

WIDTH, HEIGHT = 720, 260
_LEFT, _RIGHT, _TOP, _BOTTOM = 56, 12, 14, 34
_WIDEST = 56.0

Point = tuple[float, float]
Shape = Literal["line", "dots", "band", "steps", "bars"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Series:
    """Points of one kind, in order of x. `shape` band: `low` is its lower edge, point by point."""

    label: str
    points: Sequence[Point]
    shape: Shape = "line"
    colour: str = "#1d4ed8"
    low: Sequence[Point] = ()


def plot(
    title: str,
    unit: str,
    series: Sequence[Series],
    x_unit: str = "hour",
    *,
    names: Sequence[str] = (),
    nothing: str = "nothing to show",
) -> str:
    """An SVG figure with a caption that names the series; nothing to draw says so.

    `names` stand below the axis instead of the figures 0, 1, 2, …
    """
    points = [point for one in series for point in (*one.points, *one.low)]
    if not points:
        return f"<figure><figcaption>{escape(title)}: {escape(nothing)}</figcaption></figure>"
    if names:
        points += [(-0.5, 0.0), (len(names) - 0.5, 0.0)]
    axes = _Axes(points, names)
    drawn = "".join(_drawn(one, axes) for one in sorted(series, key=lambda one: one.shape != "band"))
    legend = " ".join(
        f'<span><svg width="14" height="10" aria-hidden="true"><rect width="14" height="10" fill="{one.colour}" '
        f'fill-opacity="{0.25 if one.shape == "band" else 1}"/></svg> {escape(one.label)}</span>'
        for one in series
    )
    return (
        f"<figure><figcaption><strong>{escape(title)}</strong> · {escape(unit)} {legend}</figcaption>"
        f'<svg viewBox="0 0 {WIDTH} {HEIGHT}" role="img" direction="ltr" aria-label="{escape(title)}">'
        f"{axes.drawn(x_unit)}{drawn}</svg></figure>"
    )


class _Axes:
    """From figures to places on the picture; y begins at nought."""

    def __init__(self, points: Sequence[Point], names: Sequence[str] = ()) -> None:
        self.names = names
        self.first = min(x for x, _ in points)
        self.last = max(max(x for x, _ in points), self.first + 1)
        self.step = _round_step(max(y for _, y in points))
        self.top = self.step * max(1, math.ceil(max(y for _, y in points) / self.step))

    def at(self, point: Point) -> str:
        x, y = point
        across = _LEFT + (x - self.first) / (self.last - self.first) * (WIDTH - _LEFT - _RIGHT)
        down = HEIGHT - _BOTTOM - y / self.top * (HEIGHT - _TOP - _BOTTOM)
        return f"{across:.1f},{down:.1f}"

    def _most(self) -> int:
        """So many texts find room below the axis."""
        longest = max((len(name) for name in self.names), default=2)
        return max(1, min(14, (WIDTH - _LEFT - _RIGHT) // (7 * longest + 8)))

    def drawn(self, x_unit: str) -> str:
        parts = []
        for count in range(round(self.top / self.step) + 1):
            value = count * self.step
            (x1, y), (x2, _) = (self.at((x, value)).split(",") for x in (self.first, self.last))
            parts.append(f'<path d="M{x1},{y}H{x2}" stroke="currentColor" stroke-opacity="0.2"/>')
            parts.append(f'<text x="{_LEFT - 6}" y="{y}" text-anchor="end" dy="4" fill="currentColor">{value:g}</text>')
        every = max(1, math.ceil((self.last - self.first) / self._most()))
        for hour in range(math.ceil(self.first), math.floor(self.last) + 1, every):
            x, y = self.at((hour, 0)).split(",")
            below = self.names[hour] if hour < len(self.names) else hour
            parts.append(
                f'<text class="across" x="{x}" y="{y}" text-anchor="middle" dy="16" fill="currentColor">'
                f"{escape(str(below))}</text>"
            )
        parts.append(
            f'<text class="unit" x="{WIDTH - _RIGHT}" y="{HEIGHT - 2}" text-anchor="end" fill="currentColor">'
            f"{escape(x_unit)}</text>"
        )
        return "".join(parts)


def _drawn(one: Series, axes: _Axes) -> str:
    places = [axes.at(point) for point in one.points]
    if not places:
        return ""
    if one.shape == "band":
        edge = [axes.at(point) for point in reversed(one.low)]
        return f'<path d="M{" L".join([*places, *edge])}Z" fill="{one.colour}" fill-opacity="0.2"/>'
    if one.shape == "bars":
        return "".join(_bar(axes, point, one.colour) for point in one.points)
    if one.shape == "dots":
        dots = [f'cx="{x}" cy="{y}"' for x, y in (place.split(",") for place in places)]
        return "".join(f'<circle {dot} r="3.5" fill="{one.colour}"/>' for dot in dots)
    if one.shape == "steps":
        places = [axes.at(point) for point in _steps(one.points)]
    return f'<path d="M{" L".join(places)}" fill="none" stroke="{one.colour}" stroke-width="2"/>'


def _bar(axes: _Axes, point: Point, colour: str) -> str:
    """From the axis up, a little narrower than one, and never so wide that it looks like a block."""
    (left, top), (right, foot) = (
        axes.at(one).split(",") for one in ((point[0] - 0.35, point[1]), (point[0] + 0.35, 0))
    )
    width = min(float(right) - float(left), _WIDEST)
    x = (float(left) + float(right) - width) / 2
    return f'<rect x="{x:.1f}" y="{top}" width="{width:.1f}" height="{float(foot) - float(top):.1f}" fill="{colour}"/>'


def _steps(points: Sequence[Point]) -> list[Point]:
    """Level from each point to the next."""
    found: list[Point] = []
    for at, (x, y) in enumerate(points):
        following = points[at + 1][0] if at + 1 < len(points) else x
        found += [(x, y), (following, y)]
    return found


def _round_step(highest: float) -> float:
    """A step of 1, 2 or 5 times a power of ten that gives four to eight lines."""
    if highest <= 0:
        return 1.0
    rough = highest / 5
    power = 10.0 ** math.floor(math.log10(rough))
    return power * next((times for times in (1, 2, 5) if times * power >= rough), 10)
