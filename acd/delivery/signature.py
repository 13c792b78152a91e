"""Signing a delivery. Source: Standard Webhooks 1.0.0, "Signature scheme": symmetric, `v1`."""

import base64
import binascii
import hashlib
import hmac
from collections.abc import Iterable
from datetime import datetime

PREFIX = "whsec_"


def signing_key(secret: str) -> bytes:
    """The key that a secret stands for: `whsec_` and base64, or else the secret's own UTF-8 bytes."""
    if secret.startswith(PREFIX):
        encoded = secret.removeprefix(PREFIX).rstrip("=")
        try:
            return base64.b64decode(encoded + "=" * (-len(encoded) % 4), validate=True)
        except binascii.Error:
            pass
    return secret.encode()


def signature_headers(*, id: str, at: datetime, body: bytes, secret: str, also: Iterable[str] = ()) -> dict[str, str]:
    """The three headers by which a receiver knows a delivery; `at` is the machine time of the attempt.

    `also`: other secrets that count too, while one replaces another; a signature with each.
    """
    timestamp = str(int(at.timestamp()))
    signed = b".".join((id.encode(), timestamp.encode(), body))
    digests = [hmac.new(signing_key(one), signed, hashlib.sha256).digest() for one in (secret, *also)]
    return {
        "webhook-id": id,
        "webhook-timestamp": timestamp,
        "webhook-signature": " ".join(f"v1,{base64.b64encode(digest).decode()}" for digest in digests),
    }
