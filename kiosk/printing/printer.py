"""A receipt printer that speaks ESC/POS, through python-escpos: how it is, and printing on it. Calls block."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

from kiosk.printing.address import PrinterAddress

if TYPE_CHECKING:
    from PIL import Image

    from qms.services.printers import PrinterState

PATIENCE_SECONDS = 5
"""For a connection, for a word of the printer's, and for a receipt to come out."""

REPORT_WHEN_DONE = b"\x1dr\x01"
"""GS r 1: the paper sensor's state, told after everything before has been printed. Source: ESC/POS, GS r."""

NO_PAPER, LITTLE_PAPER = 0x0C, 0x03
"""Bits of that answer."""


class Printer:
    """One printer."""

    def __init__(self, address: PrinterAddress) -> None:
        self.address = address

    def state(self) -> PrinterState:
        """How it is now."""
        try:
            with self._opened() as device:
                return self._asked(device)
        except _troubles():
            return "offline"

    def print(self, image: Image.Image) -> tuple[bool, PrinterState]:
        """Print a picture, unless it cannot be; whether the printer says that it is done, and how it is then."""
        try:
            with self._opened() as device:
                before = self._asked(device)
                if before not in ("ok", "low"):
                    return False, before
                device.image(image)
                device.cut()
                return self._done(device)
        except _troubles():
            return False, "offline"

    def _asked(self, device: Any) -> PrinterState:
        """A printer without paper is offline too, so it is asked for its paper first."""
        if self.address.kind == "file":
            return "ok"  # nothing can be read from there
        paper = device.paper_status()
        if paper == 0:
            return "out"
        if not device.is_online():
            return "offline"
        return "low" if paper == 1 else "ok"

    def _done(self, device: Any) -> tuple[bool, PrinterState]:
        if self.address.kind == "file":
            return True, "ok"
        said = device.query_status(REPORT_WHEN_DONE)
        if not said:
            return False, "offline"
        if said[0] & NO_PAPER:
            return False, "out"
        return True, "low" if said[0] & LITTLE_PAPER else "ok"

    @contextmanager
    def _opened(self) -> Iterator[Any]:
        device = _device(self.address)
        try:
            yield device
        finally:
            with suppress(*_troubles()):
                _close(device, self.address)


def _device(address: PrinterAddress) -> Any:
    """The printer, opened."""
    from escpos import printer as escpos  # an extra: only who prints has it

    if address.kind == "tcp":
        device = escpos.Network(address.host, address.port, timeout=PATIENCE_SECONDS)
        # its own open() knows no IPv6, and leaves a socket behind where nobody answers
        device.device = socket.create_connection((address.host, address.port), timeout=PATIENCE_SECONDS)
        return device
    if address.kind == "usb":
        device = escpos.Usb(address.vendor, address.product, timeout=PATIENCE_SECONDS * 1000)
    else:
        device = escpos.File(address.path)
    device.open()
    return device


def _close(device: Any, address: PrinterAddress) -> None:
    """Let go. The library would write a line to the log for each look at a printer on the network."""
    if address.kind != "tcp":
        device.close()
        return
    line, device.device = device.device, None
    line.close()


def _troubles() -> tuple[type[Exception], ...]:
    from escpos.exceptions import Error

    return Error, OSError, RuntimeError  # RuntimeError: a library that the way to the printer needs is missing
