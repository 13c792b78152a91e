"""`python -m tests.bench [--write]`: durable intake and the way to the screen, beside their limits, in one run."""

import contextlib
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from datetime import UTC, datetime
from pathlib import Path

from tests.bench import stage

CONNECTIONS = (1, 64, 256)
ROUNDS = 5
SECONDS = 2.0
PAGE = Path(__file__).parents[2] / "docs" / "benchmarks.md"

Figures = dict[tuple[str, int], list[dict[str, float]]]


def main() -> None:
    """Measure, print, and write `docs/benchmarks.md` if asked to."""
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as up:
        bare = up.enter_context(stage.bare("bare handler, constant 201"))
        nothing = up.enter_context(
            stage.turnero("the same route, storing nothing", Path(folder) / "n", module="tests.bench.storing_nothing")
        )
        sqlite = up.enter_context(stage.turnero("SQLite, durable", Path(folder) / "s"))
        servers = [bare, nothing, sqlite]
        if url := os.environ.get("BENCH_POSTGRESQL_URL"):
            servers.append(up.enter_context(stage.turnero("PostgreSQL, durable", Path(folder) / "p", database=url)))
        intake = measure(servers)
        fresh = up.enter_context(stage.turnero("screen", Path(folder) / "w"))
        way = screen(fresh)
        crowd = hall(up.enter_context(stage.turnero("hall", Path(folder) / "h")))
    text = "\n".join([*about(), *table(intake, servers), *way_text(way), *hall_text(crowd)])
    print(text)
    if "--write" in sys.argv:
        PAGE.write_text("# Benchmarks\n\n" + text + "\n", "utf-8")


def measure(servers: list[stage.Server]) -> Figures:
    """Rounds that take the servers in turn, so that whatever disturbs one disturbs all."""
    found: Figures = {}
    for connections in CONNECTIONS:
        for _ in range(ROUNDS):
            for server in servers:
                found.setdefault((server.name, connections), []).append(stage.load(server, connections, SECONDS))
    return found


def screen(server: stage.Server) -> dict[str, float]:
    """From POST to screen at a hundred tickets a second."""
    return _measured("tests.bench.screen", server, "100", "8")


def hall(server: stage.Server) -> dict[str, float]:
    """From POST to each of a thousand screens."""
    return _measured("tests.bench.hall", server, "1000", "20")


def _measured(module: str, server: stage.Server, *asked: str) -> dict[str, float]:
    command = [sys.executable, "-m", module, str(server.port), server.token, *asked, stage.PATH]
    done = subprocess.run(command, check=True, capture_output=True, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


def about() -> list[str]:
    """Machine and date."""
    commit = subprocess.run(["git", "rev-parse", "--short", "HEAD"], capture_output=True, text=True, check=False).stdout
    machine = f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}"
    return [
        f"{datetime.now(UTC):%Y-%m-%d}, commit {commit.strip()}, {machine}; the load is pinned to one of them.",
        f"Medians of {ROUNDS} interleaved rounds of {SECONDS:g} s, all servers up at once; `make bench` repeats it.",
        "",
    ]


def table(found: Figures, servers: list[stage.Server]) -> list[str]:
    """Requests per second, and each as a share of the limit and of the peer."""
    bare, nothing = servers[0].name, servers[1].name
    rows = ["## Tickets per second, acknowledged after commit", ""]
    rows += ["| | connections | per second | p50 ms | p99 ms | of the bare handler | of storing nothing |"]
    rows += ["|---|---|---|---|---|---|---|"]
    for connections in CONNECTIONS:
        for server in servers:
            p50, p99 = (_median(found[server.name, connections], name) for name in ("p50_ms", "p99_ms"))
            rate = _median(found[server.name, connections], "per_second")
            shares = [f"{rate / _median(found[peer, connections], 'per_second'):.2f}" for peer in (bare, nothing)]
            cells = [server.name, str(connections), f"{rate:,.0f}", f"{p50:.1f}", f"{p99:.1f}", *shares]
            rows.append(f"| {' | '.join(cells)} |")
    return rows


def way_text(way: dict[str, float]) -> list[str]:
    """The way to the screen, in words."""
    return [
        "",
        "## From POST to the number on a lobby screen's socket",
        "",
        f"At 100 tickets a second on SQLite: p50 {way['p50_ms']:.1f} ms, p99 {way['p99_ms']:.1f} ms "
        f"({way['seen']:.0f} tickets; limit 100 ms).",
    ]


def hall_text(crowd: dict[str, float]) -> list[str]:
    """The same to many screens, in words."""
    return [
        "",
        f"To each of {crowd['screens']:,.0f} screens on one process, ticket by ticket: p50 {crowd['p50_ms']:.0f} ms, "
        f"p99 {crowd['p99_ms']:.0f} ms, the last {crowd['worst_ms']:.0f} ms (limit 500 ms at p99).",
    ]


def _median(rounds: list[dict[str, float]], name: str) -> float:
    return statistics.median(one[name] for one in rounds)


if __name__ == "__main__":
    main()
