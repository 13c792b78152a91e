"""A rehearsal as one page: a file by itself, with plots and tables, that asks no other host for anything."""

from collections.abc import Iterable, Sequence
from html import escape

from acd.simulation.plots import Series, plot
from acd.simulation.rehearsal import Rehearsal
from acd.simulation.report import NOT_SIMULATED, keys
from acd.simulation.rollouts import ALL, NAMES, WHOLE, Band, Bands, Rollouts
from qms.domain.tally import Figures

STYLE = """
:root { color-scheme: light; font: 16px/1.5 system-ui, sans-serif; }
body { max-width: 60rem; margin: 2rem auto; padding: 0 1rem; color: #171717; background: #fff; }
table { border-collapse: collapse; margin: 1rem 0; display: block; overflow-x: auto; }
th, td { padding: .25rem .6rem; text-align: right; white-space: nowrap; border-bottom: 1px solid #d4d4d4; }
th:first-child, td:first-child { text-align: left; white-space: normal; }
figure { margin: 1.5rem 0; }
figcaption span { margin-inline-start: 1rem; white-space: nowrap; }
figure > svg { width: 100%; height: auto; font-size: 12px; }
.yes { color: #166534; } .no { color: #991b1b; }
"""
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:"

TITLES = {
    "offered": "Came",
    "answered": "Answered",
    "abandoned": "Left before being answered",
    "left_over": "Left over at closing",
    "refused": "Turned away",
    "mean_wait_seconds": "Mean wait of those answered, s",
    "p50_wait_seconds": "Wait, half at most (P50), s",
    "p90_wait_seconds": "Wait, nine tenths at most (P90), s",
    "mean_wait_all_seconds": "Mean wait of all who came, s",
    "answered_in_time": "Service level: in time / answered",
    "handled_in_time": "Service level: (in time + left in time) / (answered + left)",
    "offered_in_time": "Service level: in time / (came − left at once)",
    "abandonment": "Share that left",
    "occupancy": "Occupancy of the agents",
}
SHARES = frozenset({"answered_in_time", "handled_in_time", "offered_in_time", "abandonment", "occupancy"})


def page(found: Rehearsal) -> str:
    """The whole document."""
    body = [
        f"<p>{found.count} days drawn with seed {found.seed}, by the matcher that distributes the real tickets.</p>",
        *_verdict(found),
        *_whole(found),
        *_plots(found),
        *_by_queue(found),
        *_left_out(),
    ]
    return document(f"{found.plan.name or 'A day'}, simulated", body)


def document(title: str, body: Sequence[str]) -> str:
    """A page by itself."""
    return (
        '<!doctype html>\n<html lang="en">\n<head>\n<meta charset="utf-8">\n'
        f'<meta http-equiv="Content-Security-Policy" content="{POLICY}">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n"
        + f"<h1>{escape(title)}</h1>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


def said(name: str, value: float | int | None) -> str:
    """A figure as people read it."""
    if value is None:
        return "–"
    if name in SHARES:
        return f"{100 * value:.1f}%"
    return f"{value:,.1f}" if name.endswith("_seconds") else f"{value:,.0f}"


def banded(name: str, bands: Bands) -> str:
    """The middle of a figure's band, and the band."""
    band = bands.get(name)
    if band is None:
        return "–"
    low, middle, high = (said(name, value).removesuffix("%") for value in (band.p10, band.p50, band.p90))
    unit = "%" if name in SHARES else ""
    return f"{middle}{unit}" if low == high else f"{middle}{unit} ({low}…{high})"


def verdict_words(found: Rehearsal) -> str:
    """Whether the replay is to be believed, in a sentence."""
    if not found.verdicts:
        return "Nothing was recorded to compare with: these are expectations."
    if found.reproduced:
        return "The replay reproduces what happened: every figure lies in its band."
    off = ", ".join(one.figure for one in found.verdicts if not one.reproduced)
    return f"The replay does not reproduce what happened ({off}): read the rest with care."


def _verdict(found: Rehearsal) -> Iterable[str]:
    mark = "yes" if found.reproduced else "no"
    yield f'<p class="{mark}" data-reproduced="{mark}">{escape(verdict_words(found))}</p>'
    if found.unseen_seconds:
        yield f"<p>Calibrated with {found.unseen_seconds:g} s more between two visitors than the record tells.</p>"
    if found.asked:
        yield f"<p>What if: {escape(', '.join(found.asked))}</p>"


def _whole(found: Rehearsal) -> Iterable[str]:
    head = ["", *(["happened"] if found.actual else []), "replayed", *(["what if", "change"] if found.after else [])]
    rows = []
    happened: Figures | None = found.actual.get(WHOLE)
    for name in NAMES:
        cells = [TITLES[name]]
        if found.actual:
            cells.append(said(name, getattr(happened, name) if happened else None))
        cells.append(banded(name, found.before.bands[WHOLE]))
        if found.after:
            cells += [banded(name, found.after.bands[WHOLE]), banded(name, found.difference[WHOLE])]
        rows.append(cells)
    yield "<h2>The whole day</h2>"
    yield "<p>The middle of the days, and between which figures eight tenths of them lie.</p>"
    yield table(head, rows)


def _plots(found: Rehearsal) -> Iterable[str]:
    yield "<h2>Hour by hour</h2>"
    for name in ("p90_wait_seconds", "offered_in_time", "offered", "occupancy"):
        factor, unit = (100, "%") if name in SHARES else (1, "seconds" if name.endswith("_seconds") else "people")
        series = [*_series("replayed", found.before, name, factor, "#1d4ed8")]
        if found.after:
            series += _series("what if", found.after, name, factor, "#c2410c")
        dots = [
            (hour + 0.5, factor * value)
            for (queue, hour), one in found.actual.items()
            if queue == ALL and hour is not None and (value := getattr(one, name)) is not None
        ]
        if dots:
            series.append(Series(label="happened", points=dots, shape="dots", colour="#171717"))
        yield plot(TITLES[name].removesuffix(", s"), unit, series)
    yield plot("Agents on duty", "agents", list(_agents(found)))


def _series(label: str, some: Rollouts, name: str, factor: float, colour: str) -> Iterable[Series]:
    hours: list[tuple[float, Band]] = [
        (hour + 0.5, bands[name])
        for (queue, hour), bands in some.bands.items()
        if queue == ALL and hour is not None and name in bands
    ]
    low = [(hour, factor * band.p10) for hour, band in hours]
    high = [(hour, factor * band.p90) for hour, band in hours]
    yield Series(label=f"{label}, P10 to P90", points=high, low=low, shape="band", colour=colour)
    yield Series(label=label, points=[(hour, factor * band.p50) for hour, band in hours], colour=colour)


def _agents(found: Rehearsal) -> Iterable[Series]:
    for label, some, colour in (("replayed", found.before, "#1d4ed8"), ("what if", found.after, "#c2410c")):
        if some is not None:
            points = [(float(hour), agents) for hour, agents in some.agents.items()]
            yield Series(label=label, points=points, shape="steps", colour=colour)


def _by_queue(found: Rehearsal) -> Iterable[str]:
    chosen = ("offered", "p50_wait_seconds", "p90_wait_seconds", "offered_in_time", "abandonment", "left_over")
    yield "<h2>Per queue and hour</h2>"
    for title, some in (("Replayed", found.before), ("What if", found.after)):
        if some is None:
            continue
        rows = [
            ["all" if queue == ALL else queue, "all day" if hour is None else f"{hour}:00"]
            + [said(name, b.p50 if (b := some.bands[queue, hour].get(name)) else None) for name in chosen]
            for queue, hour in keys(found)
            if (queue, hour) in some.bands
        ]
        yield f"<h3>{title}, the middle of the days</h3>"
        yield table(["queue", "hour", *(TITLES[name] for name in chosen)], rows)


def _left_out() -> Iterable[str]:
    yield "<h2>What is not simulated</h2>"
    yield "<ul>" + "".join(f"<li>{escape(one)}</li>" for one in NOT_SIMULATED) + "</ul>"


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A table of texts."""

    def cells(kind: str, texts: Sequence[str]) -> str:
        return "<tr>" + "".join(f"<{kind}>{escape(text)}</{kind}>" for text in texts) + "</tr>"

    return f"<table>{cells('th', head)}{''.join(cells('td', row) for row in rows)}</table>"
