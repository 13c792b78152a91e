"""What a desk's window says over its socket of how well it can ring."""

from datetime import timedelta
from typing import Annotated

import msgspec

from qms.domain.bell import Said

LONGEST_IDLE_SECONDS = 366 * 24 * 3600
"""Longer ago nobody did anything that would matter."""


class Words(msgspec.Struct, frozen=True):
    """`bell`: a name that the windows of one browser share. `rang`: the id of the offer that it rang for last."""

    bell: Annotated[str, msgspec.Meta(pattern=r"^[0-9A-Za-z-]{1,40}$")]
    sound: bool
    idle_seconds: Annotated[float, msgspec.Meta(ge=0)]
    rang: Annotated[str, msgspec.Meta(pattern=r"^[0-9a-f]{24}$")] | None = None


_decoder = msgspec.json.Decoder(Words)


def said_in(text: str) -> Said | None:
    """What a message says; None: nothing of this kind."""
    try:
        words = _decoder.decode(text)
    except (msgspec.DecodeError, RecursionError):
        return None
    idle = timedelta(seconds=min(words.idle_seconds, LONGEST_IDLE_SECONDS))
    return Said(bell=words.bell, sounds=words.sound, idle=idle, rang=words.rang)
