"""Private PostgreSQL and Redis servers, started when the first test asks and stopped when the session ends."""

import fcntl
import os
import secrets
import shutil
import signal
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import psycopg
import redis
from redis.backoff import ConstantBackoff
from redis.retry import Retry

HOST = "127.0.0.1"
PREFIX = "turnero-tests-"
POSTGRES_SETTINGS = {
    "listen_addresses": HOST,
    "max_connections": "200",
    "timezone": "UTC",
    "search_path": "public,pg_catalog",  # a test's clock hides the system's own (tests/db/clock.py)
    # Nothing that a test stores has to outlive the machine, or lives long enough to need tidying.
    "fsync": "off",
    "full_page_writes": "off",
    "wal_level": "minimal",
    "max_wal_senders": "0",
    "autovacuum": "off",
}

DURABLE = {"fsync": "on", "full_page_writes": "on", "autovacuum": "on"}
"""What PostgreSQL does unless it is told otherwise."""


def shared_directory() -> Path:
    """Make the directory in which the processes of one test session find each other's servers.

    The session's first process calls this once; it also ends what a killed session left behind.
    """
    for stale in Path(tempfile.gettempdir()).glob(f"{PREFIX}*"):
        if not _alive(int(stale.name.removeprefix(PREFIX).partition("-")[0])):
            stop_all(stale)
    directory = Path(tempfile.mkdtemp(prefix=f"{PREFIX}{os.getpid()}-"))
    directory.chmod(0o755)  # the user who runs PostgreSQL must get to its folder below this one
    return directory


def stop_all(directory: Path) -> None:
    """Stop every server that was started in this directory, and remove it.

    Where a session was killed together with its servers, their files name processes that are gone, or somebody else's.
    """
    for pidfile in directory.glob("*/redis.pid"):
        if _runs(pidfile, "redis-server"):
            os.kill(_pid(pidfile), signal.SIGKILL)
    for pidfile in directory.glob("*/data/postmaster.pid"):
        if _runs(pidfile, "postgres"):
            _as_postgres("pg_ctl", "stop", "-m", "immediate", "-D", str(pidfile.parent))
    shutil.rmtree(directory, ignore_errors=True)


@dataclass(frozen=True, slots=True, kw_only=True)
class Postgres:
    """A PostgreSQL cluster of the tests' own."""

    home: Path
    port: int
    durable: bool = False

    @classmethod
    def create(cls, home: Path, *, durable: bool = False) -> "Postgres":
        """Make a cluster in a new directory, and start it; `durable`: as one that is to be relied on."""
        home.mkdir()
        if os.geteuid() == 0:
            shutil.chown(home, "postgres", "postgres")
        identity = ["-U", "turnero", "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8"]
        _as_postgres("initdb", "-D", str(home / "data"), "--no-sync", *identity)
        cluster = cls(home=home, port=free_port(), durable=durable)
        cluster.start()
        return cluster

    @classmethod
    def shared(cls, directory: Path) -> "Postgres":
        """Give the one cluster of a test session, made by whichever process asks first."""
        known = directory / "postgres.port"
        with _one_at_a_time(directory / "postgres.lock"):
            if not known.exists():
                known.write_text(str(cls.create(directory / "postgres").port))
        return cls(home=directory / "postgres", port=int(known.read_text()))

    def start(self) -> None:
        """Start the server and wait until it answers."""
        settings = POSTGRES_SETTINGS | {"port": str(self.port), "unix_socket_directories": str(self.home)}
        if self.durable:
            settings |= DURABLE
        options = " ".join(f"-c {name}={value}" for name, value in settings.items())
        log = str(self.home / "log")
        _as_postgres("pg_ctl", "start", "-w", "-D", str(self.home / "data"), "-l", log, "-o", options)

    def stop(self) -> None:
        """Stop the server as an outage would: whoever is connected is cut off."""
        _as_postgres("pg_ctl", "stop", "-w", "-m", "immediate", "-D", str(self.home / "data"))

    @property
    def processes(self) -> list[int]:
        """The numbers of all its processes, the first one's first."""
        first = _pid(self.home / "data" / "postmaster.pid")
        return [first, *map(int, Path(f"/proc/{first}/task/{first}/children").read_text().split())]

    def url(self, database: str) -> str:
        """Say where a database is."""
        return f"postgresql://turnero@{HOST}:{self.port}/{database}"

    @contextmanager
    def database(self, template: str = "template0") -> Iterator[str]:
        """Lend the URL of a fresh copy of a template; by default of an empty database."""
        name = f"test_{secrets.token_hex(8)}"
        self._execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}" STRATEGY file_copy')
        try:
            yield self.url(name)
        finally:
            self._execute(f'DROP DATABASE "{name}" WITH (FORCE)')

    def template(self, name: str, build: Callable[[str], None]) -> str:
        """Make a template once for all processes; `build` fills the empty database whose URL it gets."""
        built = self.home.parent / f"{name}.template"
        with _one_at_a_time(self.home.parent / f"{name}.lock"):
            if not built.exists():
                self._execute(f'CREATE DATABASE "{name}" TEMPLATE template0')
                build(self.url(name))
                built.touch()
        return name

    def _execute(self, statement: str) -> None:
        with psycopg.connect(self.url("postgres"), autocommit=True) as connection:
            connection.execute(statement.encode())


class Copies:
    """Copies of a template, lent to one test after the other: to empty one is far quicker than to make one."""

    def __init__(self, postgres: Postgres, template: str) -> None:
        self._postgres = postgres
        self._template = template
        self._free: list[_Copy] = []
        self._held = ExitStack()

    @contextmanager
    def lend(self) -> Iterator[str]:
        """Lend the URL of a copy in which nothing is but the tables; whoever is still connected then is cut off."""
        copy = self._free.pop() if self._free else self._another()
        yield copy.url
        copy.empty()
        self._free.append(copy)

    def close(self) -> None:
        """Drop them all."""
        self._held.close()

    def _another(self) -> "_Copy":
        copy = _Copy(self._held.enter_context(self._postgres.database(self._template)))
        self._held.callback(copy.close)
        return copy


class _Copy:
    """A copy, and the line over which it is emptied: it stays open, for a new one would have to learn every table."""

    def __init__(self, url: str) -> None:
        self.url = url
        self._line = psycopg.connect(url, autocommit=True)

    def empty(self) -> None:
        try:
            self._cut_others_off()
        except psycopg.OperationalError:  # a test has cut everybody off, and this line too
            self._line.close()
            self._line = psycopg.connect(self.url, autocommit=True)
            self._cut_others_off()
        tables = self._line.execute("SELECT tablename FROM pg_tables WHERE schemaname = 'public'").fetchall()
        emptied = "; ".join(f'DELETE FROM "{name}"' for (name,) in tables)
        self._line.execute(f"SET session_replication_role = replica; {emptied}".encode())

    def close(self) -> None:
        self._line.close()

    def _cut_others_off(self) -> None:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        self._line.execute(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}".encode())


@dataclass(frozen=True, slots=True, kw_only=True)
class Redis:
    """A Redis server of the tests' own."""

    home: Path
    port: int

    @classmethod
    def create(cls, home: Path) -> "Redis":
        """Start a server that keeps its few files in a new directory."""
        home.mkdir()
        server = cls(home=home, port=free_port())
        server.start()
        return server

    @property
    def url(self) -> str:
        """Say where it is."""
        return f"redis://{HOST}:{self.port}/0"

    @property
    def pid(self) -> int:
        """The number of its process."""
        return _pid(self.home / "redis.pid")

    def start(self) -> None:
        """Start the server and wait until it answers."""
        home = ["--dir", str(self.home), "--pidfile", str(self.home / "redis.pid"), "--logfile", str(self.home / "log")]
        network = ["--bind", HOST, "--port", str(self.port)]
        command = [installed("redis-server"), *network, *home, "--save", "", "--daemonize", "yes"]
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        with self._client(tries=500) as client:
            client.ping()

    def stop(self) -> None:
        """Stop the server, and forget what it held."""
        with self._client() as client:
            client.shutdown(nosave=True)

    def flush(self) -> None:
        """Forget everything."""
        with self._client() as client:
            client.flushall()

    def _client(self, tries: int = 0) -> "redis.Redis":
        patience = Retry(ConstantBackoff(0.02), tries)
        return redis.Redis(host=HOST, port=self.port, retry=patience)


def free_port() -> int:
    """Find a port that nobody listens on, below those that connections leave from: none takes it before its server."""
    while True:
        port = 20_000 + secrets.randbelow(12_000)
        with suppress(OSError), socket.create_server((HOST, port)):
            return port


def _as_postgres(program: str, *arguments: str) -> None:
    """Run one of PostgreSQL's programs, which refuse to work for root, as the user that Debian made for them."""
    user = "postgres" if os.geteuid() == 0 else None
    groups: list[str] | None = [] if user else None
    command = [installed(program), *arguments]
    # A server that pg_ctl leaves behind would hold a pipe open for ever: what it says goes to its log.
    done = subprocess.run(
        command, check=False, cwd="/", user=user, group=user, extra_groups=groups,
        stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
    )  # fmt: skip
    if done.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}")


def installed(name: str) -> str:
    """Find a server's program, also where Debian keeps PostgreSQL's: off the path, a folder per version."""
    installed = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"), key=lambda path: int(path.parts[4]))
    found = str(installed[-1]) if installed else shutil.which(name)
    if found is None:
        raise FileNotFoundError(f"{name} is not installed; as root, tests/services.sh installs it")
    return found


def _alive(pid: int) -> bool:
    return Path(f"/proc/{pid}").exists()


def _runs(pidfile: Path, program: str) -> bool:
    name = Path(f"/proc/{_pid(pidfile)}/comm")
    return name.exists() and name.read_text().strip() == program


def _pid(pidfile: Path) -> int:
    return int(pidfile.read_text().split(maxsplit=1)[0])


@contextmanager
def _one_at_a_time(path: Path) -> Iterator[None]:
    """Let one process through, and the others when it has left."""
    with path.open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        yield
