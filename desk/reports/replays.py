"""A simulated day as a page shows it: what happened, the replay, and what if."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from acd.simulation.plots import Series
from desk.reports.drawings import COLOURS, MINUTES, PEOPLE, PERCENT
from desk.reports.pictures import Part, banded, both, drawn, steps
from desk.reports.words import CHANGE, FIGURE, FIGURES, HOUR, QUEUE
from desk.reports.writing import Writer
from qms.web.pages import N_

HAPPENED, REPLAYED, WHAT_IF = N_("Happened"), N_("Replayed"), N_("What if")
WHOLE, BY_HOUR, BY_QUEUE = N_("The whole day"), N_("Hour by hour"), N_("Queue by queue")
AGENTS_THERE, AGENTS = N_("Agents on duty"), N_("agents")
REPRODUCED = N_("The replay reproduces what happened: every figure lies in its band.")
NOT_REPRODUCED = N_("The replay does not reproduce what happened (%(figures)s): read the rest with care.")
MIDDLE = N_("The middle of the simulated days, and between which figures eight in ten of them lie.")
BETTER = N_("With the change, waits were shorter on %(days)s of %(all)s days.")

NAMES = (
    *("offered", "answered", "abandoned", "left_over", "refused", "mean_wait_seconds", "p50_wait_seconds"),
    *("p90_wait_seconds", "mean_wait_all_seconds", "answered_in_time", "handled_in_time", "offered_in_time"),
    *("abandonment", "occupancy"),
)
DRAWN = {
    "p90_wait_seconds": (1 / 60, MINUTES),
    "offered_in_time": (100, PERCENT),
    "offered": (1, PEOPLE),
    "occupancy": (100, PERCENT),
}
OF_PART = ("offered", "p50_wait_seconds", "p90_wait_seconds", "offered_in_time", "abandonment", "left_over")
ALL = "*"

Rows = Sequence[Mapping[str, Any]]
Found = Mapping[str, Any]


def replay_parts(found: Found, write: Writer) -> list[Part]:
    """All that a simulated day says."""
    return [_whole(found, write), _hours(found, write), _queues(found, write)]


def _whole(found: Found, write: Writer) -> Part:
    runs = _runs(found)
    actual = _whole_day(found["actual"] or [])
    head = [FIGURE, *([HAPPENED] if actual else []), *runs, *([CHANGE] if found["if"] else [])]
    rows = []
    for name in NAMES:
        cells = [write.say(FIGURES[name].name)]
        if actual:
            cells.append(write.value(actual.get(name), FIGURES[name].kind))
        cells += [banded(write, name, _whole_day(rows_).get(name)) for rows_ in runs.values()]
        if found["if"]:
            cells.append(banded(write, name, _whole_day(found["difference"]).get(name)))
        rows.append(cells)
    said = [*_verdict(found, write), write.say(MIDDLE)]
    return Part(title=write.say(WHOLE), said=said, head=[write.say(one) for one in head], rows=rows)


def _verdict(found: Found, write: Writer) -> Iterator[str]:
    if found["reproduced"] is not None:
        off = [write.say(FIGURES[one["figure"]].name) for one in found["verdicts"] if not one["reproduced"]]
        yield write.say(NOT_REPRODUCED) % {"figures": ", ".join(off)} if off else write.say(REPRODUCED)
    if found["if"]:
        numbers = {"days": found["better_days"]["mean_wait_all_seconds"], "all": found["rollouts"]}
        yield write.say(BETTER) % numbers


def _hours(found: Found, write: Writer) -> Part:
    plots = [
        drawn(write, FIGURES[name].name, unit, _series(found, write, name, factor))
        for name, (factor, unit) in DRAWN.items()
    ]
    there = [
        steps(write, label, found["agents"][key], colour)
        for colour, (label, key) in enumerate(((REPLAYED, "replay"), (WHAT_IF, "if")))
    ]
    plots.append(drawn(write, AGENTS_THERE, AGENTS, there))
    hours = [one for one in found["replay"] if one["queue"] == ALL and one["hour"] is not None]
    rows = [[f"{one['hour']:02}:00", *_cells(write, one)] for one in hours]
    return Part(title=write.say(BY_HOUR), plots=plots, head=_head(write, HOUR), rows=rows)


def _queues(found: Found, write: Writer) -> Part:
    runs = _runs(found)
    rows = [
        [one["queue"], write.say(label), *_cells(write, one)]
        for label, some in runs.items()
        for one in some
        if one["queue"] != ALL and one["hour"] is None
    ]
    head = _head(write, QUEUE)
    return Part(title=write.say(BY_QUEUE), head=[head[0], "", *head[1:]], rows=rows)


def _head(write: Writer, first: str) -> list[str]:
    return [write.say(first), *(write.say(FIGURES[name].name) for name in OF_PART)]


def _cells(write: Writer, row: Mapping[str, Any]) -> list[str]:
    return [banded(write, name, row.get(name)) for name in OF_PART]


def _series(found: Found, write: Writer, name: str, factor: float) -> list[Series]:
    series: list[Series] = []
    for colour, (label, some) in enumerate(_runs(found).items()):
        hours = [(one["hour"] + 0.5, one[name]) for one in some if _of_hour(one) and one.get(name)]
        series += both(write, label, hours, colour, factor)
    known = [one for one in found["actual"] if _of_hour(one) and one[name] is not None]
    dots = [(one["hour"] + 0.5, one[name] * factor) for one in known]
    return [*series, Series(label=write.say(HAPPENED), points=dots, shape="dots", colour=COLOURS[2])]


def _of_hour(row: Mapping[str, Any]) -> bool:
    return row["queue"] == ALL and row["hour"] is not None


def _runs(found: Found) -> dict[str, Rows]:
    return {REPLAYED: found["replay"], **({WHAT_IF: found["if"]} if found["if"] else {})}


def _whole_day(rows: Rows) -> Mapping[str, Any]:
    return next((one for one in rows if one["queue"] == ALL and one["hour"] is None), {})
