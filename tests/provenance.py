"""Where figures come from: the commit and the machine that they were measured with."""

import os
import platform
import subprocess
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def origin() -> str:
    """When, with which commit and on which machine something is measured."""
    return f"{datetime.now(UTC):%Y-%m-%d}, commit {commit()}, {machine()}"


def commit() -> str:
    """The commit that is checked out."""
    asked = ["git", "rev-parse", "--short=12", "HEAD"]
    return subprocess.run(asked, cwd=ROOT, capture_output=True, text=True, check=True).stdout.strip()


def machine() -> str:
    """The machine's processor and memory, its Python, and how busy it was."""
    model = next(
        (
            line.partition(":")[2].strip()
            for line in Path("/proc/cpuinfo").read_text().splitlines()
            if "model name" in line
        ),
        platform.machine(),
    )
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    cores = f"{os.cpu_count()} cores ({model}), {memory:.0f} GiB"
    return f"{cores}, Python {platform.python_version()}, load average {os.getloadavg()[1]:.0f}"
