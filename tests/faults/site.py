"""Installations to be treated badly: one process on SQLite, or seven on PostgreSQL and Redis behind proxies."""

import shutil
import subprocess
from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e.networks import bank
from tests.e2e.turnero import Turnero
from tests.faults.lan import Lan, Machine
from tests.faults.proxy import HERE, Address, Proxy
from tests.receiver import Receiver
from tests.servers import Postgres, Redis, free_port

SEVEN = {
    "gateway-1": "gateway,kiosk,desk",
    "gateway-2": "gateway,kiosk,desk",
    "gateway-3": "gateway,kiosk,desk",
    "acd-1": "acd",
    "acd-2": "acd",
    "screens-1": "screens",
    "screens-2": "screens",
}
"""The roles of each process."""

DISK_MEGABYTES = 64


class Process(Turnero):
    """A process whose clock can be set, perhaps on a machine of its own. It has its address from the first start on."""

    program = "tests.faults.skewed"

    def __init__(self, folder: Path, settings: Mapping[str, str], machine: Machine | None = None) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        super().__init__(folder, {**settings, "HOST": machine.address if machine else HERE})
        self.machine = machine
        self.roles = settings.get("ROLES", "gateway,acd,screens,kiosk,desk").split(",")
        self.port = free_port()

    @property
    def address(self) -> Address:
        """Where it listens."""
        return (self.machine.address if self.machine else HERE, self.port)

    def set_clock(self, seconds: float) -> None:
        """From now on its wall clock is wrong by so much."""
        (self.folder / "skew").write_text(str(seconds))

    def _inside(self) -> Sequence[str]:
        return self.machine.inside if self.machine else ()

    def _environment(self) -> dict[str, str]:
        return super()._environment() | {"SKEW_FILE": str(self.folder / "skew")}


@dataclass(kw_only=True)
class Site:
    """An installation. `front` and `lobby` are where everybody goes; `lines` lead from processes to what they share."""

    processes: dict[str, Process]
    database_url: str
    front: Proxy
    lobby: Proxy
    lines: dict[str, Proxy] = field(default_factory=dict)
    postgres: Postgres | None = None
    redis: Redis | None = None
    disk: Path | None = None

    @property
    def any(self) -> Process:
        """Any process, to run commands with."""
        return next(iter(self.processes.values()))

    def lines_to(self, what: str) -> list[Proxy]:
        """Those that lead to the database, or to Redis."""
        return [line for name, line in self.lines.items() if name.startswith(what)]

    def urls(self, role: str) -> list[str]:
        """Where each process that plays a role is to be asked, nobody between."""
        return [f"http://{host}:{port}" for host, port in _addresses(self.processes, role)]

    def start(self) -> None:
        """Start every process, all at once."""
        _at_once([process.start for process in self.processes.values()])


@contextmanager
def lone(folder: Path, hook: Receiver) -> Iterator[Site]:
    """One process on SQLite, on a disk of its own that is small, where whoever runs this may mount one."""
    with ExitStack() as stack:
        disk = stack.enter_context(_small_disk(folder / "disk"))
        database = f"sqlite:///{disk or folder}/turnero.db"
        process = Process(folder / "one", {"DATABASE_URL": database, **_telling(HERE)})
        process.apply(bank(hook.url))
        stack.callback(process.kill)
        proxy = stack.enter_context(Proxy(process.port))
        yield Site(processes={"turnero": process}, database_url=database, front=proxy, lobby=proxy, disk=disk)


@contextmanager
def many(
    folder: Path,
    hook: Receiver,
    postgres: Postgres,
    redis: Redis,
    *,
    roles: Mapping[str, str] = SEVEN,
    lan: Lan | None = None,
    pooler: int | None = None,
) -> Iterator[Site]:
    """Many processes, each on a machine of its own in a `lan`; every other one has the same lines.

    Those to the database may lead to the port of a `pooler` in front of it.
    """
    host = lan.address if lan else HERE
    with ExitStack() as stack:
        database = stack.enter_context(postgres.database())
        lines = {
            f"{what} {side}": stack.enter_context(Proxy(port, host=host))
            for what, port in (("database line", pooler or postgres.port), ("redis line", redis.port))
            for side in "ab"
        }
        processes = {}
        for n, (name, played) in enumerate(roles.items()):
            to_database, to_redis = (lines[f"{what} line {'ab'[n % 2]}"].port for what in ("database", "redis"))
            shared = {
                "DATABASE_URL": database.replace(f"@{HERE}:{postgres.port}/", f":x@{host}:{to_database}/"),
                "REDIS_URL": f"redis://{host}:{to_redis}/0",
                "SECRET_KEY": "k" * 40,
                "ROLES": played,
            }
            machine = lan.machine(name) if lan else None
            processes[name] = Process(folder / name, {**shared, **_telling(host)}, machine)
        away = stack.enter_context(Proxy(hook.port, host=host))
        next(iter(processes.values())).apply(bank(f"{away.url}/hook"))
        stack.callback(_at_once, [process.kill for process in processes.values()])
        yield Site(
            processes=processes,
            database_url=database,
            front=stack.enter_context(Proxy(*_addresses(processes, "gateway"))),
            lobby=stack.enter_context(Proxy(*_addresses(processes, "screens"))),
            lines=lines,
            postgres=postgres,
            redis=redis,
        )


def _telling(host: str) -> dict[str, str]:
    """Settings of those who send webhooks to that address, and say little in their logs."""
    return {"WEBHOOK_ALLOW_CIDRS": f"{host}/32", "LOG_LEVEL": "warning"}


def _addresses(processes: Mapping[str, Process], role: str) -> list[Address]:
    return [process.address for process in processes.values() if role in process.roles]


def _at_once(acts: Sequence[Callable[[], Any]]) -> None:
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(act) for act in acts]:
            done.result()


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    """A disk that is soon full; None where nobody may mount one."""
    folder.mkdir(parents=True)
    size = f"size={DISK_MEGABYTES}m"
    mounted = shutil.which("mount") and not subprocess.run(
        ["mount", "-t", "tmpfs", "-o", size, "tmpfs", str(folder)], capture_output=True, check=False
    ).returncode  # fmt: skip
    try:
        yield folder if mounted else None
    finally:
        if mounted:
            subprocess.run(["umount", "--lazy", str(folder)], check=False)
