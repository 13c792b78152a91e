"""A voice that says any text: for people at a device who hear better than they see."""

from typing import Protocol

from aiohttp import web


class Voice(Protocol):
    """Somebody who speaks some languages."""

    def speaks(self, tag: str) -> bool:
        """Whether a language is spoken."""

    async def say(self, tag: str, text: str) -> bytes | None:
        """A text as a WAV file; None where it cannot be said."""


VOICE: web.AppKey[Voice] = web.AppKey("voice")
"""Absent where nobody speaks."""
