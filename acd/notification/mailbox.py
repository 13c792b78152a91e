"""The mail server as an operator names it: `smtps://user:password@mail.example.com?from=no-reply@example.com`."""

from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qs, unquote, urlsplit

SCHEMES = ("smtp", "smtps", "smtp+starttls")
PORTS = {"smtp": 25, "smtps": 465, "smtp+starttls": 587}
MOST_CONNECTIONS = 64

Tls = Literal["offered", "required", "implicit"]
"""STARTTLS where the server offers it; STARTTLS with a genuine certificate, or nothing; TLS from the first byte."""

_TLS: dict[str, Tls] = {"smtp": "offered", "smtps": "implicit", "smtp+starttls": "required"}


@dataclass(frozen=True, slots=True, kw_only=True)
class SmtpServer:
    """Where e-mail is handed over, over how many connections at a time, and the address it comes from by itself."""

    host: str
    port: int
    tls: Tls
    username: str | None = None
    password: str | None = field(default=None, repr=False)
    sender: str | None = None
    connections: int = 8

    @classmethod
    def parse(cls, url: str) -> "SmtpServer":
        """Read an address.

        Raises:
            ValueError: it is none; the text says what is wrong.
        """
        parts = urlsplit(url)
        if parts.scheme not in SCHEMES or not parts.hostname:
            raise ValueError("expected an address that begins with smtp://, smtps:// or smtp+starttls://")
        given = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        connections = given.pop("connections", "8")
        sender = given.pop("from", None)
        if given:
            raise ValueError(f"{next(iter(given))} is unknown; known are from and connections")
        if not connections.isdecimal() or not 1 <= int(connections) <= MOST_CONNECTIONS:
            raise ValueError(f"connections: expected a whole number from 1 to {MOST_CONNECTIONS}")
        return cls(
            host=parts.hostname,
            port=parts.port or PORTS[parts.scheme],
            tls=_TLS[parts.scheme],
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password or "") if parts.username else None,
            sender=sender,
            connections=int(connections),
        )
