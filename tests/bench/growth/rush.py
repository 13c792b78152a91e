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
from datetime import timedelta
from pathlib import Path
from typing import Any

import aiohttp

from qms.domain.network import Agent
from qms.services import logins
from qms.store.tx import Tx
from server.opened import open_installation
from server.settings import Settings
from tests.bench.growth.country import country
from tests.bench.stage import running
from tests.bench.starting import processor_seconds, resident_megabytes
from tests.db.networks import network_of
from tests.provenance import origin
from tests.servers import free_port

PER_SECOND = 150 / (9 * 3600)
"""People at a branch, on an ordinary day."""

IDLE_SECONDS = 5.0
Server = tuple[int, "subprocess.Popen[bytes]"]
MONDAY = "2026-03-02T12:30:00Z"
QUEUES = "/public/video-contact-center/branches/b{n}/queues/b{n}-cash"


def main() -> None:
    """Apply, serve, rush; print a table."""
    asked = argparse.ArgumentParser(prog="python -m tests.bench.growth.rush")
    for name, usual in (("branches", 2000), ("screens", 5000), ("seconds", 15)):
        asked.add_argument(f"--{name}", type=int, default=usual)
    asked.add_argument("--factors", type=lambda text: [int(one) for one in text.split(",")], default=[1, 2, 5, 10])
    asked.add_argument("--database")
    asked.add_argument("--redis")
    asked.add_argument("--roles", action="append")
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


def signed_in(settings: Mapping[str, str], branches: int) -> Sequence[str]:
    """The tokens of the first agent of each branch."""
    opened = open_installation(Settings.read(settings), tool=True)
    network = opened.store.read(network_of, slug="country")
    agents = [network.agents.find(f"b{n}a0") for n in range(branches)]
    found = opened.store.write(_let_in, agents=agents)
    opened.store.close()
    return found


def _let_in(tx: Tx, *, agents: Sequence[Agent]) -> Sequence[str]:
    return [logins.start(tx, kind="desk", agent=one, scope="", lasts=timedelta(days=1))[0] for one in agents]


async def rush(
    servers: Sequence[Server], key: str, tokens: Sequence[str], told: argparse.Namespace
) -> tuple[Mapping[str, str], Sequence[Mapping[str, str]]]:
    """Everybody comes to work, then the people, faster and faster: what was measured before and in each of these."""
    connector = aiohttp.TCPConnector(limit=200)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{servers[0][0]}", connector=connector) as http:
        desks, began = [Desk(http, token) for token in tokens], time.perf_counter()
        await asyncio.gather(*(desk.begin(f"b{n}/b{n}c1") for n, desk in enumerate(desks)))
        signed_in, began = time.perf_counter() - began, time.perf_counter()
        walls = await _switched_on(servers[-1][0], told.screens)
        ready, idle = time.perf_counter() - began, await _idle(servers)
        rushes = [await _rush(http, key, told, desks, servers, factor) for factor in told.factors]
        heard = json.loads((await walls.communicate(b"\n"))[0])
    return {
        "until all agents are there": f"{signed_in:.1f} s",
        "until all screens are": f"{ready:.1f} s",
        "processors busy while nobody comes": f"{idle:.2f}",
        "screens there in the end, and told something": f"{heard['there']}, {heard['heard']} of {told.screens}",
    }, rushes


async def _rush(
    http: aiohttp.ClientSession,
    key: str,
    told: argparse.Namespace,
    desks: "Sequence[Desk]",
    servers: Sequence[Server],
    factor: int,
) -> Mapping[str, str]:
    """People come at so many times the usual rate; milliseconds, median and 99th percentile."""
    rate = factor * told.branches * PER_SECOND
    for desk in desks:
        desk.took.clear()
    spent, began = _spent(servers), time.perf_counter()
    came = await _come(http, key, told, rate, desks)
    spent, took = _spent(servers) - spent, time.perf_counter() - began
    return {
        "people a second": f"{rate:.0f}",
        f"until all who came in {told.seconds} s were served": f"{took:.1f} s",
        "a ticket takes": _said(came),
        "call, serve or finish takes": _said([one for desk in desks for one in desk.took]),
        "processors busy": f"{spent / took:.2f}",
    }


async def _switched_on(port: int, screens: int) -> asyncio.subprocess.Process:
    command = [sys.executable, "-m", "tests.bench.growth.walls", str(port), str(screens)]
    pipe = asyncio.subprocess.PIPE
    walls = await asyncio.create_subprocess_exec(*command, stdin=pipe, stdout=pipe)
    assert walls.stdout is not None
    await walls.stdout.readline()
    return walls


async def _idle(servers: Sequence[Server]) -> float:
    """How many processors are busy while nothing happens."""
    before = _spent(servers)
    await asyncio.sleep(IDLE_SECONDS)
    return (_spent(servers) - before) / IDLE_SECONDS


def _spent(servers: Sequence[Server]) -> float:
    return sum(processor_seconds(process.pid) for _, process in servers)


async def _come(
    http: aiohttp.ClientSession, key: str, told: argparse.Namespace, rate: float, desks: "Sequence[Desk]"
) -> list[float]:
    chance, start, took = random.Random(8), time.perf_counter(), list[float]()
    async with asyncio.TaskGroup() as group:
        for n in range(int(rate * told.seconds)):
            await asyncio.sleep(max(0, start + n / rate - time.perf_counter()))
            branch = chance.randrange(told.branches)
            group.create_task(_visit(http, key, branch, desks[branch], took))
    return took


async def _visit(http: aiohttp.ClientSession, key: str, branch: int, desk: "Desk", took: list[float]) -> None:
    await _take(http, key, branch, took)
    await desk.serve_one()


class Desk:
    """The agent of a branch, who takes one after the other; `took` is milliseconds for each command."""

    def __init__(self, http: aiohttp.ClientSession, token: str) -> None:
        self._http, self._token, self._busy, self.took = http, token, asyncio.Lock(), list[float]()

    async def begin(self, poc: str) -> None:
        """Be there, at a counter."""
        await self._do("PUT", "presence", {"state": "idle", "poc": poc})
        self.took.clear()

    async def serve_one(self) -> None:
        """Call somebody, serve him, finish."""
        async with self._busy:
            for name in ("next", "ticket/serve", "ticket/finish"):
                await self._do("POST", name, {})

    async def _do(self, how: str, name: str, body: Mapping[str, Any]) -> None:
        headers, began = {"Authorization": f"Bearer {self._token}"}, time.perf_counter()
        async with self._http.request(how, f"/desk/api/{name}", json=body, headers=headers) as answer:
            if answer.status >= 300:
                raise SystemExit(f"{name}: {answer.status}: {await answer.text()}")
        self.took.append((time.perf_counter() - began) * 1000)


async def _take(http: aiohttp.ClientSession, key: str, branch: int, took: list[float]) -> None:
    began = time.perf_counter()
    async with http.post(QUEUES.format(n=branch), json={}, headers={"Authorization": f"Bearer {key}"}) as answer:
        if answer.status != 201:
            raise SystemExit(f"{answer.status}: {await answer.text()}")
    took.append((time.perf_counter() - began) * 1000)


def _said(took: Sequence[float]) -> str:
    ordered = sorted(took) or [0.0]
    return f"{ordered[len(ordered) // 2]:.1f} and {ordered[int(len(ordered) * 0.99)]:.1f} ms"


if __name__ == "__main__":
    main()
