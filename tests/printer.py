"""A receipt printer as the network sees it: it answers to the status bytes of ESC/POS, and keeps what it is given."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager

ONLINE, PAPER, DONE = b"\x10\x04\x01", b"\x10\x04\x04", b"\x1dr\x01"
RASTER = b"\x1dv0"
CUT = b"\x1dV"


class TcpPrinter:
    """A printer at a port of this machine; `paper`: ok, low or out, `online` whether its cover is closed."""

    def __init__(self) -> None:
        self.paper, self.online = "ok", True
        self.receipts: list[bytes] = []
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = self._listener.getsockname()[1]
        self._thread = threading.Thread(target=self._serve, daemon=True)
        self._thread.start()

    @property
    def address(self) -> str:
        """How a setting spells it."""
        return f"tcp://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Pull its plug."""
        self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        self._thread.join()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection:
                self._attend(connection)

    def _attend(self, connection: socket.socket) -> None:
        """Read commands as they come; a picture holds any bytes, so it is skipped by its length."""
        given, kept = b"", b""
        while chunk := connection.recv(65536):
            given += chunk
            while (length := self._length(given)) and len(given) >= length:
                command, given = given[:length], given[length:]
                if (answer := self._answer(command)) is not None:
                    connection.sendall(answer)
                else:
                    kept += command
                if command[:2] == CUT:
                    self.receipts.append(kept)
                    kept = b""

    def _length(self, given: bytes) -> int:
        """How long the command at the head is; 0: that cannot be told yet."""
        if given[:3] == RASTER:
            return 8 + struct.unpack("<H", given[4:6])[0] * struct.unpack("<H", given[6:8])[0] if len(given) >= 8 else 0
        for head, length in ((b"\x10\x04", 3), (b"\x1dr", 3), (b"\x1dV", 3), (b"\x1bd", 3)):
            if given[:2] == head:
                return length
        return len(given[:1]) if given[:1] not in (b"\x10", b"\x1d", b"\x1b") or len(given) > 2 else 0

    def _answer(self, command: bytes) -> bytes | None:
        if command == ONLINE:
            return bytes([0x12 if self.online and self.paper != "out" else 0x1A])
        if command == PAPER:
            return bytes([{"ok": 0x12, "low": 0x1E, "out": 0x7E}[self.paper]])
        if command == DONE:
            return bytes([{"ok": 0x00, "low": 0x03, "out": 0x0C}[self.paper]])
        return None


@contextmanager
def tcp_printer() -> Iterator[TcpPrinter]:
    """A printer that is switched on."""
    printer = TcpPrinter()
    try:
        yield printer
    finally:
        if printer._listener.fileno() != -1:
            printer.close()
