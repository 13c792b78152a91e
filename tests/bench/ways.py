"""The ways of a message: from a ticket to screens, and one frame to many sockets, as text."""

import json
import subprocess
import sys
from pathlib import Path

from tests.bench import stage

PER_SECOND, FOR_SECONDS = 300, 3
"""As many tickets as a screen lists by number."""

SCREENS, TICKETS = 1000, 20
CROWDS = (200, 1000, 5000)


def to_screens(folder: Path) -> list[str]:
    """From POST to one screen at a rate, and to each of many."""
    with stage.turnero("screen", folder / "w") as server:
        way = measured("tests.bench.screen", *_asked(server, PER_SECOND, FOR_SECONDS))
    with stage.turnero("hall", folder / "h") as server:
        hall = measured("tests.bench.hall", *_asked(server, SCREENS, TICKETS))
    return [
        "",
        "## From POST to the number on a lobby screen's socket",
        "",
        f"At {PER_SECOND} tickets a second on SQLite: p50 {way['p50_ms']:.1f} ms, p99 {way['p99_ms']:.1f} ms "
        f"({way['seen']:.0f} tickets; limit 50 ms at p99).",
        "",
        f"To each of {hall['screens']:,.0f} screens on one process, ticket by ticket: p50 {hall['p50_ms']:.0f} ms, "
        f"p99 {hall['p99_ms']:.0f} ms, the last {hall['worst_ms']:.0f} ms (limit 500 ms at p99).",
    ]


def to_many() -> list[str]:
    """A frame to more and more sockets, by the hub and by hand."""
    rows = [
        "",
        "## One frame to many sockets",
        "",
        "Until the kernel has the last byte; by hand: the same frame written",
    ]
    rows += ["to the same sockets one after the other (limit: 0.8 of its speed).", ""]
    rows += ["| sockets | the hub, ms | by hand, ms | of writing by hand |", "|---|---|---|---|"]
    for sockets in CROWDS:
        one = measured("tests.bench.fan_out", str(sockets))
        share = one["hand_ms"] / one["hub_ms"]
        rows.append(f"| {sockets:,} | {one['hub_ms']:.1f} | {one['hand_ms']:.1f} | {share:.2f} |")
    return rows


def measured(module: str, *asked: str) -> dict[str, float]:
    """What a program of this folder has measured."""
    done = subprocess.run([sys.executable, "-m", module, *asked], check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def _asked(server: stage.Server, *more: int) -> list[str]:
    return [str(server.port), server.token, *map(str, more), stage.PATH]
