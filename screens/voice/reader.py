"""Reading aloud: any text said by the synthesiser, for whoever cannot read what is on a page."""

import asyncio
from pathlib import Path

from screens.voice import espeak
from screens.voice.wording import spoken_language, words

AT_A_TIME = 2


class Reader:
    """A voice of the synthesiser's; it says two texts at a time."""

    def __init__(self, program: Path) -> None:
        self._program = program
        self._room = asyncio.Semaphore(AT_A_TIME)

    def speaks(self, tag: str) -> bool:
        """Whether there is a voice for a language."""
        return spoken_language(tag) is not None

    async def say(self, tag: str, text: str) -> bytes | None:
        """A text as a WAV file; None where there is no voice for the language, or nothing to be said."""
        language, said = spoken_language(tag), words(text)
        if language is None or not said:
            return None
        try:
            async with self._room:
                return await espeak.speak(self._program, language, said)
        except (espeak.Silent, OSError):
            return None
