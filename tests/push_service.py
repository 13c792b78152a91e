"""A browser and the push service that reaches it, by the specifications alone: nothing of ours is used.

Source: RFC 8030 (the request), RFC 8188 and 8291 (what is in it), RFC 8292 (who sends it).
"""

import hashlib
import hmac
import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from typing import Any

from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

from tests.receiver import Received

CURVE = ec.SECP256R1()
URGENCIES = ("very-low", "low", "normal", "high")
TOPIC = frozenset("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_")
MOST_BYTES, DAY = 4096, 86_400


class Browser:
    """A browser that has subscribed: its keys, and what it makes of a message."""

    def __init__(self) -> None:
        self._private = ec.generate_private_key(CURVE)
        self._auth = b"sixteen bytes of"
        self._point = self._private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        self.keys = {"p256dh": encoded(self._point), "auth": encoded(self._auth)}

    def opened(self, body: bytes) -> Any:
        """What a message says."""
        salt, size, length = body[:16], int.from_bytes(body[16:20], "big"), body[20]
        sender, record = body[21 : 21 + length], body[21 + length :]
        assert len(record) <= size, "more than the one record that RFC 8291, 4 allows"
        shared = self._private.exchange(ec.ECDH(), ec.EllipticCurvePublicKey.from_encoded_point(CURVE, sender))
        secret = _expanded(_extracted(self._auth, shared), b"WebPush: info\0" + self._point + sender, 32)
        content = _extracted(salt, secret)
        key = _expanded(content, b"Content-Encoding: aes128gcm\0", 16)
        nonce = _expanded(content, b"Content-Encoding: nonce\0", 12)
        text, end, padding = AESGCM(key).decrypt(nonce, record, None).rpartition(b"\x02")
        assert (end, padding.strip(b"\0")) == (b"\x02", b""), "a last record ends with a delimiter and zeros"
        return json.loads(text)


def accepted(request: Received, origin: str, now: float) -> dict[str, Any]:
    """What a push service checks before it answers 201; the claims of who sends."""
    headers = request.headers
    assert (request.method, headers["content-encoding"]) == ("POST", "aes128gcm")
    assert len(request.body) <= MOST_BYTES
    assert int(headers["ttl"]) >= 0
    assert headers["urgency"] in URGENCIES
    assert len(headers["topic"]) <= 32
    assert set(headers["topic"]) <= TOPIC
    scheme, _, parameters = headers["authorization"].partition(" ")
    given = dict(part.strip().split("=", 1) for part in parameters.split(","))
    assert scheme == "vapid"
    claims = _verified(given["t"], decoded(given["k"]))
    assert claims["aud"] == origin
    assert now < claims["exp"] <= now + DAY
    assert claims["sub"].startswith(("https:", "mailto:"))
    return claims


def _verified(token: str, key: bytes) -> dict[str, Any]:
    head, payload, signature = token.split(".")
    assert json.loads(decoded(head)) == {"typ": "JWT", "alg": "ES256"}
    raw = decoded(signature)
    der = encode_dss_signature(int.from_bytes(raw[:32], "big"), int.from_bytes(raw[32:], "big"))
    public = ec.EllipticCurvePublicKey.from_encoded_point(CURVE, key)
    public.verify(der, f"{head}.{payload}".encode(), ec.ECDSA(SHA256()))
    claims: dict[str, Any] = json.loads(decoded(payload))
    return claims


def _extracted(salt: bytes, secret: bytes) -> bytes:
    return hmac.new(salt, secret, hashlib.sha256).digest()


def _expanded(key: bytes, info: bytes, length: int) -> bytes:
    return hmac.new(key, info + b"\x01", hashlib.sha256).digest()[:length]


def encoded(some: bytes) -> str:
    """As base64url without padding, which is how browsers tell their keys."""
    return urlsafe_b64encode(some).rstrip(b"=").decode()


def decoded(text: str) -> bytes:
    """The bytes again."""
    return urlsafe_b64decode(text + "=" * (-len(text) % 4))
