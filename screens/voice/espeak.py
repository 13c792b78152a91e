"""espeak-ng, a synthesiser that needs no internet, as a program beside us: it may be there or not."""

import asyncio
import shutil
from pathlib import Path

from screens.voice.wording import WORDINGS

PROGRAM = "espeak-ng"
WORDS_PER_MINUTE = 140
PAUSE = 8
"""Hundredths of a second between words: a lobby is large."""

PATIENCE_SECONDS = 10.0


class Silent(Exception):
    """The synthesiser said nothing."""


def find() -> Path | None:
    """Where the program is; None where it is not installed."""
    found = shutil.which(PROGRAM)
    return Path(found) if found else None


async def speak(program: Path, language: str, text: str) -> bytes:
    """A text as a WAV file in a language of WORDINGS.

    Raises:
        Silent: the program failed, or took too long.
    """
    voice = ("-v", WORDINGS[language].voice, "-s", str(WORDS_PER_MINUTE), "-g", str(PAUSE))
    running = await asyncio.create_subprocess_exec(
        program,
        *voice,
        "-b1",  # the text comes as UTF-8
        "--stdin",
        "--stdout",
        stdin=asyncio.subprocess.PIPE,
        stdout=asyncio.subprocess.PIPE,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        async with asyncio.timeout(PATIENCE_SECONDS):
            sound, _ = await running.communicate(text.encode())
    except TimeoutError:
        running.kill()
        await running.wait()
        raise Silent(language) from None
    if running.returncode or not sound.startswith(b"RIFF"):
        raise Silent(language)
    return sized(sound)


def sized(sound: bytes) -> bytes:
    """A WAV file whose header tells its length: a program that writes to a pipe does not know it beforehand."""
    data = sound.find(b"data")
    if data < 0:
        return sound
    length = (len(sound) - data - 8).to_bytes(4, "little")
    whole = (len(sound) - 8).to_bytes(4, "little")
    return b"RIFF" + whole + sound[8 : data + 4] + length + sound[data + 8 :]
