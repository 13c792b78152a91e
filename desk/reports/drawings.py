"""The plots of a report, one beside each table that has a shape worth seeing."""

from collections.abc import Mapping, Sequence

from markupsafe import Markup

from acd.simulation.heat import heat
from acd.simulation.plots import Point, Series, Shape, plot
from desk.reports.tables import Table, hours, weekdays
from desk.reports.words import FIGURES, TITLES
from desk.reports.writing import Writer
from qms.services.statistics.report import Report
from qms.web.pages import N_

COLOURS = ("var(--plot-1)", "var(--plot-2)", "var(--plot-3)")
MINUTES, PERCENT, PEOPLE = N_("minutes"), N_("per cent"), N_("people")
PER_HOUR, NOTHING = N_("people per hour, on average over the days"), N_("nothing to show")

DRAWN: Mapping[str, tuple[str, ...]] = {
    "waits": ("p90_wait_seconds", "mean_wait_seconds", "p50_wait_seconds"),
    "levels": ("offered_in_time", "handled_in_time", "answered_in_time"),
    "left": ("abandonment", "no_show_share"),
    "services": ("p90_service_seconds", "mean_service_seconds", "p50_service_seconds"),
    "order": ("overtaken", "transfers", "recalls"),
    "hours": ("p90_wait_seconds", "mean_wait_seconds"),
    "queues": ("p90_wait_seconds",),
    "branches": ("p90_wait_seconds",),
    "agents": ("occupancy",),
    "quotes": ("within_p90",),
    "outcomes": ("visits",),
}
"""Table → what is drawn of it. Of things that do not follow each other bars are drawn, not lines."""

_BARS = frozenset({"queues", "branches", "agents", "quotes", "outcomes"})
_SCALES: Mapping[str, tuple[float, str]] = {"seconds": (1 / 60, MINUTES), "share": (100, PERCENT), "count": (1, PEOPLE)}


def drawing(found: Report, table: Table, write: Writer) -> Markup:
    """The plot that belongs to a table; empty where none does."""
    if table.name == "arrivals":
        return Markup(_arrivals(found, write))  # noqa: S704 - escaped where it is made
    if table.name not in DRAWN:
        return Markup()
    names = [_below(table, row, write) for row in table.rows]
    unit = _SCALES[FIGURES[DRAWN[table.name][0]].kind][1]
    series = [one for at, name in enumerate(DRAWN[table.name]) if (one := _series(table, name, at, write)).points]
    made = plot(write.say(TITLES[table.name]), write.say(unit), series, "", names=names, nothing=write.say(NOTHING))
    return Markup(made)  # noqa: S704 - escaped where it is made


def _series(table: Table, name: str, at: int, write: Writer) -> Series:
    column = next(n for n, one in enumerate(table.columns) if one.name == name)
    factor = _SCALES[FIGURES[name].kind][0]
    points: Sequence[Point] = [(x, row[column] * factor) for x, row in enumerate(table.rows) if row[column] is not None]
    shape: Shape = "bars" if table.name in _BARS else "dots" if len(points) == 1 else "line"
    return Series(label=write.say(FIGURES[name].name), points=points, shape=shape, colour=COLOURS[at])


def _below(table: Table, row: Sequence[object], write: Writer) -> str:
    if table.columns[0].kind == "day":
        return write.day(row[0])  # type: ignore[arg-type]
    about = [write.cell(table, row, at) for at, column in enumerate(table.columns) if column.kind == "text"]
    longest = _LONGEST // len(about)
    return " · ".join(text if len(text) <= longest else f"{text[: longest - 1]}…" for text in about)


_LONGEST = 18


def _arrivals(found: Report, write: Writer) -> str:
    days, columns = weekdays(found), hours(found)
    values = {(days.index(day), hour - columns.start): value for (day, hour), value in found.heat.items()}
    names = [write.weekday(day) for day in days]
    title = write.say(TITLES["arrivals"])
    if not values:
        return plot(title, write.say(PER_HOUR), [], nothing=write.say(NOTHING))
    return heat(title, write.say(PER_HOUR), names, [str(hour) for hour in columns], values, COLOURS[0])
