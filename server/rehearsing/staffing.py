"""`turnero staffing`: how many agents each quarter of an hour of a week needs."""

import sys
from collections.abc import Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated

import typer
from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from acd.recorded import past_of
from acd.simulation.day import Agent
from acd.simulation.demand import WEEKS
from acd.simulation.staffing import Wanted
from acd.simulation.traffic import Recorded
from acd.simulation.week import NAMES, TRIED, Staffed, staffed_week, week_csv, week_json
from acd.simulation.week_page import HEADS, choices, tried, week_page
from server.failing import fail, file_troubles_told
from server.rehearsing.progress import days_pass
from server.rehearsing.recorded import histories, today
from server.rehearsing.sources import read_files

Past = dict[date, Sequence[Recorded]]
Rosters = dict[date, Sequence[Agent]]


def staffing(
    files: Annotated[
        list[Path] | None, typer.Argument(help="Files of visits (.csv, .csv.gz), of several weeks.", readable=False)
    ] = None,
    roster: Annotated[
        list[Path] | None, typer.Option(help="Rosters, to put beside what is needed.", readable=False)
    ] = None,
    account: Annotated[str, typer.Option(help="Learn from this installation: the account's slug.")] = "",
    branch: Annotated[str, typer.Option(help="… from one branch only: its key.")] = "",
    until: Annotated[str, typer.Option(help="… from the six weeks before this date; else before today.")] = "",
    queue: Annotated[str, typer.Option(help="Only this queue; else all together, as if everybody served all.")] = "",
    weekday: Annotated[list[str] | None, typer.Option(help="Only this day: monday, tuesday, …")] = None,
    target: Annotated[float, typer.Option(min=0, help="Seconds within which people are to be served.")] = 600,
    level: Annotated[float, typer.Option(min=0, max=0.999, help="The share that is to be served within them.")] = 0.8,
    left: Annotated[float, typer.Option(min=0.001, max=1, help="The share that may leave, at most.")] = 1.0,
    handling: Annotated[float, typer.Option(min=0, help="Seconds with a visitor; 0: as it was.")] = 0,
    wrap_up: Annotated[float, typer.Option(min=0, help="Seconds after each.")] = 0,
    patience: Annotated[float, typer.Option(min=0, help="Mean patience in seconds; 0: as it was.")] = 0,
    shrinkage: Annotated[float, typer.Option(min=0, max=0.9, help="Share of paid time that agents are not there.")] = 0,
    rollouts: Annotated[int, typer.Option(min=0, max=10_000, help="Days simulated for each what-if.")] = 20,
    seed: Annotated[int, typer.Option(help="The same seed gives the same answer, byte for byte.")] = 1,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    csv: Annotated[Path | None, typer.Option(help="Write the table as CSV.", readable=False)] = None,
    page: Annotated[Path | None, typer.Option(help="Write a page with plots.", readable=False)] = None,
) -> None:
    """Forecast a week's arrivals, say how many agents they need, and try it in the simulation."""
    try:
        past, rosters = _past(files or [], roster or [], account, branch or None, until)
        past = {day: some for day, all_ in past.items() if (some := [x for x in all_ if queue in ("", x.queue)])}
        if not past:
            raise ValueError("nobody came: there is nothing to learn from")
        weekdays = _weekdays(weekday)
    except ValueError as error:
        fail(str(error))
    asked = Wanted(
        handling_seconds=handling,
        patience_seconds=patience,
        target_seconds=target,
        level=level,
        most_abandonment=left,
        shrinkage=shrinkage,
    )
    with days_pass(len({day.weekday() for day in past} & set(weekdays)) * len(TRIED) * rollouts) as told:
        week = staffed_week(
            past, rosters, asked, weekdays=weekdays, wrap_up_seconds=wrap_up, count=rollouts, seed=seed, told=told
        )
    for file, write in ((csv, week_csv), (page, week_page)):
        if file is not None:
            with file_troubles_told(file):
                file.write_text(write(week), encoding="utf-8")
    sys.stdout.write(week_json(week)) if json else _show(week)


def _past(files: list[Path], roster: list[Path], account: str, branch: str | None, until: str) -> tuple[Past, Rosters]:
    if bool(files) == bool(account):
        raise ValueError("name files of visits, or --account for this installation's own history")
    if account:
        return _own(account, branch, _date(until) if until else today())
    past: Past = {}
    rosters: Rosters = {}
    for number, file in enumerate(files):
        visits, agents = read_files(file, roster[number] if number < len(roster) else None)
        past |= {_date(day): some for day, some in visits.items()}
        rosters |= {_date(day): those for day, those in agents.items()}
    return past, rosters


def _own(account: str, branch: str | None, until: date) -> tuple[Past, Rosters]:
    days = [until - timedelta(days=back) for back in range(7 * WEEKS, 0, -1)]
    return past_of(histories(account, branch, days), branch)


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise ValueError(f"day: expected a date such as 2026-03-02, not {text!r}") from None


def _weekdays(names: list[str] | None) -> list[int]:
    known = [name.lower() for name in NAMES]
    for name in names or ():
        if name.lower() not in known:
            raise ValueError(f"--weekday: expected one of {', '.join(known)}, not {name!r}")
    return sorted({known.index(name.lower()) for name in names}) if names else list(range(7))


def _show(week: Sequence[Staffed]) -> None:
    console = Console()
    for staffed in week:
        head, rows = choices(staffed)
        console.print(_table(f"{staffed.name}: {staffed.agent_hours:g} agent hours", head, rows))
        if staffed.tried:
            console.print(_table(f"{staffed.name} in the simulation", HEADS, tried(staffed), wrapped=True))


def _table(title: str, head: Sequence[str], rows: Sequence[Sequence[str]], *, wrapped: bool = False) -> Table:
    table = Table(title=title, box=SIMPLE, padding=0, collapse_padding=True)
    for at, name in enumerate(head):
        table.add_column(name, justify="right" if at else "left", no_wrap=not wrapped)
    for row in rows:
        table.add_row(*row)
    return table
