"""`turnero forecast-score` and `turnero forecast-report`: how good forecasts of waits are, on a recording and here."""

import csv
import gzip
import io
import json
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict
from datetime import date, timedelta
from pathlib import Path
from typing import TypeVar

import typer
from rich.console import Console
from rich.table import Table

from acd.forecast.record import Call, Shift, call_of, day_of, shift_of
from acd.forecast.replay import Judged, replay
from acd.forecast.score import Safety, Score, safety, score
from qms.services.quote_report import Held, report
from server.failing import fail, file_troubles_told
from server.tool import installation

ESTIMATORS = {
    "model": "this project's forecast",
    "length": "(queue + 1) × handling ÷ agents on duty",
    "length, in service": "(queue + 1) × handling ÷ agents in service",
    "ahead": "(ahead + 1) × handling ÷ agents on duty",
    "abandonment": "the same, with people giving up",
    "average": "exponentially weighted mean of recent waits",
    "mean of five": "mean of the last five waits",
    "last": "wait of the last who was answered",
    "head": "wait so far of the first in line",
}
"""What is compared, the first being ours."""

SAFE_AT_LEAST, SAFE_AT_MOST, BETTER_BY = 0.88, 0.92, 0.25

R = TypeVar("R")


def forecast_score(
    data: Path = typer.Option(
        ..., help="A folder of *.calls.csv and *.agents.csv, or one file of calls; may be .gz.", readable=False
    ),
    judge_from: str = typer.Option("", help="The first day that is judged, as 19990301; else the last month's first."),
    everybody: bool = typer.Option(False, help="Learn from, and judge, also those who were answered at once."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Replay a recording in time order, learn from each answer, and score the forecasts of the last month."""
    calls, shifts = read(data)
    if not calls:
        fail(f"{data}: no calls")
    first = day_of(judge_from) if judge_from else max(call.day for call in calls).replace(day=1)
    judged = [one for one in replay(calls, shifts, everybody=everybody) if one.call.day >= first and one.call.served]
    if not everybody:
        judged = [one for one in judged if one.call.wait]
    if not judged:
        fail(f"{data}: nobody to judge from {first} on")
    scores = {name: score(_pairs(judged, name)) for name in ESTIMATORS}
    safe = safety([(one.forecast.safe_seconds, one.call.wait) for one in judged])
    if as_json:
        figures = {"from": str(first), "scores": {n: asdict(s) for n, s in scores.items()}, "p90": asdict(safe)}
        typer.echo(json.dumps(figures, indent=2))
    else:
        _show(first, scores, safe, judged)


def read(data: Path) -> tuple[list[Call], list[Shift]]:
    """The calls and shifts of a recording; a file alone has no shifts."""
    if not data.exists():
        fail(f"{data}: No such file or directory")
    if data.is_file():
        return list(_rows(data, call_of)), []
    calls = [call for file in sorted(data.glob("*calls.csv*")) for call in _rows(file, call_of)]
    return calls, [shift for file in sorted(data.glob("*agents.csv*")) for shift in _rows(file, shift_of)]


def _rows(file: Path, of: Callable[[dict[str, str]], R]) -> Iterator[R]:
    with file_troubles_told(file), gzip.open(file, "rb") if file.suffix == ".gz" else file.open("rb") as raw:
        for row in (reader := csv.DictReader(io.TextIOWrapper(raw, "utf-8"))):
            try:
                yield of(row)
            except KeyError as missing:
                fail(f"{file}:{reader.line_num}: there is no column {missing}")
            except (ValueError, TypeError) as wrong:
                fail(f"{file}:{reader.line_num}: {wrong}")


def _pairs(judged: Sequence[Judged], name: str) -> list[tuple[float, float]]:
    if name == "model":
        return [(one.forecast.likely_seconds, one.call.wait) for one in judged]
    return [(one.said[name], one.call.wait) for one in judged]


def _show(first: date, scores: dict[str, Score], safe: Safety, judged: Sequence[Judged]) -> None:
    console = Console(width=120)
    waits = sorted(one.call.wait for one in judged)
    console.print(
        f"{len(judged):,} people answered from {first} on; mean wait {sum(waits) / len(waits):.1f} s, "
        f"median {waits[len(waits) // 2]} s. Seconds:"
    )
    table = Table("estimator", "mean error", "median error", "bias", "too short for", "model is better by")
    own = scores["model"].mean_error
    for name, said in ESTIMATORS.items():
        s = scores[name]
        better = "" if name == "model" else f"{1 - own / s.mean_error:.1%}"
        table.add_row(said, f"{s.mean_error:.1f}", f"{s.median_error:.1f}", f"{s.bias:+.1f}", f"{s.under:.0%}", better)
    console.print(table)
    console.print(
        f"P90 held for {safe.held:.1%}; its mean is {safe.mean:.0f} s, its pinball loss {safe.pinball:.2f} s."
    )
    _show_parts(console, judged)
    _say(console, "P90 between 88 % and 92 %", SAFE_AT_LEAST <= safe.held <= SAFE_AT_MOST)
    for name in ("length", "length, in service"):
        _say(console, f"25 % below {ESTIMATORS[name]}", own <= (1 - BETTER_BY) * scores[name].mean_error)
    _say(console, f"below the {ESTIMATORS['average']}", own < scores["average"].mean_error)


def _show_parts(console: Console, judged: Sequence[Judged]) -> None:
    """By queue and by how many were ahead: a figure that holds on the whole may hold for nobody in particular."""
    parts: dict[str, list[Judged]] = {}
    for one in judged:
        parts.setdefault(f"queue {one.call.queue}", []).append(one)
        parts.setdefault(_ahead(one.ahead), []).append(one)
        parts.setdefault(
            f"{one.call.arrived // 10800 * 3:02d}:00 to {one.call.arrived // 10800 * 3 + 3:02d}:00", []
        ).append(one)
    table = Table("of them", "people", "mean error", "P90 held", "mean P90")
    for name, some in sorted(parts.items()):
        safe = safety([(one.forecast.safe_seconds, one.call.wait) for one in some])
        error = score(_pairs(some, "model")).mean_error
        table.add_row(name, f"{safe.people:,}", f"{error:.1f}", f"{safe.held:.1%}", f"{safe.mean:.0f}")
    console.print(table)


def _ahead(ahead: int) -> str:
    return next(
        f"{said} ahead" for most, said in ((0, "0"), (2, "1–2"), (5, "3–5"), (10**9, "6 or more")) if ahead <= most
    )


def _say(console: Console, aim: str, met: bool) -> None:
    console.print(f"{'met    ' if met else 'NOT MET'}  {aim}")


def forecast_report(
    account: str = typer.Option("", help="The account's slug; else all."),
    days: int = typer.Option(30, min=1, help="So many days back."),
    as_json: bool = typer.Option(False, "--json", help="Print the figures as JSON."),
) -> None:
    """Tell how often the waits that people were told have held, by queue and branch."""
    with installation() as store:
        rows = store.read(report, account=account or None, back=timedelta(days=days))
    if as_json:
        typer.echo(json.dumps([asdict(row) for row in rows], indent=2, ensure_ascii=False))
        return
    Console(width=120).print(_table(rows))


def _table(rows: Sequence[Held]) -> Table:
    table = Table(
        "account", "queue", "branch", "told", "answered", "left first", "within P50", "within P90", "mean error"
    )
    for row in rows:
        held = ["–"] * 3
        if row.answered:
            held = [f"{row.within_p50:.0%}", f"{row.within_p90:.0%}", f"{row.mean_error_minutes:.1f} min"]
        table.add_row(row.account, row.queue, row.branch, str(row.told), str(row.answered), str(row.left), *held)
    return table
