"""Servers for benchmarks: each a process of its own, all up at once."""

import contextlib
import json
import os
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.servers import free_port

NETWORK = Path(__file__).with_name("network.toml")
NOTHING: Mapping[str, str] = {}
PATH = "/public/video-contact-center/branches/main/queues/line"


@dataclass(frozen=True)
class Server:
    """A running server, and the key that opens it."""

    name: str
    port: int
    token: str
    process: subprocess.Popen[bytes]


@contextlib.contextmanager
def turnero(
    name: str,
    folder: Path,
    *,
    module: str = "server.main",
    database: str = "",
    network: Path = NETWORK,
    more: Mapping[str, str] = NOTHING,
) -> Iterator[Server]:
    """A whole Turnero on an empty database, with somebody signed in; `more` of its settings."""
    folder.mkdir()
    port = free_port()
    settings = {
        "TURNERO_DATABASE_URL": database or f"sqlite:///{folder}/turnero.db",
        "TURNERO_SECRET_KEY": "x" * 40,
        "TURNERO_PORT": str(port),
        "TURNERO_RATE_LIMIT": "0",
        "TURNERO_LOG_LEVEL": "error",
    }
    environment = {**os.environ, **settings, **more}
    command = [sys.executable, "-m", "server.main"]
    subprocess.run([*command, "apply", str(network)], env=environment, check=True, stdout=subprocess.DEVNULL)
    issued = subprocess.run(
        [*command, "token", "--account", "bench", "--kind", "backend", "--json"],
        env=environment,
        check=True,
        capture_output=True,
    )
    serve = [sys.executable, "-m", module, *(["serve"] if module == "server.main" else [])]
    with running(serve, environment, port) as process:
        _sign_in(port)
        yield Server(name, port, json.loads(issued.stdout)["token"], process)


@contextlib.contextmanager
def bare(name: str) -> Iterator[Server]:
    """A bare handler that answers a constant."""
    port = free_port()
    with running([sys.executable, "-m", "tests.bench.bare", str(port)], dict(os.environ), port) as process:
        yield Server(name, port, "none", process)


def load(server: Server, connections: int, seconds: float) -> dict[str, float]:
    """What the load generator measured, in a process of its own on the last processor."""
    arguments = ["127.0.0.1", str(server.port), str(connections), str(seconds), PATH, server.token]
    command = [sys.executable, "-m", "tests.bench.load", *arguments]
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, float] = json.loads(done.stdout)
    return found


@contextlib.contextmanager
def running(command: list[str], environment: dict[str, str], port: int) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
    try:
        _wait(port)
        yield process
    finally:
        process.terminate()
        process.wait(20)


def _wait(port: int) -> None:
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        with contextlib.suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
            return
        time.sleep(0.05)
    raise TimeoutError(f"nothing listens on port {port}")


def _sign_in(port: int) -> None:
    who = {"account": "bench", "email": "ana@bench.example", "password": "bench-password"}
    token = _send("POST", port, "session", who, "")["token"]
    _send("PUT", port, "presence", {"state": "away", "reason": "measuring"}, str(token))


def _send(method: str, port: int, path: str, body: dict[str, str], token: str) -> dict[str, object]:
    headers = {"Content-Type": "application/json", **({"Authorization": f"Bearer {token}"} if token else {})}
    request = urllib.request.Request(
        f"http://127.0.0.1:{port}/desk/api/{path}", json.dumps(body).encode(), headers, method=method
    )
    with urllib.request.urlopen(request, timeout=10) as answer:  # noqa: S310 - our own server
        found: dict[str, object] = json.loads(answer.read())
        return found
