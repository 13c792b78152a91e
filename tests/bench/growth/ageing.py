"""`python -m tests.bench.growth.ageing [--tickets N] [--archive]`: a past goes, while people take numbers."""

import argparse
import os
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from datetime import timedelta
from functools import partial
from pathlib import Path
from typing import TypeVar

from acd.archivist import Archivist
from qms.services.retention import dropping
from qms.services.statistics import closing
from qms.services.statistics.period import Period
from qms.services.statistics.report import report
from qms.store.archive import Folder
from qms.store.engines import connect
from qms.store.migrate import migrate
from qms.store.store import Store
from tests.bench.growth import past
from tests.bench.growth.commands import NETWORK, Grown
from tests.clock import HandClock
from tests.provenance import origin
from tests.vault import VAULT

R = TypeVar("R")

APART_SECONDS = 0.1
"""As the forgetter waits between two steps."""

QUIET_SECONDS = 10.0


class Visitors(threading.Thread):
    """People who take a number and go, until nobody is wanted any more; `took` is milliseconds each."""

    def __init__(self, house: Grown) -> None:
        super().__init__(daemon=True)
        self._house, self.took, self.enough = house, list[float](), False

    def run(self) -> None:
        """One after the other, twenty a second."""
        while not self.enough:
            self.took.append(milliseconds(self._house.intake_and_leave))
            time.sleep(0.05)


def main() -> None:
    """Make a past that is old enough to go, let it go, and say what that took and what others felt of it."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.growth.ageing")
    asked.add_argument("--tickets", type=int, default=20_000)
    asked.add_argument("--archive", action="store_true", help="write the days to files first")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        url = os.environ.get("BENCH_POSTGRESQL_URL", f"sqlite:///{Path(folder)}/aged.db")
        engine, clock = connect(url, pool_size=1), HandClock()
        migrate(engine)
        store = Store(url, clock, VAULT)
        house = Grown(store, NETWORK)
        past.fill(engine, past.lines_of(house.network), told.tickets, clock.at - timedelta(days=500))
        lines = measured(store, house, Folder(Path(folder)) if told.archive else None)
        store.close()
        sys.stdout.write("\n".join([f"{origin()}; {engine.dialect.name}.", "", *lines, ""]))


def measured(store: Store, house: Grown, folder: Folder | None) -> list[str]:
    """Rows of a table."""
    quiet = with_visitors(house, lambda: time.sleep(QUIET_SECONDS))[1]
    day = store.read(closing.due)
    assert day is not None
    span = Period.of(day.day, day.day)
    before = store.read(report, account=house.network.account.id, period=span)
    closed, while_closing = with_visitors(house, lambda: close(store))
    go = partial(store.write, dropping.forget) if folder is None else Archivist(store, folder, version="bench").step
    steps, while_dropping = with_visitors(house, lambda: let_go(go))
    assert store.read(report, account=house.network.account.id, period=span) == before
    return [
        "| | steps | one takes, p50 | at most | a number takes meanwhile, p50 | p99 | at most |",
        "|---|---|---|---|---|---|---|",
        f"| nothing is too old | | | | {said(quiet)} |",
        row("days are closed", closed, while_closing),
        row("tickets go" if folder is None else "days go to files, then their tickets go", steps, while_dropping),
    ]


def row(what: str, steps: Sequence[float], meanwhile: Sequence[float]) -> str:
    """What some steps took, and what others felt of them."""
    return f"| {what} | {len(steps)} | {middle(steps):.1f} | {max(steps):.1f} | {said(meanwhile)} |"


def with_visitors(house: Grown, work: Callable[[], R]) -> tuple[R, list[float]]:
    """Do something while people come."""
    visitors = Visitors(house)
    visitors.start()
    done = work()
    visitors.enough = True
    visitors.join()
    return done, visitors.took


def close(store: Store) -> list[float]:
    """Close all days that are due; milliseconds each."""
    took: list[float] = []
    while (due := store.read(closing.due)) is not None:

        def one(due: closing.Due = due) -> None:
            figures = store.read(closing.figures, due=due)
            store.write(closing.keep, due=due, some=figures)
            store.write(closing.close, due=due)

        took.append(milliseconds(one))
    return took


def let_go(step: Callable[[], int]) -> list[float]:
    """Let all go that is too old; milliseconds of each step."""
    took, gone = list[float](), 1
    while gone:
        began = time.perf_counter()
        gone = step()
        took.append((time.perf_counter() - began) * 1000)
        time.sleep(APART_SECONDS)
    return took


def milliseconds(work: Callable[[], object]) -> float:
    """How long it takes."""
    began = time.perf_counter()
    work()
    return (time.perf_counter() - began) * 1000


def middle(some: Sequence[float]) -> float:
    """The median."""
    return sorted(some)[len(some) // 2]


def said(some: Sequence[float]) -> str:
    """Median, 99th percentile and greatest, as cells."""
    ordered = sorted(some)
    return f"{middle(some):.1f} | {ordered[int(len(ordered) * 0.99)]:.1f} | {ordered[-1]:.1f}"


if __name__ == "__main__":
    main()
