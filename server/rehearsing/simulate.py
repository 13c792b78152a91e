"""`turnero simulate`: a day replayed by the production matcher, and what if something had been different."""

import sys
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from acd.simulation import change
from acd.simulation.page import page as as_page
from acd.simulation.page import verdict_words
from acd.simulation.plan import Plan
from acd.simulation.rehearsal import Rehearsal, calibrated, rehearse
from acd.simulation.report import NOT_SIMULATED, as_csv, as_json
from server.failing import fail
from server.rehearsing import tables
from server.rehearsing.progress import days_pass
from server.rehearsing.recorded import recorded_day
from server.rehearsing.sources import plan_of


def simulate(
    file: Annotated[
        Path | None, typer.Argument(help="A day file (.toml) or a file of visits (.csv, .csv.gz).", readable=False)
    ] = None,
    roster: Annotated[
        Path | None, typer.Option(help="The roster that belongs to a file of visits.", readable=False)
    ] = None,
    account: Annotated[str, typer.Option(help="Replay a day of this installation: the account's slug.")] = "",
    branch: Annotated[str, typer.Option(help="… of one branch only: its key.")] = "",
    day: Annotated[str, typer.Option(help="Which day; else the first of the file.")] = "",
    rule: Annotated[
        list[str] | None, typer.Option(help="As things are: REG.target_seconds=20, *.ring_seconds=0.")
    ] = None,
    agents: Annotated[list[str] | None, typer.Option(help="What if: +1, -1@10:00-12:00, +1@10:00-12:00:REG.")] = None,
    hours: Annotated[str, typer.Option(help="What if: other opening hours, 09:00-17:30.")] = "",
    policy: Annotated[list[str] | None, typer.Option(help="What if: another rule, REG.wrap_up_seconds=0.")] = None,
    appointments: Annotated[str, typer.Option(help="What if: that share comes by appointment, 20%.")] = "",
    rollouts: Annotated[int, typer.Option(min=1, max=10_000, help="So many days are drawn.")] = 200,
    seed: Annotated[int, typer.Option(help="The same seed gives the same answer, byte for byte.")] = 1,
    calibrate: Annotated[
        bool, typer.Option(help="Add the time between visitors that makes the mean wait right.")
    ] = False,
    json: Annotated[bool, typer.Option("--json", help="Print JSON instead of tables.")] = False,
    csv: Annotated[Path | None, typer.Option(help="Write all figures as CSV.", readable=False)] = None,
    page: Annotated[Path | None, typer.Option(help="Write a page with plots.", readable=False)] = None,
) -> None:
    """Replay a day with the matcher that distributes real tickets, and ask what if.

    First the day as it was, compared with what happened; then the same visitors with the change.
    """
    try:
        plan = _plan(file, roster, account, branch, day)
        for text in rule or ():
            plan = change.with_policy(plan, text)
        asked = _asked(agents, hours, policy, appointments)
        unseen = 0.0
        if calibrate:
            plan, unseen = calibrated(plan, seed)
        changed = change.changed(plan, asked)
    except ValueError as error:
        fail(str(error))
    with days_pass(rollouts * (2 if changed else 1)) as told:
        found = rehearse(
            plan,
            changed,
            count=rollouts,
            seed=seed,
            asked=[f"{what} {text}" for what, text in asked],
            unseen_seconds=unseen,
            told=told,
        )
    _write(found, csv, page)
    sys.stdout.write(as_json(found)) if json else _show(found)


def _plan(file: Path | None, roster: Path | None, account: str, branch: str, day: str) -> Plan:
    if (file is None) == (not account):
        raise ValueError("name a file, or --account for a day of this installation")
    if file is not None:
        return plan_of(file, roster, day or None)
    return recorded_day(account, branch or None, day)


def _asked(agents: list[str] | None, hours: str, policy: list[str] | None, appointments: str) -> list[change.Change]:
    some = {"hours": [hours], "policy": policy or [], "appointments": [appointments], "agents": agents or []}
    return [(what, text) for what in change.CHANGES for text in some[what] if text]


def _write(found: Rehearsal, csv: Path | None, page: Path | None) -> None:
    try:
        if csv is not None:
            csv.write_text(as_csv(found), encoding="utf-8")
        if page is not None:
            page.write_text(as_page(found), encoding="utf-8")
    except OSError as error:
        fail(f"{error.filename}: {error.strerror}")


def _show(found: Rehearsal) -> None:
    console = Console()
    for table in (tables.whole_day(found), *tables.by_queue_and_hour(found)):
        console.print(table)
    console.print(verdict_words(found))
    if found.unseen_seconds:
        console.print(f"Calibrated: {found.unseen_seconds:g} s more between two visitors than the record tells.")
    console.print("Not simulated:", style="dim")
    for one in NOT_SIMULATED:
        console.print(f"  {one}", style="dim")
    if found.after is not None:
        better = found.better["mean_wait_all_seconds"]
        console.print(f"With {', '.join(found.asked)}: shorter waits on {better} of {found.count} days.")
