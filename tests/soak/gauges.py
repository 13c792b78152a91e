"""What is read again and again: the memory and the files of the server, and what a page holds on to."""

import os
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import CDPSession, Page

MEBIBYTE = 2**20
PER_SECOND = os.sysconf("SC_CLK_TCK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """How much more a gauge may show at the end than after warming up: a share of it, or so many if that is more."""

    share: float
    least: float

    def above(self, level: float) -> float:
        """How far it may rise above a level."""
        return max(self.share * level, self.least)


BOUNDS = {
    "memory_mib": Bound(share=0.1, least=8),
    "files": Bound(share=0, least=4),
    "sockets": Bound(share=0, least=4),
    "heap_mib": Bound(share=0.1, least=0.5),
    "nodes": Bound(share=0.1, least=50),
    "listeners": Bound(share=0.05, least=10),
    "documents": Bound(share=0, least=2),
}
"""By the last word of a gauge's name, `lobby.nodes`; what is not named here is told, and judged by nobody."""


def of_process(pid: int) -> dict[str, float]:
    """A process's memory, its open files, and the sockets among them."""
    files = list(_files(pid))
    return {
        "memory_mib": _resident(pid) / MEBIBYTE,
        "files": len(files),
        "sockets": sum(name.startswith("socket:") for name in files),
    }


def of_family(pid: int) -> float:
    """The memory of all processes that a process has started, what they share counted once, in MiB."""
    return sum(_proportional(child) for child in family(pid)) / MEBIBYTE


def seconds_of_work(pid: int) -> float:
    """The processor's time that a process has taken, with that of its children that are gone."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return sum(map(int, fields[11:15])) / PER_SECOND


def family(pid: int) -> list[int]:
    """The processes that a process has started, and those that they have started."""
    known = Path(f"/proc/{pid}/task").glob("*/children")
    children = [int(child) for each in known for child in _text(each).split()]
    return [*children, *(one for child in children for one in family(child))]


class PageGauge:
    """What a page holds on to once its garbage is collected."""

    def __init__(self, page: Page) -> None:
        self._devtools: CDPSession = page.context.new_cdp_session(page)
        self._devtools.send("Performance.enable")

    def read(self) -> dict[str, float]:
        """Heap, nodes, listeners and documents."""
        self._devtools.send("HeapProfiler.collectGarbage")
        told = {one["name"]: one["value"] for one in self._devtools.send("Performance.getMetrics")["metrics"]}
        return {
            "heap_mib": told["JSHeapUsedSize"] / MEBIBYTE,
            "nodes": told["Nodes"],
            "listeners": told["JSEventListeners"],
            "documents": told["Documents"],
        }


def _files(pid: int) -> Iterator[str]:
    for file in Path(f"/proc/{pid}/fd").iterdir():
        try:
            yield str(file.readlink())
        except FileNotFoundError:  # closed meanwhile
            continue


def _resident(pid: int) -> int:
    return int(_text(Path(f"/proc/{pid}/statm")).split()[1]) * os.sysconf("SC_PAGE_SIZE")


def _proportional(pid: int) -> int:
    told = _text(Path(f"/proc/{pid}/smaps_rollup")).splitlines()
    return next((int(line.split()[1]) * 1024 for line in told if line.startswith("Pss:")), 0)


def _text(file: Path) -> str:
    """What a file of a process says; nothing once the process has gone."""
    try:
        return file.read_text()
    except (FileNotFoundError, ProcessLookupError):
        return ""
