"""`turnero display`."""

import signal
import sys
from contextlib import ExitStack
from io import TextIOWrapper
from pathlib import Path
from typing import Annotated, TextIO

import typer

from server.display.board import FULL_SIZE_SECONDS, Board
from server.display.following import Follower, NoScreen, socket_of
from server.display.panel import KNOWN, Panel, Unwritable
from server.failing import fail, file_troubles_told


def display(
    address: Annotated[str, typer.Argument(help="A screen's address: https://example.org/screens/TOKEN.")],
    template: Annotated[str, typer.Option("--template", help="A call's line: {number}, {poc}, {queue}, {branch}.")] = (
        "{number} {poc}"
    ),
    to: Annotated[
        Path | None, typer.Option("--to", help="Write to this file or device instead.", readable=False)
    ] = None,
    seconds: Annotated[float, typer.Option("--seconds", min=0, help="How long each call is shown.")] = (
        FULL_SIZE_SECONDS
    ),
    offline: Annotated[str, typer.Option("--offline", help="The line while the server is away.")] = "--",
    calls: Annotated[int | None, typer.Option("--calls", min=1, help="End after so many calls.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="Write JSON lines.")] = False,
) -> None:
    """Follow a lobby screen and write each call as a line: for LED panels, and for programs."""
    try:
        socket_of(address)
        template.format(**dict.fromkeys(KNOWN, ""))
    except (ValueError, KeyError, IndexError) as wrong:
        known = ", ".join(f"{{{name}}}" for name in KNOWN)
        fail(f"{wrong}" if isinstance(wrong, ValueError) else f"--template: known are {known}")
    signal.signal(signal.SIGTERM, _end)
    signal.signal(signal.SIGINT, _end)
    with ExitStack() as open_files:
        out = _terminal() if to is None else open_files.enter_context(_opened(to))
        panel = Panel(out, template=template, offline=offline, as_json=as_json)
        try:
            Follower(address, panel, Board(seconds=seconds), most=calls).run()
        except NoScreen:
            fail("there is no screen at this address")
        except Unwritable as gone:
            fail(f"{to or 'standard output'}: {gone}")


def _terminal() -> TextIO:
    """Standard output, which writes a question mark for a letter that it has not: a call is told all the same."""
    if isinstance(sys.stdout, TextIOWrapper):
        sys.stdout.reconfigure(errors="replace")
    return sys.stdout


def _opened(device: Path) -> TextIO:
    with file_troubles_told(device):
        return device.open("w", encoding="utf-8")


def _end(*_: object) -> None:
    raise SystemExit(0)
