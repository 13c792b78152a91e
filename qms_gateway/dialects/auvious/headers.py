"""What the header Authorization says, in the ways that this dialect knows."""

import base64
import binascii
from typing import NamedTuple

from aiohttp import web

from qms.domain.errors import NotAuthenticated


class Credentials(NamedTuple):
    """A name and a secret, of Basic authentication."""

    name: str
    secret: str


def basic(request: web.Request) -> Credentials:
    """What Basic authentication says.

    Raises:
        NotAuthenticated: it says nothing that can be read.
    """
    scheme, _, encoded = request.headers.get("Authorization", "").strip().partition(" ")
    if scheme.lower() != "basic":
        raise NotAuthenticated("missing")
    try:
        text = base64.b64decode(encoded.strip(), validate=True).decode()
    except (binascii.Error, ValueError):
        raise NotAuthenticated("malformed") from None
    name, colon, secret = text.partition(":")
    if not colon or len(text) > 200:
        raise NotAuthenticated("malformed")
    return Credentials(name, secret)


def bearer(header: str) -> str:
    """The token in the header, with the word Bearer or bare; nothing where another scheme is named."""
    scheme, _, rest = header.strip().partition(" ")
    token = rest.strip() if scheme.lower() == "bearer" else header.strip()
    return "" if " " in token else token
