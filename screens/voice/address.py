"""The address of a clip: what it says stands in it, signed, so that every process can make it and nobody else asks.

The same words have the same address at every screen and for ever: browsers keep what they have heard.
"""

import base64
import hashlib
import hmac
from dataclasses import dataclass
from functools import lru_cache

import msgspec

PATH = "/screens/say"
PURPOSE = b"turnero voice"
SIGNATURE_BYTES = 12

KEPT = 32768
"""A call stands in every message for two minutes at least: so many addresses are written once."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Said:
    """What a clip says, in whose recorded voice if there is one: an account's call of a number to somewhere.

    `where`: its names, the larger place first; none: nobody says where.
    """

    account: str
    language: str
    number: str
    where: tuple[str, ...] = ()
    recorded: str | None = None
    """Which recorded clips: those that the account had then, so that newer ones have other addresses."""


@lru_cache(maxsize=KEPT)
def address(secret: bytes, said: Said) -> str:
    """The path of a clip."""
    told = msgspec.json.encode((said.account, said.number, said.where, said.recorded))
    return f"{PATH}/{said.language}/{_text(told)}.{_text(_signature(secret, said.language, told))}.wav"


def read(secret: bytes, language: str, told: str, signature: str) -> Said | None:
    """What the clip at an address says; None where we have not written that address."""
    try:
        content, signed = _bytes(told), _bytes(signature)
        if not hmac.compare_digest(signed, _signature(secret, language, content)):
            return None
        told_of = msgspec.json.decode(content, type=tuple[str, str, tuple[str, ...], str | None])
    except ValueError:
        return None
    account, number, where, recorded = told_of
    return Said(account=account, language=language, number=number, where=where, recorded=recorded)


def _signature(secret: bytes, language: str, told: bytes) -> bytes:
    return hmac.digest(secret, PURPOSE + b"\0" + language.encode() + b"\0" + told, hashlib.sha256)[:SIGNATURE_BYTES]


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _bytes(text: str) -> bytes:
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
