"""Starting: how long until the first answer, what that takes of a processor, and how much memory it needs."""

import os
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path

from tests.bench import stage
from tests.servers import free_port

ROUNDS = 5
Started = tuple[float, float, float]
"""Seconds, processor seconds, megabytes."""


def section(folder: Path) -> list[str]:
    """The whole server on a database that is there, and the bare handler, in turn."""
    with stage.turnero("starting", folder / "u"):
        pass
    settings = {"TURNERO_DATABASE_URL": f"sqlite:///{folder}/u/turnero.db", "TURNERO_SECRET_KEY": "x" * 40}
    found: dict[str, list[Started]] = {"everything, SQLite": [], "bare handler": []}
    for _ in range(ROUNDS):
        port = free_port()
        told = {**os.environ, **settings, "TURNERO_PORT": str(port), "TURNERO_LOG_LEVEL": "error"}
        found["everything, SQLite"].append(_started([sys.executable, "-m", "server.main", "serve"], told, port))
        port = free_port()
        bare = [sys.executable, "-m", "tests.bench.bare", str(port)]
        found["bare handler"].append(_started(bare, dict(os.environ), port))
    rows = ["", "## Starting", "", "Limits: 1.5 s to the first request, 120 MB.", ""]
    rows += ["| | to the first answer, s | processor, s | memory, MB |", "|---|---|---|---|"]
    return rows + [f"| {name} | {_medians(rounds)} |" for name, rounds in found.items()]


def _medians(rounds: Sequence[Started]) -> str:
    seconds, processor, memory = (statistics.median(column) for column in zip(*rounds, strict=True))
    return f"{seconds:.2f} | {processor:.2f} | {memory:.0f}"


def _started(command: list[str], environment: dict[str, str], port: int) -> Started:
    began = time.perf_counter()
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        while not _answers(port):
            time.sleep(0.005)
        return time.perf_counter() - began, processor_seconds(process.pid), resident_megabytes(process.pid)
    finally:
        process.terminate()
        process.wait(20)


def _answers(port: int) -> bool:
    """Whether it answers, and is ready."""
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/readyz", timeout=5):
            return True
    except urllib.error.HTTPError as refused:
        return refused.code != HTTPStatus.SERVICE_UNAVAILABLE
    except OSError:
        return False


def processor_seconds(process: int) -> float:
    """What a process has had of the processors."""
    user, system = Path(f"/proc/{process}/stat").read_text("ascii").rpartition(")")[2].split()[11:13]
    return (int(user) + int(system)) / os.sysconf("SC_CLK_TCK")


def resident_megabytes(process: int, *, most: bool = False) -> int:
    """What it holds in memory; `most`: ever held."""
    lines = Path(f"/proc/{process}/status").read_text("ascii").splitlines()
    return next(int(line.split()[1]) // 1024 for line in lines if line.startswith("VmHWM" if most else "VmRSS"))
