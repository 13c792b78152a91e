"""A process that has all of `turnero` imported, and becomes it again and again, as tests/e2e/forked.py asks it to.

Each order makes two processes: one that runs a command with the settings, folder and files of the order; and its
keeper, who reports on a line of the order's own which number it has, and how it ended.
"""

import gc
import json
import os
import random
import signal
import socket
import sys
from collections.abc import Callable, Sequence
from importlib import import_module
from typing import Any

from server.main import command_line

LONGEST_ORDER = 1 << 17


def main() -> None:
    """Fork for every order, and run its command in the fork."""
    command_line(())
    gc.freeze()
    _ordered(socket.socket(fileno=int(sys.argv[1])))()


def _ordered(line: socket.socket) -> Callable[[], None]:
    """What to run: in each fork the program of its order; here nothing, when no more orders come."""
    signal.signal(signal.SIGCHLD, signal.SIG_IGN)  # nobody waits for keepers
    while True:
        order, files, _, _ = socket.recv_fds(line, LONGEST_ORDER, 4)
        if not order:
            return sys.exit
        if os.fork() == 0:
            line.close()
            report, *streams = files
            _kept(socket.socket(fileno=report), streams)
            return _become(json.loads(order), streams)
        for file in files:
            os.close(file)


def _kept(report: socket.socket, streams: Sequence[int]) -> None:
    """Fork once more: go on in the fork, and keep it here until it ends."""
    signal.signal(signal.SIGCHLD, signal.SIG_DFL)
    pid = os.fork()
    if pid == 0:
        report.close()
        return
    for file in (0, 1, 2, *streams):
        os.close(file)
    report.send(str(pid).encode())
    _, status = os.waitpid(pid, 0)
    report.send(str(os.waitstatus_to_exitcode(status)).encode())
    os._exit(0)


def _become(order: Any, streams: Sequence[int]) -> Callable[[], None]:
    for number, file in enumerate(streams):
        os.dup2(file, number)
        os.close(file)
    for stream in (sys.stdout, sys.stderr):
        stream.reconfigure(line_buffering=True)  # type: ignore[union-attr]  # these are files
    os.chdir(order["folder"])
    os.environ.clear()
    os.environ.update(order["environment"])
    sys.argv = ["turnero", *order["command"]]
    random.seed()
    run: Callable[[], None] = import_module(order["program"]).main
    return run


if __name__ == "__main__":
    main()
