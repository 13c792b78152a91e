"""A network namespace for whoever runs this: what is made in it changes the network of nobody else on the machine."""

import ctypes
import os
import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager

from tests.faults.lan import Impossible

CLONE_NEWNET = 0x40000000
HERE = "/proc/thread-self/ns/net"

_libc = ctypes.CDLL(None, use_errno=True)


@contextmanager
def apart() -> Iterator[None]:
    """This thread, and the threads and processes that it starts, have a network of their own until the end: a loopback.

    A browser gives up what it is loading when an interface of its machine comes or goes (`ERR_NETWORK_CHANGED`).

    Raises:
        Impossible: that takes root, and Linux.
    """
    with ExitStack() as held:
        before = os.open(HERE, os.O_RDONLY)
        held.callback(os.close, before)
        _done(_libc.unshare(CLONE_NEWNET))
        held.callback(lambda: _done(_libc.setns(before, CLONE_NEWNET)))
        subprocess.run(["ip", "link", "set", "lo", "up"], check=True, capture_output=True)
        yield


def _done(answer: int) -> None:
    if answer != 0:
        raise Impossible(f"a network of its own: {os.strerror(ctypes.get_errno())}")
