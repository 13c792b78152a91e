"""Chance from one seed: within `seeded`, every secret and every id that the house makes follows from it."""

import base64
import random
import secrets
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from unittest.mock import patch

from qms.domain import ids


@contextmanager
def seeded(seed: int) -> Iterator[None]:
    """Let `secrets` and ids draw from a seed."""
    dice = random.Random(f"secrets {seed}")

    def token_hex(size: int = 32) -> str:
        return dice.randbytes(size).hex()

    def token_urlsafe(size: int = 32) -> str:
        return base64.urlsafe_b64encode(dice.randbytes(size)).rstrip(b"=").decode()

    drawn: dict[str, Any] = {"token_hex": token_hex, "token_bytes": dice.randbytes, "token_urlsafe": token_urlsafe}
    drawn |= {"choice": dice.choice, "randbelow": dice.randrange}
    with (
        patch.multiple(secrets, **drawn),
        patch.multiple(ids, random_bytes=dice.randbytes, random_word=lambda: dice.getrandbits(64)),
    ):
        yield
