"""`python -m tests.bench.growth [--tickets N,N] [--write]`: a day's commands before a longer and longer past."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

from tests.bench.growth import filled
from tests.bench.growth.commands import Grown
from tests.clock import HandClock
from tests.provenance import origin

ROUNDS = 40
PAGE = Path(__file__).parents[3] / "docs" / "growth.md"
MARK = "<!-- measured: {}, to {:,} -->"
ENDS = "<!-- end -->"

Commands = Mapping[str, Callable[[], Any]]
Figures = dict[str, list[float]]


def main() -> None:
    """Measure before each length of the past, print a table, and write it into the page if asked to."""
    told = arguments()
    lengths = [int(one) for one in told.tickets.split(",")]
    with tempfile.TemporaryDirectory() as scratch, ExitStack() as up:
        urls = filled.urls(told.postgresql or told.folder or scratch, lengths)
        for url, length in zip(urls, lengths, strict=True):
            filled.make(url, length)
        if told.fill:
            return
        found = measured([at_work(up, url) for url in urls], told.rounds)
    kind = "PostgreSQL" if told.postgresql else "SQLite"
    text = "\n".join([f"{kind}; {origin()}.", "", *table(found, lengths, told.rounds)])
    sys.stdout.write(text + "\n")
    if told.write:
        put_in(MARK.format(kind, lengths[-1]), text)


def arguments() -> argparse.Namespace:
    """What is asked for."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.growth")
    asked.add_argument("--tickets", default="10000,1000000", help="lengths of the past")
    asked.add_argument("--folder", help="where databases are kept, and found the next time")
    asked.add_argument("--postgresql", metavar="URL", help="a server where they are instead")
    asked.add_argument("--fill", action="store_true", help="only make the databases")
    asked.add_argument("--rounds", type=int, default=ROUNDS)
    asked.add_argument("--write", action="store_true", help="put the table into docs/growth.md")
    return asked.parse_args()


def at_work(up: ExitStack, url: str) -> tuple[HandClock, Commands]:
    """A house with its past, and what is done there."""
    clock = HandClock(filled.now(url))
    house = filled.house(up, url, clock)
    house.sign_in("ana", "c1")
    house.sign_in("vic", None)
    return clock, commands_of(house)


def commands_of(house: Grown) -> Commands:
    """What is done and looked at in a house."""
    return {
        "intake at a kiosk, and away": house.intake_and_leave,
        "come, be offered, answered, served": house.ring,
        "come, be called, recalled, served": house.serve_one,
        "book, move, cancel": house.book_and_cancel,
        "all that workers look for": house.background,
        "why am I fourth": house.explained,
        **house.watch(),
    }


def measured(houses: Sequence[tuple[HandClock, Commands]], rounds: int) -> Figures:
    """Milliseconds of each command in each house, in turn: what disturbs one disturbs all. The best quarter's worst."""
    found: Figures = {}
    for name in houses[0][1]:
        took: list[list[float]] = [[] for _ in houses]
        for n in range(-2, rounds):  # what is asked for the first time is not what a day's work costs
            for one, (clock, commands) in zip(took, houses, strict=True):
                clock.move(seconds=1)
                began = time.perf_counter()
                commands[name]()
                if n >= 0:
                    one.append((time.perf_counter() - began) * 1000)
        found[name] = [sorted(one)[rounds // 4] for one in took]
    return found


def table(found: Figures, lengths: Sequence[int], rounds: int) -> list[str]:
    """A row for each command: its time before each past, and the last as a multiple of the first."""
    heads = [f"{length:,} past tickets" for length in lengths]
    rows = [f"| ms, lower quartile of {rounds} | {' | '.join(heads)} | last / first |"]
    rows += ["|---" * (len(lengths) + 2) + "|"]
    for name, took in found.items():
        rows.append(f"| {name} | {' | '.join(f'{one:.2f}' for one in took)} | {took[-1] / took[0]:.2f} |")
    return rows


def put_in(mark: str, text: str) -> None:
    """Put a table into the page in place of the one before."""
    before, there, after = PAGE.read_text("utf-8").partition(mark)
    if not there:
        raise SystemExit(f"{PAGE} has no place for it: {mark}")
    PAGE.write_text(f"{before}{mark}\n\n{text}\n\n{ENDS}{after.partition(ENDS)[2]}", "utf-8")


if __name__ == "__main__":
    main()
