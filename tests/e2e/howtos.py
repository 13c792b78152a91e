"""The shell that the documents show, to be run as a reader would."""

import os
import re
import subprocess
import sys
from pathlib import Path

from tests.e2e.turnero import ROOT
from tests.servers import free_port

FILES = re.compile(r"<!-- file: (\S+) -->\n```\w+\n(.*?)```", re.DOTALL)

SHELL = re.compile(r"```sh\n(.*?)```", re.DOTALL)

TUTORIAL = "docs/tutorial/first-branch.md"


def script(page: str) -> str:
    """All the shell that a page shows."""
    return "\n".join(SHELL.findall((ROOT / page).read_text("utf-8")))


def run(folder: Path, text: str) -> subprocess.CompletedProcess[str]:
    """Run shell text in a folder where the tutorial's file is, on a free port instead of 8080."""
    for name, content in FILES.findall((ROOT / TUTORIAL).read_text("utf-8")):
        (folder / name).write_text(content, "utf-8")
    port = str(free_port())
    environment = {k: v for k, v in os.environ.items() if not k.startswith("TURNERO_")}
    environment |= {"PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}", "TURNERO_PORT": port}
    bash = ["bash", "-e", "-o", "pipefail", "-m", "-c", text.replace("127.0.0.1:8080", f"127.0.0.1:{port}")]
    return subprocess.run(bash, cwd=folder, env=environment, capture_output=True, text=True, timeout=220, check=False)
