"""Telling systemd how it goes: ready, stopping, and still alive. Source: sd_notify(3)."""

import asyncio
import os
import socket


def notify(state: str) -> None:
    """Send a state, such as READY=1, to whoever started this process and wants to know; else do nothing."""
    address = os.environ.get("NOTIFY_SOCKET")
    if not address:
        return
    if address.startswith("@"):
        address = "\0" + address[1:]
    with socket.socket(socket.AF_UNIX, socket.SOCK_DGRAM | socket.SOCK_CLOEXEC) as line:
        try:
            line.connect(address)
            line.sendall(state.encode())
        except OSError:
            return  # nobody listens any more: that is no reason to stop


async def watched() -> None:
    """Say twice in each of the watchdog's intervals that the event loop runs; return where none watches."""
    microseconds = int(os.environ.get("WATCHDOG_USEC", "0"))
    while microseconds:
        notify("WATCHDOG=1")
        await asyncio.sleep(microseconds / 2e6)
