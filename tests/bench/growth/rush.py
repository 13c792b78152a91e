"""`python -m tests.bench.growth.rush`: a country's day at so many times its rate, before one process or several.

A branch sees 150 people in nine hours, so 2,000 branches see nine a second; `--factors` times that come here, at
branches drawn by lot. Agents call, serve and finish; screens follow. The file is applied first; that is measured too.

One process on SQLite, or with `--database` (and `--redis`) one for each `--roles`: people and agents go to the first,
screens to the last.
"""

import argparse
import asyncio
import contextlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

import aiohttp

from tests.bench.growth.country import country
from tests.bench.growth.desks import Desk, signed_in, visit
from tests.bench.growth.precedence import before_others, children
from tests.bench.growth.walls import switched_on
from tests.bench.stage import running
from tests.bench.starting import processor_seconds, resident_megabytes
from tests.provenance import origin
from tests.servers import free_port

PER_SECOND = 150 / (9 * 3600)
"""People at a branch, on an ordinary day."""

IDLE_SECONDS = 5.0
Server = tuple[int, "subprocess.Popen[bytes]"]
MONDAY = "2026-03-02T12:30:00Z"


def main() -> None:
    """Apply, serve, rush; print a table."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.growth.rush")
    for name, usual in (("branches", 2000), ("screens", 5000), ("seconds", 15)):
        asked.add_argument(f"--{name}", type=int, default=usual)
    asked.add_argument("--factors", type=lambda text: [int(one) for one in text.split(",")], default=[1, 2, 5, 10])
    asked.add_argument("--database")
    asked.add_argument("--redis")
    asked.add_argument("--roles", action="append")
    asked.add_argument("--first", action="store_true", help="people and servers go before all others on the machine")
    asked.add_argument("--too", metavar="PID", type=int, nargs="*", default=[], help="what else does: the database")
    told = asked.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        prepared, rushes = rushed(Path(folder), told)
    kind, processes = (told.database or "sqlite").partition(":")[0], told.roles or ["all roles"]
    lines = [f"{origin()}; {kind}, processes: {'; '.join(processes)}.", "", "| | |", "|---|---|"]
    lines += [f"| {name} | {value} |" for name, value in prepared.items()]
    lines += ["", f"| | {' | '.join(f'{one} times' for one in told.factors)} |", "|---" * (len(rushes) + 1) + "|"]
    lines += [f"| {name} | {' | '.join(one[name] for one in rushes)} |" for name in rushes[0]]
    sys.stdout.write("\n".join([*lines, ""]))


def rushed(folder: Path, told: argparse.Namespace) -> tuple[Mapping[str, str], Sequence[Mapping[str, str]]]:
    """What was measured before people came, and at each rate, in words."""
    settings = {
        "TURNERO_DATABASE_URL": told.database or f"sqlite:///{folder}/turnero.db",
        "TURNERO_SECRET_KEY": "x" * 40,
        "TURNERO_RATE_LIMIT": "0",
        "TURNERO_LOG_LEVEL": "error",
        "TURNERO_CLOCK": MONDAY,
        **({"TURNERO_REDIS_URL": told.redis} if told.redis else {}),
    }
    environment, command = {**os.environ, **settings}, [sys.executable, "-m", "server.main"]
    file = folder / "country.toml"
    file.write_text("".join(country(told.branches)), "utf-8")
    subprocess.run([*command, "apply", str(file)], env=environment, check=True, stdout=subprocess.DEVNULL)
    spent = resource.getrusage(resource.RUSAGE_CHILDREN)
    issuing = [*command, "token", "--account", "country", "--kind", "backend", "--json"]
    key = json.loads(subprocess.run(issuing, env=environment, check=True, capture_output=True).stdout)["token"]
    tokens = signed_in(settings, told.branches)
    with contextlib.ExitStack() as up:
        servers = [up.enter_context(_serving([*command, "serve"], environment, roles)) for roles in told.roles or [""]]
        found, rushes = asyncio.run(rush(servers, key, tokens, told))
        memory = [resident_megabytes(process.pid, most=True) for _, process in servers]
    prepared = {
        "apply, processor seconds": f"{spent.ru_utime + spent.ru_stime:.1f}",
        "apply, most memory": f"{spent.ru_maxrss // 1024} MB",
        **found,
        "the servers' most memory": ", ".join(f"{one} MB" for one in memory),
    }
    return prepared, rushes


@contextlib.contextmanager
def _serving(command: list[str], environment: dict[str, str], roles: str) -> Iterator[Server]:
    port = free_port()
    own = {"TURNERO_PORT": str(port), **({"TURNERO_ROLES": roles} if roles else {})}
    with running(command, environment | own, port) as process:
        yield port, process


async def rush(
    servers: Sequence[Server], key: str, tokens: Sequence[str], told: argparse.Namespace
) -> tuple[Mapping[str, str], Sequence[Mapping[str, str]]]:
    """Everybody comes to work, then the people, faster and faster: what was measured before and in each of these."""
    connector = aiohttp.TCPConnector(limit=200)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{servers[0][0]}", connector=connector) as http:
        desks, began = [Desk(http, token) for token in tokens], time.perf_counter()
        await asyncio.gather(*(desk.begin(f"b{n}/b{n}c1") for n, desk in enumerate(desks)))
        signed_in, began = time.perf_counter() - began, time.perf_counter()
        walls = await switched_on(servers[-1][0], told.screens)
        ready = time.perf_counter() - began
        with _first(servers, told):
            idle = await _idle(servers)
        before = {
            "until all agents are there": f"{signed_in:.1f} s",
            "until all screens are": f"{ready:.1f} s",
            "processors busy while nobody comes": f"{idle:.2f}",
        }
        _note(before)
        rushes = [await _rush(http, key, told, desks, servers, factor, idle) for factor in told.factors]
        heard = json.loads((await walls.communicate(b"\n"))[0])
    return before | {
        "screens there in the end, and told something": f"{heard['there']}, {heard['heard']} of {told.screens}",
    }, rushes


async def _rush(
    http: aiohttp.ClientSession,
    key: str,
    told: argparse.Namespace,
    desks: Sequence[Desk],
    servers: Sequence[Server],
    factor: int,
    idle: float,
) -> Mapping[str, str]:
    """People come at so many times the usual rate; milliseconds, median and 99th percentile."""
    rate = factor * told.branches * PER_SECOND
    for desk in desks:
        desk.took.clear()
    spent, beside, began = _spent(servers), _spent_beside(told.too), time.perf_counter()
    with _first(servers, told):
        came = await _come(http, key, told, rate, desks)
        spent, beside = _spent(servers) - spent, _spent_beside(told.too) - beside
        took = time.perf_counter() - began
    found = {
        "people a second": f"{rate:.0f}",
        f"until all who came in {told.seconds} s were served": f"{took:.1f} s",
        "a ticket takes": _said(came),
        "call, serve or finish takes": _said([one for desk in desks for one in desk.took]),
        "processors busy": f"{spent / took:.2f}",
        **({"processors busy for the database": f"{beside / took:.2f}"} if told.too else {}),
        "milliseconds of a processor for a visitor": f"{1000 * (spent - idle * took) / len(came):.1f}",
    }
    _note(found)
    return found


def _note(found: Mapping[str, str]) -> None:
    """Say at once what was found: all of it takes minutes."""
    sys.stderr.write("; ".join(f"{name}: {value}" for name, value in found.items()) + "\n")


def _first(servers: Sequence[Server], told: argparse.Namespace) -> contextlib.AbstractContextManager[None]:
    processes = [process.pid for _, process in servers]
    return before_others([*processes, *told.too]) if told.first else contextlib.nullcontext()


async def _idle(servers: Sequence[Server]) -> float:
    """How many processors are busy while nothing happens."""
    before = _spent(servers)
    await asyncio.sleep(IDLE_SECONDS)
    return (_spent(servers) - before) / IDLE_SECONDS


def _spent(servers: Sequence[Server]) -> float:
    return sum(processor_seconds(process.pid) for _, process in servers)


def _spent_beside(processes: Sequence[int]) -> float:
    """What processes that are not ours have had, with their children."""
    families = (family for one in processes for family in (one, *children(one)))
    return sum(processor_seconds(process) for process in families)


async def _come(
    http: aiohttp.ClientSession, key: str, told: argparse.Namespace, rate: float, desks: Sequence[Desk]
) -> list[float]:
    chance, start, took = random.Random(8), time.perf_counter(), list[float]()
    async with asyncio.TaskGroup() as group:
        for n in range(int(rate * told.seconds)):
            await asyncio.sleep(max(0, start + n / rate - time.perf_counter()))
            branch = chance.randrange(told.branches)
            group.create_task(visit(http, key, branch, desks[branch], took))
    return took


def _said(took: Sequence[float]) -> str:
    ordered = sorted(took) or [0.0]
    return f"{ordered[len(ordered) // 2]:.1f} and {ordered[int(len(ordered) * 0.99)]:.1f} ms"


if __name__ == "__main__":
    main()
