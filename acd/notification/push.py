"""Web push: a message to a browser, sealed so that only that browser reads it, through the service that reaches it.

Source: RFC 8291 (sealing), RFC 8188 (its form), RFC 8292 (who sends), RFC 8030 (the request).
"""

import os
from base64 import urlsafe_b64decode
from datetime import datetime, timedelta
from urllib.parse import urlsplit

import jwt
import msgspec
from cryptography.exceptions import InvalidKey
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from acd.notification.requests import Request
from acd.notification.smtp import NotTaken
from qms.domain.message import Wording
from qms.services.notification.letters import Letter
from qms.services.summoning.push_key import PushKey, point_of

SIGNED_FOR = timedelta(hours=12)
USUALLY = timedelta(minutes=10)
RECORD_BYTES = 4096
MOST_TITLE, MOST_BODY = 200, 1500
"""So many bytes are shown: a push service need not take more than 4096 of a sealed message, quotes and all."""


def push_request(letter: Letter, wording: Wording, *, key: PushKey, public_url: str, wall: datetime) -> Request:
    """The request that has a browser show a message; `wall` is the machine's time.

    What was said before of the same ticket, and has not reached the browser yet, is replaced.

    Raises:
        NotTaken: what the browser gave are no keys.
    """
    wish = letter.summons
    if wish is None or wish.keys is None:
        raise NotTaken("bad_recipient", for_good=True)
    told = letter.message
    words = {"title": _cut(wording.subject, MOST_TITLE), "body": _cut(wording.text, MOST_BODY)}
    shown = {**words, "tag": wish.ticket_id, "page": told.data["page"]}
    try:
        theirs, auth = (_bytes(wish.keys[name]) for name in ("p256dh", "auth"))
        body = sealed(msgspec.json.encode(shown), theirs=theirs, auth=auth)
    except (KeyError, ValueError, InvalidKey):
        raise NotTaken("bad_recipient", for_good=True) from None
    left = told.until - told.due_at if told.until is not None else USUALLY
    headers = {
        "Authorization": _signed(wish.address, key, public_url, wall),
        "Content-Encoding": "aes128gcm",
        "Content-Type": "application/octet-stream",
        "TTL": str(max(0, int(left.total_seconds()))),
        "Topic": wish.ticket_id,
        "Urgency": "high",
    }
    return Request(url=wish.address, body=body, headers=headers)


def sealed(
    text: bytes,
    *,
    theirs: bytes,
    auth: bytes,
    ours: ec.EllipticCurvePrivateKey | None = None,
    salt: bytes | None = None,
) -> bytes:
    """A text for one browser; `ours` and `salt` are used once."""
    private, salt = ours or ec.generate_private_key(ec.SECP256R1()), salt or os.urandom(16)
    public = point_of(private)
    shared = private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), theirs))
    secret = _derived(shared, auth, b"WebPush: info\0" + theirs + public, 32)
    key = _derived(secret, salt, b"Content-Encoding: aes128gcm\0", 16)
    nonce = _derived(secret, salt, b"Content-Encoding: nonce\0", 12)
    head = salt + RECORD_BYTES.to_bytes(4, "big") + bytes([len(public)]) + public
    return head + AESGCM(key).encrypt(nonce, text + b"\x02", None)


def _derived(secret: bytes, salt: bytes, about: bytes, length: int) -> bytes:
    return HKDF(algorithm=SHA256(), length=length, salt=salt, info=about).derive(secret)


def _signed(address: str, key: PushKey, public_url: str, wall: datetime) -> str:
    parts = urlsplit(address)
    claims = {"aud": f"{parts.scheme}://{parts.netloc}", "exp": wall + SIGNED_FOR, "sub": public_url}
    return f"vapid t={jwt.encode(claims, key.private, algorithm='ES256')}, k={key.public}"


def _cut(text: str, most: int) -> str:
    whole = text.encode()
    return text if len(whole) <= most else whole[: most - len("…".encode())].decode(errors="ignore") + "…"


def _bytes(text: str) -> bytes:
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
