"""Codes that change every thirty seconds, as authenticator apps show them. Source: RFC 6238 (TOTP), RFC 4226 (HOTP)."""

import base64
import hmac
import struct
from datetime import datetime
from urllib.parse import quote, urlencode

STEP_SECONDS = 30
DIGITS = 6
SKEW = 1
"""So many steps a telephone's clock may be off, either way."""

LONGEST_NAME = 40
"""So many letters of a name fit into every QR code, whatever their script."""


def code_at(secret: str, step: int, digits: int = DIGITS) -> str:
    """The code of a step; the secret is base32."""
    digest = hmac.digest(base64.b32decode(secret), struct.pack(">Q", step), "sha1")
    start = digest[-1] & 0xF
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return str(number % 10**digits).zfill(digits)


def step_of(at: datetime) -> int:
    """The step in which an instant is."""
    return int(at.timestamp()) // STEP_SECONDS


def matching(secret: str, code: str, at: datetime, *, after: int = 0) -> int | None:
    """The step after `after` that a code is of, if it is of one about now. Every one of them is compared."""
    said, found = code.replace(" ", "").encode("utf-8", "replace"), None
    for step in range(step_of(at) - SKEW, step_of(at) + SKEW + 1):
        if hmac.compare_digest(code_at(secret, step).encode(), said) and step > after:
            found = step
    return found


def address(secret: str, *, issuer: str, name: str) -> str:
    """What an authenticator app reads from a QR code; of long names as much as every such code can hold."""
    issuer, name = issuer[:LONGEST_NAME], name[:LONGEST_NAME]
    asked = urlencode({"secret": secret, "issuer": issuer}, quote_via=quote)
    return f"otpauth://totp/{quote(f'{issuer}:{name}')}?{asked}"
