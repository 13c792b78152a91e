"""Identifiers: 96 bits, 32 of seconds and 64 random, with the two spellings that the dialects use."""

import binascii
import hashlib
import re
import secrets
from datetime import datetime

from qms.domain.chance import random_bytes, random_word

HEX_ID = re.compile(r"[0-9a-f]{24}")
UUID_ID = re.compile(r"([0-9a-f]{8})-([0-9a-f]{4})-8([0-9a-f]{3})-8([0-9a-f]{3})-([0-9a-f]{6})000000", re.IGNORECASE)

STEP_BITS = 32
"""So many random bits lie between one id and the next that is made together with it."""

_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def random_hex(size: int) -> str:
    """So many random bytes as hex digits."""
    return random_bytes(size).hex()


def new_id(now: datetime) -> str:
    """An id in time order to the second: 8 hex digits of seconds, 16 random ones."""
    return f"{_seconds(now)}{random_word():016x}"


class Siblings:
    """The ids of what is made together: the first by chance, each after it a random step further on.

    So they stand side by side in every index that begins with an id, and all of them change one of its pages.
    """

    def __init__(self, now: datetime) -> None:
        self._begun = _seconds(now)
        self._last: int | None = None

    def new_id(self) -> str:
        """One more; at the end of a second's ids it goes on with the first."""
        if self._last is None:
            self._last = random_word()
        else:
            self._last = (self._last + 1 + (random_word() >> 64 - STEP_BITS)) & 0xFFFFFFFFFFFFFFFF
        return f"{self._begun}{self._last:016x}"


def first_id(since: datetime) -> str:
    """The least id that can have been made at this time: all that were made in the seconds before are less."""
    return f"{_seconds(since)}{'0' * 16}"


def derived_id(account: str, kind: str, key: str) -> str:
    """The id of something configured without one: the same for the same account slug, kind and key."""
    return hashlib.sha256(f"{account}\0{kind}\0{key}".encode()).hexdigest()[:24]


def is_id(text: object) -> bool:
    """Whether the text is spelled as 24 lower-case hex digits."""
    return isinstance(text, str) and HEX_ID.fullmatch(text) is not None


def to_uuid(identifier: str) -> str:
    """The same 96 bits as a UUID (version 8, variant 8, six zeros), as Auvious and Voki spell them."""
    i = identifier
    return f"{i[:8]}-{i[8:12]}-8{i[12:15]}-8{i[15:18]}-{i[18:]}000000"


def from_uuid(text: str) -> str | None:
    """The id that a UUID spells, or None where it spells none of ours."""
    match = UUID_ID.fullmatch(text)
    return "".join(match.groups()).lower() if match else None


def new_secret() -> str:
    """A secret for a public link: 128 random bits, URL-safe."""
    return secrets.token_urlsafe(16)


def new_link(now: datetime) -> str:
    """A secret for a public link of which there are millions: 40 bits of milliseconds, so that those which are made
    together stand side by side in their index, and 128 random ones; URL-safe, 28 characters."""
    made = int(now.timestamp() * 1000) & 0xFFFFFFFFFF
    secret = made << 128 | random_word() << 64 | random_word()
    return binascii.b2a_base64(secret.to_bytes(21), newline=False).translate(_URL_SAFE).decode()


def _seconds(at: datetime) -> str:
    return f"{int(at.timestamp()) & 0xFFFFFFFF:08x}"
