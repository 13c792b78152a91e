"""Tickets of some days, counted per day, hour, branch and queue.

Rows are read a day at a time and counted here, not by the database: a quantile needs every wait, an hour needs the
branch's zone, and no more than a day's rows are held at once. A closed day is told from the figures kept of it.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import NamedTuple, TypeVar

from qms.domain.network import Network
from qms.domain.tally import SECOND
from qms.domain.zones import zone
from qms.services.statistics import remembered
from qms.services.statistics.counting import Counted, Visit, count
from qms.services.statistics.period import Period
from qms.store import past, reports
from qms.store.columns import instant
from qms.store.past import Kept
from qms.store.reports import Chosen, Row
from qms.store.tx import Tx

K = TypeVar("K")
_QUARTER = 900 * SECOND
"""Every zone is some quarters of an hour off, so a quarter lies in one hour of the wall clock."""
_MINUTES = 10
"""The target of a queue that is no more."""


class Cell(NamedTuple):
    """What visits are counted by; `hour` is of the wall clock at the branch, and `branch` empty for remote ones."""

    day: date
    hour: int
    branch: str
    queue: str


Cells = Mapping[Cell, Counted]


def visits(tx: Tx, account: str, period: Period, chosen: Chosen) -> Cells:
    """What happened to those who took a number on these days."""
    network = tx.network(account)
    hours, targets = _Hours(network), _Targets(network)
    closed = past.closed(tx, account, period.first, period.last)
    cells: dict[Cell, Counted] = {}
    for day in period:
        if day in closed:
            cells.update(_recalled(day, past.figures(tx, account, day, "visits", chosen), targets))
        else:
            cells.update(_counted(tx, account, day, chosen, hours, targets))
    return cells


def _recalled(day: date, kept: Iterable[Kept], targets: "_Targets") -> Iterator[tuple[Cell, Counted]]:
    for one in kept:
        for hour, counted in remembered.visits(one.figures, targets.of(one.queue)):
            yield Cell(day, hour, one.branch, one.queue), counted


def _counted(
    tx: Tx, account: str, day: date, chosen: Chosen, hours: "_Hours", targets: "_Targets"
) -> Mapping[Cell, Counted]:
    cells: dict[Cell, Counted] = defaultdict(Counted)
    rows = reports.tickets_of(tx, account, day, chosen)
    moved = reports.moves_of(tx, account, day) if rows else {}
    lines: dict[tuple[str, str], list[_Stood]] = defaultdict(list)
    for row in rows:
        counted = cells[Cell(day, hours.of(row.branch, row.came), row.branch or "", row.queue)]
        visit = Visit(row.state, row.came, row.assigned, row.serving, row.ended)
        count(counted, visit, targets.of(row.queue))
        counted.transfers += moved.get((row.id, "ticket.transferred"), 0)
        counted.recalls += moved.get((row.id, "ticket.recalled"), 0)
        lines[row.queue, row.branch or ""].append(_Stood(row.came, row.seq, row, counted))
    for line in lines.values():
        _count_overtaken(line)
    return cells


def added_by(cells: Cells, key: Callable[[Cell], K]) -> dict[K, list[Counted]]:
    """Cells with the same key together."""
    found: dict[K, list[Counted]] = defaultdict(list)
    for cell, counted in cells.items():
        found[key(cell)].append(counted)
    return found


class _Stood(NamedTuple):
    came: int
    seq: int
    row: Row
    counted: Counted


def _count_overtaken(line: list[_Stood]) -> None:
    """Somebody was overtaken if one who came later to the same queue was called first, or before he left."""
    line.sort(key=lambda one: one[:2], reverse=True)
    earliest: float = float("inf")
    for one in line:
        until = one.row.assigned or one.row.ended or float("inf")
        one.counted.overtaken += earliest < until
        earliest = min(earliest, one.row.assigned or earliest)


class _Hours:
    """The hour on the wall of a branch, or of the account for those who wait from afar."""

    def __init__(self, network: Network) -> None:
        self._network = network
        self._known: dict[tuple[str | None, int], int] = {}

    def of(self, branch: str | None, at: int) -> int:
        key = (branch, at // _QUARTER)
        hour = self._known.get(key)
        if hour is None:
            where = self._network.zone_of(self._network.branches.get(branch or ""))
            self._known[key] = hour = instant(at).astimezone(zone(where)).hour
        return hour


class _Targets:
    """Within what time each queue wants people answered, as it wants it today, in microseconds."""

    def __init__(self, network: Network) -> None:
        self._minutes = {one.id: one.target_minutes for one in network.queues.values()}

    def of(self, queue: str) -> float:
        return self._minutes.get(queue, _MINUTES) * 60 * SECOND
