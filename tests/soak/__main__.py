"""`python -m tests.soak`: a branch at work and four pages open for two hours; fails where anything grows."""

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from playwright.sync_api import sync_playwright

from tests.chromium import CHROMIUM
from tests.e2e.browser import ARGUMENTS
from tests.e2e.turnero import Turnero
from tests.soak import page, verdict
from tests.soak.branch import LOBBY, ask, living
from tests.soak.gauges import family, of_family, of_process, seconds_of_work
from tests.soak.windows import Windows

BEAT = 10
FEWEST = 4
LATE = 120
"""How many seconds after a call its being shown is asked for: many at once wait for each other."""

SOUND = "--autoplay-policy=no-user-gesture-required"  # as screens are started: they chime and speak


def main() -> None:
    """Soak, or judge what an earlier soak has written, and say what came of it."""
    asked = argparse.ArgumentParser(prog="python -m tests.soak", description=__doc__)
    asked.add_argument("--seconds", type=float, default=7200)
    asked.add_argument("--samples", type=Path, help="keep what is read in this file, a line each")
    asked.add_argument("--judge", type=Path, help="judge such a file, instead of soaking")
    asked.add_argument("--write", action="store_true", help="write the page")
    chosen = asked.parse_args()
    samples = []
    for sample in _kept(chosen.judge) if chosen.judge else soak(chosen.seconds):
        samples.append(sample)
        if chosen.samples:
            with chosen.samples.open("a") as file:
                file.write(json.dumps(sample) + "\n")
    if len(samples) < FEWEST:
        asked.error(f"{len(samples)} rounds of two minutes are too few to judge")
    found = verdict.of(samples)
    print("\n".join(verdict.table(found)))
    print("passed" if found.passed else "FAILED")
    if chosen.write:
        page.write(found)
    sys.exit(0 if found.passed else 1)


def soak(seconds: float) -> Iterator[dict[str, Any]]:
    """What is read after every round."""
    with tempfile.TemporaryDirectory() as folder, living(Path(folder)) as server, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=[*ARGUMENTS, SOUND])
        yield from _watch(server, Windows(browser, server), seconds)


def _watch(server: Turnero, windows: Windows, seconds: float) -> Iterator[dict[str, Any]]:
    began = time.monotonic()
    called: dict[int, float] = {}
    shown: set[int] = set()
    worked = _work(server)
    while (at := time.monotonic() - began) < seconds:
        windows.beat()
        windows.wait(BEAT)
        if not windows.at_rest:
            continue
        shown |= windows.newly_shown()
        for call in ask(server, f"{LOBBY}/state")["calls"]:
            called.setdefault(call["seq"], at)
        due = {seq for seq, since in called.items() if since < at - LATE}
        before, worked = worked, _work(server)
        yield {
            "at": round(at),
            "gauges": _gauges(server, windows) | {f"{who}.cpu": worked[who] - before[who] for who in worked},
            "calls": len(due),
            "shown": len(due & shown),
            "complaints": windows.complaints,
        }


def _gauges(server: Turnero, windows: Windows) -> dict[str, float]:
    read = {f"server.{name}": value for name, value in of_process(server.pid).items()}
    for window, gauge in windows.gauges.items():
        read |= {f"{window}.{name}": value for name, value in gauge.read().items()}
    return read | {"browser.memory": of_family(os.getpid()) - of_family(server.pid)}


def _work(server: Turnero) -> dict[str, float]:
    """The processor's seconds that the server, and everything else that belongs to the soak, have taken."""
    others = [pid for pid in (os.getpid(), *family(os.getpid())) if pid != server.pid]
    return {"server": seconds_of_work(server.pid), "others": sum(map(seconds_of_work, others))}


def _kept(file: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in file.read_text().splitlines()]


if __name__ == "__main__":
    main()
