"""One secret of the installation, a key of its own for each purpose: what one signs, another cannot verify."""

import hmac


def derived_key(secret: bytes, purpose: str) -> bytes:
    """256 bits that follow from the secret and the purpose, and tell nothing of either."""
    return hmac.digest(secret, b"turnero " + purpose.encode(), "sha256")
