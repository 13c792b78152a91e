"""Texts that we have signed (JWT, HS256): whether one that somebody brings is genuine, and not over.

Source: RFC 7519; RFC 8725 §3.1 (one algorithm, never the one that the text names).
"""

import binascii
import json
import math
from base64 import urlsafe_b64decode
from collections.abc import Mapping
from datetime import datetime
from typing import Any, Literal

import jwt

from qms.domain.errors import NotAuthenticated

LONGEST = 4096
"""A longer text is none of ours, and is not looked into."""

Fault = Literal["missing", "malformed", "undecodable", "signature", "expired"]


class TokenRefused(NotAuthenticated):
    """A token that is not genuine, or is over; `position` is where an undecodable part stops making sense."""

    def __init__(self, fault: Fault, position: int = 0) -> None:
        super().__init__(fault)
        self.fault, self.position = fault, position


def genuine(token: str, *, key: bytes, now: datetime) -> Mapping[str, Any]:
    """The claims of any signed text of ours, if it was signed with this key and is not over.

    Raises:
        TokenRefused: not three parts, parts that are no JSON, another signature, or expired; looked at in this order.
    """
    if not token or len(token) > LONGEST or not token.isascii():
        raise TokenRefused("missing")
    parts = token.split(".")
    if len(parts) != 3:
        raise TokenRefused("malformed")
    _object(parts[0])
    claims = _object(parts[1])
    try:
        jwt.api_jws.decode(token, key, algorithms=["HS256"])
    except jwt.InvalidTokenError:
        raise TokenRefused("signature") from None
    begins, ends, at = claims.get("nbf", 0), claims.get("exp", math.inf), now.timestamp()
    if not isinstance(begins, int | float) or not isinstance(ends, int | float) or begins > at:
        raise TokenRefused("malformed")
    if ends <= at:
        raise TokenRefused("expired")
    return claims


def _object(part: str) -> Mapping[str, Any]:
    """A token's part as the JSON object that it spells."""
    try:
        text = urlsafe_b64decode(part + "=" * (-len(part) % 4)).decode("utf-8", "replace")
        value = json.loads(text)
    except json.JSONDecodeError as error:
        raise TokenRefused("undecodable", error.pos) from None
    except (binascii.Error, ValueError, RecursionError):
        raise TokenRefused("undecodable") from None
    if not isinstance(value, dict):
        raise TokenRefused("undecodable")
    return value
