"""`python -m tests.bench.growth [--tickets N,N] [--write]`: a day's commands before a longer and longer past."""

import argparse
import os
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from qms.store.engines import connect
from qms.store.migrate import migrate
from qms.store.store import Store
from tests.bench.growth import past
from tests.bench.growth.commands import NETWORK, Grown
from tests.clock import HandClock
from tests.provenance import origin
from tests.vault import VAULT

ROUNDS = 40
PAGE = Path(__file__).parents[3] / "docs" / "growth.md"
MARK = "<!-- measured -->"

Commands = Mapping[str, Callable[[], Any]]
Figures = dict[str, list[float]]


def main() -> None:
    """Measure before each length of the past, print a table, and write it into the page if asked to."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.growth")
    asked.add_argument("--tickets", default="10000,1000000")
    asked.add_argument("--write", action="store_true")
    told = asked.parse_args()
    lengths = [int(one) for one in told.tickets.split(",")]
    with tempfile.TemporaryDirectory() as folder, ExitStack() as up:
        urls = os.environ.get("BENCH_POSTGRESQL_URLS", "").split() or [f"sqlite:///{folder}/{n}.db" for n in lengths]
        houses = [opened(up, url, length) for url, length in zip(urls, lengths, strict=True)]
        found = measured(houses)
        kind = urls[0].partition(":")[0]
    text = "\n".join([f"{origin()}; {kind}.", "", *table(found, lengths)])
    sys.stdout.write(text + "\n")
    if told.write:
        PAGE.write_text(f"{PAGE.read_text('utf-8').partition(MARK)[0]}{MARK}\n\n{text}\n", "utf-8")


def opened(up: ExitStack, url: str, tickets: int) -> tuple[HandClock, Commands]:
    """A house at work with such a past, and what is done there."""
    clock, engine = HandClock(), connect(url, pool_size=1)
    up.callback(engine.dispose)
    migrate(engine)
    store = Store(url, clock, VAULT)
    up.callback(store.close)
    house = Grown(store, NETWORK)
    past.fill(engine, past.lines_of(house.network), tickets, clock.at)
    if engine.dialect.name == "postgresql":
        past.statistics(engine)
    house.sign_in("ana", "c1")
    house.sign_in("vic", None)
    return clock, {
        "intake at a kiosk, and away": house.intake_and_leave,
        "come, be offered, answered, served": house.ring,
        "come, be called, recalled, served": house.serve_one,
        "book, move, cancel": house.book_and_cancel,
        "all that workers look for": house.background,
        **house.watch(),
    }


def measured(houses: Sequence[tuple[HandClock, Commands]]) -> Figures:
    """Milliseconds of each command in each house, in turn: what disturbs one disturbs all. The best quarter's worst."""
    found: Figures = {}
    for name in houses[0][1]:
        took: list[list[float]] = [[] for _ in houses]
        for _ in range(ROUNDS):
            for one, (clock, commands) in zip(took, houses, strict=True):
                clock.move(seconds=1)
                began = time.perf_counter()
                commands[name]()
                one.append((time.perf_counter() - began) * 1000)
        found[name] = [sorted(one)[ROUNDS // 4] for one in took]
    return found


def table(found: Figures, lengths: Sequence[int]) -> list[str]:
    """A row for each command: its time before each past, and the last as a multiple of the first."""
    heads = [f"{length:,} past tickets" for length in lengths]
    rows = [f"| ms, lower quartile of {ROUNDS} | {' | '.join(heads)} | last / first |"]
    rows += ["|---" * (len(lengths) + 2) + "|"]
    for name, took in found.items():
        rows.append(f"| {name} | {' | '.join(f'{one:.2f}' for one in took)} | {took[-1] / took[0]:.2f} |")
    return rows


if __name__ == "__main__":
    main()
