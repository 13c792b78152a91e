"""What simulated days are shown as: parts of a page, each with plots and a table."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from acd.simulation.plots import Point, Series, plot
from desk.reports.drawings import COLOURS, NOTHING
from desk.reports.words import FIGURES
from desk.reports.writing import Writer
from qms.web.pages import N_

HOURS = N_("hour")
BAND = N_("%(figure)s, P10 to P90")

Band = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A heading, what is said below it, plots, and a table, all in a language."""

    title: str
    said: Sequence[str] = ()
    plots: Sequence[Markup] = ()
    head: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()


def drawn(write: Writer, title: str, unit: str, series: Sequence[Series]) -> Markup:
    """A plot over the hours of a day."""
    some = [one for one in series if one.points]
    made = plot(write.say(title), write.say(unit), some, write.say(HOURS), nothing=write.say(NOTHING))
    return Markup(made)  # noqa: S704 - escaped where it is made


def banded(write: Writer, name: str, band: Band | None) -> str:
    """The middle of a figure, and between what eight tenths of the days lie."""
    if band is None:
        return write.value(None, "text")
    kind = FIGURES[name].kind
    low, middle, high = (write.value(band[at], kind) for at in ("p10", "p50", "p90"))
    return middle if low == high else f"{middle} ({low} … {high})"


def both(write: Writer, label: str, rows: Sequence[tuple[float, Band]], colour: int, factor: float = 1) -> list[Series]:
    """A band, and the line in its middle."""
    low, middle, high = ([(x, band[at] * factor) for x, band in rows] for at in ("p10", "p50", "p90"))
    name = write.say(label)
    around = write.say(BAND) % {"figure": name}
    return [
        Series(label=around, points=high, low=low, shape="band", colour=COLOURS[colour]),
        Series(label=name, points=middle, colour=COLOURS[colour]),
    ]


def steps(write: Writer, label: str, points: Sequence[Sequence[Any]], colour: int) -> Series:
    """Level from one to the next."""
    places: list[Point] = [(float(x), float(y)) for x, y in points]
    return Series(label=write.say(label), points=places, shape="steps", colour=COLOURS[colour])
