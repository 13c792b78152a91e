"""What a client has to know of a sandbox: written to a file when it starts, read by whatever tests against it."""

import json
import os
import tempfile
from pathlib import Path

import msgspec

FILE = Path("turnero-sandbox.json")
SECRET = "whsec_c2FuZGJveC1zYW5kYm94LXNhbmRib3gtMDE="  # noqa: S105 - the same in every sandbox, and in none else


class Particulars(msgspec.Struct, frozen=True, kw_only=True):
    """Addresses and keys of a running sandbox."""

    url: str
    key: str
    branch: str
    queue: str
    unstaffed_queue: str
    service: str
    application: str
    client_id: str
    client_secret: str
    tenant: str
    email: str
    password: str
    webhook_url: str
    webhook_secret: str = SECRET

    def write(self, file: Path) -> None:
        """Keep them in a file that only its owner reads: the key opens the sandbox."""
        descriptor = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
        with os.fdopen(descriptor, "w", encoding="utf-8") as kept:
            json.dump(msgspec.to_builtins(self), kept, indent=2)

    @staticmethod
    def require_place(file: Path) -> None:
        """Insist that they can be kept there, before anybody waits for them; nothing is left there yet.

        Raises:
            OSError: they cannot.
        """
        if file.exists():
            os.close(os.open(file, os.O_WRONLY))
        tempfile.TemporaryFile(dir=file.parent).close()

    @classmethod
    def read(cls, file: Path) -> "Particulars":
        """What a sandbox has written.

        Raises:
            OSError: there is no such file. msgspec.DecodeError: it is not one of a sandbox.
        """
        return msgspec.json.decode(file.read_bytes(), type=cls)
