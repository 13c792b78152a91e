"""The key by which browsers' push services know the installation: it follows from its secret, and is kept with that."""

from base64 import urlsafe_b64encode
from dataclasses import dataclass, field
from functools import lru_cache
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cryptography.hazmat.primitives.asymmetric.ec import EllipticCurvePrivateKey

_ABOUT = b"turnero web push"
_ORDER = 0xFFFFFFFF00000000FFFFFFFFFFFFFFFFBCE6FAADA7179E84F3B9CAC2FC632551
"""Of the group of P-256. Source: FIPS 186-5, by way of SP 800-186, 3.2.1.3."""


@dataclass(frozen=True, slots=True)
class PushKey:
    """The key, and its public part as browsers take it."""

    private: "EllipticCurvePrivateKey" = field(repr=False)
    public: str


@lru_cache(maxsize=4)
def push_key(secret: bytes) -> PushKey:
    """The key of an installation with this secret; whoever changes the secret loses the subscriptions."""
    from cryptography.hazmat.primitives.asymmetric import ec  # loads slowly, as what is next to it
    from cryptography.hazmat.primitives.hashes import SHA256
    from cryptography.hazmat.primitives.kdf.hkdf import HKDF

    drawn = HKDF(algorithm=SHA256(), length=48, salt=None, info=_ABOUT).derive(secret)
    private = ec.derive_private_key(int.from_bytes(drawn, "big") % (_ORDER - 1) + 1, ec.SECP256R1())
    return PushKey(private, urlsafe_b64encode(point_of(private)).rstrip(b"=").decode())


def point_of(private: "EllipticCurvePrivateKey") -> bytes:
    """The public part of a key, as RFC 8291 sends it."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

    return private.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
