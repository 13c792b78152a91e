"""Colours as pages write them, how far apart they look, and the nearest one that can be read.

Source: WCAG 2.2, relative luminance and contrast ratio; B. Ottosson, "A perceptual color space for image processing"
(OKLab), whose polar form is OKLCH.
"""

import math
import re
from collections.abc import Iterable, Iterator

TEXT, LARGE, FROM_AFAR = 4.5, 3.0, 7.0
"""The least contrast of text, of large text and parts that are used, and of what is read from across a room."""

_COLOUR = re.compile(r"#[0-9a-f]{6}")
_STEPS = 400
_EVEN = 1e-9

Oklch = tuple[float, float, float]
"""Lightness from 0 to 1, chroma from 0, hue in radians."""

Need = tuple[str, float]
"""Another colour, and the least contrast with it."""


class Unreadable(ValueError):
    """No colour of this hue has all the contrasts that are needed."""


def is_colour(text: str) -> bool:
    """Whether it is a colour as we keep them: `#rrggbb` in small letters."""
    return _COLOUR.fullmatch(text) is not None


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colours, from 1 to 21."""
    light, dark = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def corrected(wished: str, needs: Iterable[Need]) -> str:
    """The wished colour, or the nearest that has the contrasts needed: lighter or darker, of the same hue.

    Its chroma is kept as far as there is such a colour on a screen.

    Raises:
        Unreadable: there is none.
    """
    wanted = tuple(needs)
    found = next((colour for colour in _nearest(wished) if _has(colour, wanted)), None)
    if found is None:
        raise Unreadable(wished)
    return found


def shifted(colour: str, lightness: float) -> str:
    """The colour, so much lighter (or, below 0, darker)."""
    light, chroma, hue = oklch(colour)
    return hexadecimal((min(1.0, max(0.0, light + lightness)), chroma, hue))


def distance(one: str, other: str) -> float:
    """How different two colours look, as the distance in OKLab."""
    return math.dist(_oklab(one), _oklab(other))


def oklch(colour: str) -> Oklch:
    """A colour by lightness, chroma and hue."""
    light, a, b = _oklab(colour)
    return light, math.hypot(a, b), math.atan2(b, a)


def hexadecimal(colour: Oklch) -> str:
    """The colour as pages write it; one that no screen can show becomes as colourful as can be shown."""
    light, chroma, hue = colour
    if not _shown(_linear(light, chroma, hue)):
        chroma = _most_chroma(light, chroma, hue)
    return "#" + "".join(f"{round(255 * _encoded(channel)):02x}" for channel in _linear(light, chroma, hue))


def _nearest(wished: str) -> Iterator[str]:
    """The colour itself, then its hue by steps of lightness, the nearest first."""
    yield wished
    light, chroma, hue = oklch(wished)
    for step in range(1, _STEPS + 1):
        for near in (light - step / _STEPS, light + step / _STEPS):
            if -1 / _STEPS < near < 1 + 1 / _STEPS:
                yield hexadecimal((min(1.0, max(0.0, near)), chroma, hue))


def _has(colour: str, needs: Iterable[Need]) -> bool:
    return all(contrast(colour, other) >= ratio for other, ratio in needs)


def _most_chroma(light: float, chroma: float, hue: float) -> float:
    low, high = 0.0, chroma
    for _ in range(12):
        middle = (low + high) / 2
        low, high = (middle, high) if _shown(_linear(light, middle, hue)) else (low, middle)
    return low


def _shown(channels: tuple[float, float, float]) -> bool:
    return all(-_EVEN <= channel <= 1 + _EVEN for channel in channels)


def _channels(colour: str) -> tuple[float, float, float]:
    red, green, blue = (_decoded(int(colour[at : at + 2], 16) / 255) for at in (1, 3, 5))
    return red, green, blue


def _luminance(colour: str) -> float:
    red, green, blue = _channels(colour)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _decoded(channel: float) -> float:
    return channel / 12.92 if channel <= 0.04045 else ((channel + 0.055) / 1.055) ** 2.4


def _encoded(linear: float) -> float:
    inside = min(1.0, max(0.0, linear))
    return 12.92 * inside if inside <= 0.0031308 else 1.055 * inside ** (1 / 2.4) - 0.055


def _oklab(colour: str) -> tuple[float, float, float]:
    red, green, blue = _channels(colour)
    long = math.cbrt(0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue)
    middle = math.cbrt(0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue)
    short = math.cbrt(0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue)
    return (
        0.2104542553 * long + 0.7936177850 * middle - 0.0040720468 * short,
        1.9779984951 * long - 2.4285922050 * middle + 0.4505937099 * short,
        0.0259040371 * long + 0.7827717662 * middle - 0.8086757660 * short,
    )


def _linear(light: float, chroma: float, hue: float) -> tuple[float, float, float]:
    a, b = chroma * math.cos(hue), chroma * math.sin(hue)
    long = (light + 0.3963377774 * a + 0.2158037573 * b) ** 3
    middle = (light - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (light - 0.0894841775 * a - 1.2914855480 * b) ** 3
    return (
        4.0767416621 * long - 3.3077115913 * middle + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * middle - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * middle + 1.7076147010 * short,
    )
