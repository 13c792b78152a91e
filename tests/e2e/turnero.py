"""The real server as a process of its own, with a database of its own and a network applied."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path
from queue import Empty, Queue
from threading import Thread
from typing import IO, Any

import argon2
import pytest
import sqlalchemy as sa
from typer.testing import CliRunner

from qms.store.engines import connect
from server.main import command_line
from tests.e2e import forked
from tests.e2e.forked import PATIENCE_SECONDS, Forked

ROOT = forked.ROOT
PASSWORD = "a-good-password"
QUICK = argon2.PasswordHasher(time_cost=1, memory_cost=8, parallelism=1).hash(PASSWORD)
"""Its hash, made with little effort: made as a real one, the suites would look at passwords for minutes."""


class Turnero:
    """A server at `url`, and what applying its network has printed (`applied["ids"]`, `["tokens"]`, …).

    `stop()` and `start()` make an outage; it comes back at the same address. `kill()` is a stop without a farewell.
    """

    program = forked.PROGRAM
    """The module that is run."""

    forks = True
    """Whether it begins with everything imported. Where its memory is measured, it begins as an operator's does."""

    def __init__(self, folder: Path, settings: Mapping[str, str]) -> None:
        self.folder = folder
        self.port = 0
        self.applied: dict[str, Any] = {}
        self.exit_code: int | None = None
        self._settings = dict(settings)
        self._process: subprocess.Popen[str] | Forked | None = None
        self._log = folder / "server.log"

    @property
    def url(self) -> str:
        """Where it listens."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def runs(self) -> bool:
        """Whether it has been started, and neither stopped nor killed since."""
        return self._process is not None

    @property
    def log(self) -> str:
        """What it has written so far."""
        return self._log.read_text() if self._log.exists() else ""

    def run(self, *command: str, fails: bool = False) -> str:
        """Run a command of `turnero` on the same database, which may exit with an error if it `fails`; its output."""
        done = forked.run(*command, folder=ROOT, environment=self._environment())
        assert fails or done.returncode == 0, done.stdout + done.stderr
        return done.stdout

    def arrange(self, *command: str) -> str:
        """The same within this process, for what a test only needs to begin with: a process takes seconds."""
        with pytest.MonkeyPatch.context() as patch:
            for name, value in self._chosen().items():
                patch.setenv(f"TURNERO_{name}", value)
            done = CliRunner().invoke(command_line(command), command, catch_exceptions=False)
        assert done.exit_code == 0, done.output
        return done.stdout

    def apply(self, network: str | Path) -> dict[str, Any]:
        """Apply a network file, or the text of one, in which who has the tests' password gets the quick hash of it."""
        if not isinstance(network, Path):
            file = self.folder / "network.toml"
            file.write_text(network.replace(f'password = "{PASSWORD}"', f'password_hash = "{QUICK}"'))
            network = file
        self.applied = json.loads(self.arrange("apply", str(network), "--json"))
        return self.applied

    @property
    def database(self) -> str:
        """The URL of its database."""
        return self._chosen()["DATABASE_URL"]

    def ask(self, statement: str, **values: Any) -> Sequence[Any]:
        """Ask its database, or change it as nobody should; the rows."""
        engine = connect(self.database, pool_size=1)
        try:
            with engine.connect().execution_options(write=True) as connection, connection.begin():
                found = connection.execute(sa.text(statement), values)
                return found.all() if found.returns_rows else ()
        finally:
            engine.dispose()

    @contextmanager
    def beside(self, **settings: str) -> Iterator["Turnero"]:
        """Another server on the same database, of which something is different."""
        other = Turnero(self.folder, {**self._settings, **settings})
        other.start()
        try:
            yield other
        finally:
            other.stop()

    def start(self) -> None:
        """Serve, and return once it listens."""
        read, write = os.pipe()
        with open(write, "w") as printed, self._log.open("a") as log:
            self._process = self._begun(printed, log)
        self.port = int(self._listening(read).rsplit(":", 1)[1])

    def _begun(self, stdout: IO[str], stderr: IO[str]) -> subprocess.Popen[str] | Forked:
        environment, inside = self._environment(), self._inside()
        if self.forks and not inside:
            streams = {"stdout": stdout, "stderr": stderr}
            return Forked("serve", program=self.program, folder=ROOT, environment=environment, **streams)
        command = [*inside, sys.executable, "-u", "-m", self.program, "serve"]
        return subprocess.Popen(command, cwd=ROOT, env=environment, stdout=stdout, stderr=stderr, text=True)

    def stop(self) -> None:
        """Stop it as an operator does, and wait until it has gone."""
        self._end(signal.SIGTERM)

    def kill(self) -> None:
        """End it as a power cut does."""
        self._end(signal.SIGKILL)

    def pause(self) -> None:
        """Let it stand still, as a machine without memory or a debugger does."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let it go on."""
        self._signal(signal.SIGCONT)

    @property
    def pid(self) -> int:
        """The process's number, while it runs."""
        assert self._process is not None
        return self._process.pid

    def _signal(self, what: signal.Signals) -> None:
        if self._process is not None:
            self._process.send_signal(what)

    def _end(self, how: signal.Signals) -> None:
        if self._process is None:
            return
        self._process.send_signal(how)
        try:
            self._process.wait(PATIENCE_SECONDS)
        finally:
            self._process.kill()
            self.exit_code = self._process.wait()
            self._process = None

    def _listening(self, printed: int) -> str:
        """The address, once it has been printed; what is printed later goes to the log."""
        lines: Queue[str | None] = Queue()
        Thread(target=self._read, args=(printed, lines), daemon=True).start()
        try:
            while (line := lines.get(timeout=PATIENCE_SECONDS)) is not None:
                if found := re.search(r"listening on (http://\S+)", line):
                    return found[1]
        except Empty:
            pass
        raise AssertionError(f"the server did not start:\n{self.log}")

    def _read(self, printed: int, lines: "Queue[str | None]") -> None:
        with self._log.open("a") as log, open(printed) as told:
            for line in told:
                log.write(line)
                lines.put(line)
        lines.put(None)

    def _inside(self) -> Sequence[str]:
        """What its command starts with: nothing, where it runs on this machine."""
        return ()

    def _environment(self) -> dict[str, str]:
        return forked.environment(self._chosen())

    def _chosen(self) -> dict[str, str]:
        chosen = {"DATABASE_URL": f"sqlite:///{self.folder / 'turnero.db'}", "RATE_LIMIT": "0", "PORT": str(self.port)}
        return chosen | self._settings


@contextmanager
def serving(folder: Path, network: str | Path | None, **settings: str) -> Iterator[Turnero]:
    """A server of a network in an empty folder, until the block ends; of nothing yet, without one.

    Settings are named without `TURNERO_`. With `TEST_SHAPE=seven` it is seven processes, but where a test says which
    database it is to have.
    """
    with ExitStack() as held:
        turnero = _fleet(folder, settings, held) if is_fleet(settings) else Turnero(folder, settings)
        if network is not None:
            turnero.apply(network)
        held.callback(turnero.stop)
        turnero.start()
        yield turnero


def is_fleet(settings: Collection[str] = ()) -> bool:
    """Whether a server with such settings is seven processes."""
    return os.environ.get("TEST_SHAPE") == "seven" and "DATABASE_URL" not in settings


def _fleet(folder: Path, settings: Mapping[str, str], held: ExitStack) -> Turnero:
    from tests.e2e.fleet import Fleet  # which is made of these

    return Fleet(folder, settings, held)
