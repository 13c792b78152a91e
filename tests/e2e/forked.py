"""Processes of `turnero` that need not import it, which takes a second: forks of one that has (tests/e2e/forker.py).

From the command line on, what they run is the same. That it starts from nothing is seen by whoever starts it himself:
the tests of starting, of the tutorials, of the wheel.
"""

import atexit
import json
import os
import select
import signal
import socket
import subprocess
import sys
import tempfile
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import IO

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 90
PROGRAM = "server.main"


class Forked:
    """A process that runs a command, to be looked after as one of `subprocess.Popen`."""

    def __init__(
        self,
        *command: str,
        folder: Path,
        environment: Mapping[str, str],
        stdout: IO[str],
        stderr: IO[str],
        program: str = PROGRAM,
    ) -> None:
        self.returncode: int | None = None
        self._keeper, report = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
        self._keeper.settimeout(PATIENCE_SECONDS)
        order = {"program": program, "command": command, "folder": str(folder), "environment": dict(environment)}
        try:
            with report, open(os.devnull) as nothing:
                files = [report.fileno(), nothing.fileno(), stdout.fileno(), stderr.fileno()]
                socket.send_fds(_forker(), [json.dumps(order).encode()], files)
            self.pid = self._reported()
        except BaseException:
            self._keeper.close()
            raise

    def poll(self) -> int | None:
        """Its exit code if it has ended."""
        return self._ended(0)

    def send_signal(self, what: signal.Signals) -> None:
        """Send it a signal, if it runs."""
        if self.poll() is None:
            os.kill(self.pid, what)

    def kill(self) -> None:
        """End it without a farewell."""
        self.send_signal(signal.SIGKILL)

    def wait(self, timeout: float = PATIENCE_SECONDS) -> int:
        """Its exit code, once it has ended; of a signal that ended it the number, negated.

        Raises:
            TimeoutError: it runs still.
        """
        code = self._ended(timeout)
        if code is None:
            raise TimeoutError(f"{self.pid} has not ended within {timeout:g} s")
        return code

    def _ended(self, seconds: float) -> int | None:
        if self.returncode is None and select.select([self._keeper], [], [], seconds)[0]:
            self.returncode = self._reported()
            self._keeper.close()
        return self.returncode

    def _reported(self) -> int:
        return int(self._keeper.recv(64))


def run(*command: str, folder: Path, environment: Mapping[str, str]) -> "subprocess.CompletedProcess[str]":
    """Run a command to its end."""
    with tempfile.TemporaryFile("w+") as printed, tempfile.TemporaryFile("w+") as complained:
        code = Forked(*command, folder=folder, environment=environment, stdout=printed, stderr=complained).wait()
        for file in (printed, complained):
            file.seek(0)
        return subprocess.CompletedProcess(command, code, printed.read(), complained.read())


def environment(settings: Mapping[str, str]) -> dict[str, str]:
    """This process's environment, but for its settings of Turnero: these are instead, named without `TURNERO_`."""
    ours = {name: value for name, value in os.environ.items() if not name.startswith("TURNERO_")}
    return ours | {f"TURNERO_{name}": value for name, value in settings.items()}


@cache
def _forker() -> socket.socket:
    """The line to the forker of this test process, which ends with it."""
    ours, theirs = socket.socketpair(socket.AF_UNIX, socket.SOCK_SEQPACKET)
    with theirs:
        command = [sys.executable, "-m", "tests.e2e.forker", str(theirs.fileno())]
        forker = subprocess.Popen(command, cwd=ROOT, env=environment({}), pass_fds=[theirs.fileno()])

    def end() -> None:
        ours.close()
        forker.wait(PATIENCE_SECONDS)

    atexit.register(end)
    return ours
