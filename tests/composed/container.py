"""One container of a service, on a machine of its own."""

import signal
import subprocess
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from tests.composed.file import Service
from tests.composed.images import command_of, environment_of, found
from tests.faults.lan import Machine

STARTING_SECONDS = 60.0
STOPPING_SECONDS = 30.0
ASKED_EVERY_SECONDS = 0.3
DONE = "service_completed_successfully"


@dataclass(slots=True, kw_only=True)
class Container:
    """Runs while `process` is there; its folder keeps its log."""

    service: Service
    machine: Machine
    folder: Path
    process: subprocess.Popen[bytes] | None = field(default=None, init=False)

    @property
    def log(self) -> str:
        """What it has written."""
        return (self.folder / "log").read_text(errors="replace")

    def start(self) -> None:
        """Begin; what it keeps is made for the first time only."""
        if not self.folder.exists():
            self.folder.mkdir()
            self.folder.chmod(0o755)
        command, environment = command_of(self.service, self.folder), environment_of(self.service)
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [*self.machine.inside, *command], cwd=self.folder, env=environment, stdout=log, stderr=log
            )

    def stop(self) -> int | None:
        """Tell it to end, as Docker does; its exit code, if it was running."""
        if self.process is None:
            return None
        self.process.send_signal(signal.SIGTERM)
        try:
            self.process.wait(STOPPING_SECONDS)
        finally:
            self.process.kill()
            code = self.process.wait()
            self.process = None
        return code

    def run(self, *command: str, given: str = "") -> str:
        """What a command says that is run in it with this input, as with `docker compose exec -T`.

        Raises:
            RuntimeError: it failed.
        """
        done = self._ran(command, given)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)} ended with {done.returncode}: {done.stdout}{done.stderr}")
        return done.stdout

    def wait(self, condition: str) -> None:
        """Wait until it is healthy, or has done its work.

        Raises:
            RuntimeError: it has ended with an error. TimeoutError: it took too long.
        """
        deadline = time.monotonic() + STARTING_SECONDS
        while not self._is(condition):
            if time.monotonic() > deadline:
                raise TimeoutError(f"{self.service.name} is not {condition}: {self.log[-2000:]}")
            time.sleep(ASKED_EVERY_SECONDS)

    def _is(self, condition: str) -> bool:
        code = self.process.poll() if self.process is not None else None
        if code:
            raise RuntimeError(f"{self.service.name} ended with {code}: {self.log[-2000:]}")
        return code == 0 if condition == DONE else self._ran(self.service.healthy).returncode == 0

    def _ran(self, command: Sequence[str], given: str = "") -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [*self.machine.inside, *found(command)], check=False, cwd=self.folder,
            env=environment_of(self.service), input=given, text=True, capture_output=True,
        )  # fmt: skip
