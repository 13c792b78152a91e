"""The push service that Chromium knows, on this machine: a browser subscribes at it and is reached by it.

Chromium checks in and registers over HTTP and keeps a line on which messages come. It is spoken to as Chromium's own
programs say (google_apis/gcm: checkin.proto, mcs.proto, registration_request.cc),
as far as a subscription takes it.
"""

import datetime
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from socket import create_server
from threading import Thread
from urllib.parse import parse_qsl

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from tests.receiver import Received

VERSION, LOGIN_ANSWER, DATA = b"\x29", b"\x03", b"\x08"
MOST = 65_536
TOKEN = "of-this-browser:abc"
DEVICE = b"\x08\x01" + b"\x39" + (4711).to_bytes(8, "little") + b"\x41" + (42).to_bytes(8, "little")
"""The answer to a check-in: it went well; the device's number, and its secret."""


class GooglePush:
    """What has come to be passed on, in `received`; `arguments` lead a Chromium here."""

    def __init__(self, folder: Path) -> None:
        self.received: list[Received] = []
        self._registered: dict[str, str] = {}
        self._lines: list[ssl.SSLSocket] = []
        self._messages: list[bytes] = []
        self._http = ThreadingHTTPServer(("127.0.0.1", 0), type("Asked", (_Asked,), {"service": self}))
        self._mcs = _sealed(folder).wrap_socket(
            create_server(("127.0.0.1", 0)), server_side=True, do_handshake_on_connect=False
        )
        self.origin = f"http://127.0.0.1:{self._http.server_port}"

    @property
    def arguments(self) -> list[str]:
        """What a Chromium is started with."""
        return [
            f"--gcm-checkin-url={self.origin}/checkin",
            f"--gcm-registration-url={self.origin}/register",
            f"--gcm-mcs-endpoint=https://127.0.0.1:{self._mcs.getsockname()[1]}",
            "--ignore-certificate-errors",
        ]

    @contextmanager
    def serving(self) -> Iterator["GooglePush"]:
        """Answer until left."""
        for serve in (self._http.serve_forever, self._open):
            Thread(target=serve, daemon=True).start()
        yield self
        self._http.shutdown()
        self._http.server_close()
        for line in (self._mcs, *self._lines):
            line.close()

    def answer(self, request: Received) -> tuple[int, bytes]:
        """What a browser, or somebody with a message for one, is answered."""
        if request.path == "/checkin":
            return 200, DEVICE
        if request.path == "/register":
            wished = dict(parse_qsl(request.body.decode()))
            if "X-subtype" in wished:  # a page's; the browser registers for itself too, before or after
                self._registered = wished
            return 200, f"token={TOKEN}".encode()
        self.received.append(request)
        self._pass_on(request)
        return 201, b""

    def _pass_on(self, message: Received) -> None:
        about = {"subtype": self._registered["X-subtype"], "content-encoding": message.headers["content-encoding"]}
        told = _field(3, self._registered["sender"]) + _field(5, self._registered["app"])
        told += b"".join(_field(7, _field(1, name) + _field(2, value)) for name, value in about.items())
        told += _field(9, str(len(self._messages))) + _field(21, message.body)
        self._messages.append(DATA + _number(len(told)) + told)
        for line in tuple(self._lines):
            with suppress(OSError):  # it is down by now: the browser comes again
                line.sendall(self._messages[-1])

    def _open(self) -> None:
        with suppress(OSError):  # closed
            while True:
                line, _ = self._mcs.accept()
                Thread(target=self._let_in, args=(line,), daemon=True).start()

    def _let_in(self, line: ssl.SSLSocket) -> None:
        """Let a browser log in; some knock and go again before one stays. What it says later is not listened to."""
        with suppress(OSError):
            if not line.recv(MOST):
                line.close()
            else:
                told = _field(1, "in")
                line.sendall(VERSION + LOGIN_ANSWER + _number(len(told)) + told)
                self._lines.append(line)
                for message in self._messages:  # twice is as good as once: it says which one it is
                    line.sendall(message)


class _Asked(BaseHTTPRequestHandler):
    service: GooglePush

    def do_POST(self) -> None:
        body = self.rfile.read(int(self.headers["Content-Length"]))
        headers = {name.lower(): value for name, value in self.headers.items()}
        status, answer = self.service.answer(Received(method="POST", path=self.path, headers=headers, body=body))
        self.send_response(status)
        self.send_header("Content-Length", str(len(answer)))
        self.end_headers()
        self.wfile.write(answer)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def _number(value: int) -> bytes:
    """As protocol buffers write it: seven bits to a byte."""
    head = b""
    while value > 127:
        head, value = head + bytes([value & 127 | 128]), value >> 7
    return head + bytes([value])


def _field(number: int, value: str | bytes) -> bytes:
    """A field of text or bytes."""
    content = value.encode() if isinstance(value, str) else value
    return _number(number << 3 | 2) + _number(len(content)) + content


def _sealed(folder: Path) -> ssl.SSLContext:
    """TLS with a certificate of one's own."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "push")])
    begins = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=1)
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key())
    made = made.serial_number(1).not_valid_before(begins).not_valid_after(begins + datetime.timedelta(days=9))
    private = key.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    file = folder / "push.pem"
    file.write_bytes(private + made.sign(key, SHA256()).public_bytes(Encoding.PEM))
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
