"""A week's staffing as one page, with plots and tables."""

from collections.abc import Iterable, Sequence

from acd.simulation.page import banded, document, said, table
from acd.simulation.plots import Series, plot
from acd.simulation.week import Staffed, clock

SIMULATED = ("offered", "p50_wait_seconds", "p90_wait_seconds", "offered_in_time", "abandonment", "occupancy")
HEADS = ("agents", "came", "P50 wait", "P90 wait", "in time", "left", "occupancy")


def week_page(days: Sequence[Staffed]) -> str:
    """The whole document."""
    return document("Staffing of a week", [part for day in days for part in _day(day)])


def choices(staffed: Staffed) -> tuple[list[str], list[list[str]]]:
    """Head and rows of a day's table: the quarters, and the service level with up to two agents more or fewer."""
    planned = any(one.planned is not None for one in staffed.intervals)
    head = ["from", "come", "band", "erlangs", "needed", "band", *(["planned", "served"] if planned else [])]
    head += ["−2", "−1", "needed", "+1", "+2"]
    rows = []
    for one in staffed.intervals:
        levels = {agents - one.needed: steady.service_level for agents, steady in one.choices}
        cells = [clock(one.at), f"{one.expected:.1f}", f"{one.low:.0f}–{one.high:.0f}", f"{one.load:.1f}"]
        cells += [str(one.needed), f"{one.needed_low}–{one.needed_high}"]
        if planned:
            there, level = one.planned, one.planned_level or 0
            cells += ["–", "–"] if there is None else [str(there), f"{100 * level:.0f}%"]
        rows.append([*cells, *(f"{100 * levels[n]:.0f}%" if n in levels else "–" for n in (-2, -1, 0, 1, 2))])
    return head, rows


def tried(staffed: Staffed) -> list[list[str]]:
    """Rows of what the simulation makes of one agent fewer, as many as needed, and one more."""
    return [[_more(more), *(banded(name, bands) for name in SIMULATED)] for more, bands in staffed.tried.items()]


def _more(more: int) -> str:
    return "as needed" if not more else f"{more:+d}"


def _day(staffed: Staffed) -> Iterable[str]:
    quarters = [(one.at / 4, one) for one in staffed.intervals]
    yield f"<h2>{staffed.name}</h2>"
    yield (
        f"<p>Learned from {staffed.day.days} days: {said('offered', staffed.day.total)} people, "
        f"{staffed.agent_hours:g} agent hours.</p>"
    )
    yield plot(
        "Who comes",
        "people per quarter of an hour",
        [
            Series(
                label="P10 to P90",
                shape="band",
                points=[(hour, one.high) for hour, one in quarters],
                low=[(hour, one.low) for hour, one in quarters],
            ),
            Series(label="expected", points=[(hour, one.expected) for hour, one in quarters]),
        ],
    )
    lines = [Series(label="needed", shape="steps", points=[(hour, float(one.needed)) for hour, one in quarters])]
    planned = [(hour, float(one.planned)) for hour, one in quarters if one.planned is not None]
    if planned:
        lines.append(Series(label="planned", shape="steps", colour="#c2410c", points=planned))
    yield plot("Agents", "on duty", lines)
    yield "<p>The share served within the target, with as many agents as needed, and with up to two more or fewer.</p>"
    yield table(*choices(staffed))
    if staffed.tried:
        yield "<p>The same day in the simulation, the middle of the days and its band.</p>"
        yield table(HEADS, tried(staffed))
