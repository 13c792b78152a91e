"""A rehearsal as tables for the terminal."""

from collections.abc import Iterator

from rich.box import SIMPLE
from rich.table import Table

from acd.simulation.page import banded, said
from acd.simulation.rehearsal import Rehearsal
from acd.simulation.rollouts import ALL, NAMES, WHOLE, Rollouts

SHORT = {
    "offered": "came",
    "answered": "answered",
    "abandoned": "left",
    "left_over": "left over",
    "refused": "turned away",
    "mean_wait_seconds": "mean wait, s",
    "p50_wait_seconds": "P50 wait, s",
    "p90_wait_seconds": "P90 wait, s",
    "mean_wait_all_seconds": "mean, all, s",
    "answered_in_time": "in time/answered",
    "handled_in_time": "in time/handled",
    "offered_in_time": "in time/offered",
    "abandonment": "share left",
    "occupancy": "occupancy",
}
OF_AN_HOUR = ("offered", "p50_wait_seconds", "p90_wait_seconds", "offered_in_time", "abandonment", "left_over")
HEADS = ("came", "P50 s", "P90 s", "in time", "left", "left over")


def whole_day(found: Rehearsal) -> Table:
    """Each figure of the day: what happened, what the replay says, what the change would do."""
    table = Table(
        "", title=f"{found.plan.name or 'The day'}: middle of {found.count} days (P10 … P90)", box=SIMPLE, padding=0
    )
    heads = [*(["happened"] if found.actual else []), "replayed", *(["what if", "change"] if found.after else [])]
    for head in heads:
        table.add_column(head, justify="right")
    for name in NAMES:
        cells = [SHORT[name]]
        if found.actual:
            cells.append(said(name, getattr(found.actual[WHOLE], name)))
        cells.append(banded(name, found.before.bands[WHOLE]))
        if found.after:
            cells += [banded(name, found.after.bands[WHOLE]), banded(name, found.difference[WHOLE])]
        table.add_row(*cells)
    return table


def by_queue_and_hour(found: Rehearsal) -> Iterator[Table]:
    """Each queue hour by hour, replayed and with the change."""
    yield _hours("replayed", found.before)
    if found.after:
        yield _hours("what if", found.after)


def _hours(title: str, some: Rollouts) -> Table:
    table = Table("queue", "hour", box=SIMPLE, title=f"Per queue and hour, {title}: middle of the days")
    for head in HEADS:
        table.add_column(head, justify="right")
    for (queue, hour), bands in some.bands.items():
        figures = [said(name, band.p50 if (band := bands.get(name)) else None) for name in OF_AN_HOUR]
        table.add_row("all" if queue == ALL else queue, "all day" if hour is None else f"{hour:02}:00", *figures)
    return table
