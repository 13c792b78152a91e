"""The command line in a folder, as an operator has it."""

import json
import subprocess
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tests.e2e import forked


@dataclass
class Shell:
    """Runs `turnero` in a folder, with settings named without `TURNERO_`."""

    folder: Path
    settings: dict[str, str] = field(default_factory=dict)
    applied: dict[str, Any] = field(default_factory=dict)

    def __call__(self, *command: str, **settings: str) -> "subprocess.CompletedProcess[str]":
        environment = forked.environment(self.settings | settings) | {"NO_COLOR": "1", "COLUMNS": "200"}
        return forked.run(*command, folder=self.folder, environment=environment)

    def ok(self, *command: str, **settings: str) -> str:
        """What a command prints that succeeds."""
        done = self(*command, **settings)
        assert done.returncode == 0, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    def json(self, *command: str, **settings: str):
        """What a command prints for programs."""
        return json.loads(self.ok(*command, "--json", **settings))

    def refused(self, *command: str, code: int = 1, **settings: str) -> str:
        """What a command says that fails: on standard error, and no traceback."""
        done = self(*command, **settings)
        assert (done.returncode, done.stdout) == (code, ""), done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stderr

    def at_once(self, *commands: tuple[str, ...]) -> list[str]:
        """What several commands print that run at the same time."""
        with ThreadPoolExecutor(4) as pool:
            return list(pool.map(lambda command: self.ok(*command), commands))
