"""Clips as they are asked for: made once, whoever asks, and kept while they are in use."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable
from pathlib import Path

from screens.voice import espeak, pack
from screens.voice.address import Said
from screens.voice.wording import number_parts, sentence

KEPT_BYTES = 32 * 1024 * 1024
AT_A_TIME = 2
"""So many are made at the same time: a synthesiser takes a whole core, and calls come in bursts."""

Recorded = Callable[[Said], Awaitable[dict[str, bytes]]]
"""Reads the recorded clips of an account in a language, by name."""


class Clips:
    """Makes clips. `program` None: nobody is there to speak but who was recorded."""

    def __init__(self, program: Path | None, recorded: Recorded, *, kept_bytes: int = KEPT_BYTES) -> None:
        self.program = program
        self._recorded = recorded
        self._limit = kept_bytes
        self._kept: OrderedDict[Said, bytes] = OrderedDict()
        self._making: dict[Said, asyncio.Task[bytes | None]] = {}
        self._room = asyncio.Semaphore(AT_A_TIME)

    async def get(self, said: Said) -> bytes | None:
        """A clip as a WAV file; None where nobody can say it."""
        if said in self._kept:
            self._kept.move_to_end(said)
            return self._kept[said]
        if said not in self._making:
            self._making[said] = asyncio.create_task(self._make(said))
        return await asyncio.shield(self._making[said])

    async def _make(self, said: Said) -> bytes | None:
        try:
            async with self._room:
                sound = await self._recording(said) or await self._synthesis(said)
            if sound is not None:
                self._keep(said, sound)
            return sound
        finally:
            self._making.pop(said, None)

    async def _recording(self, said: Said) -> bytes | None:
        if said.recorded is None:
            return None
        clips = await self._recorded(said)
        names = pack.names(number_parts(said.language, said.number), said.where, clips)
        return await asyncio.to_thread(pack.join, [clips[name] for name in names]) if names else None

    async def _synthesis(self, said: Said) -> bytes | None:
        if self.program is None:
            return None
        try:
            return await espeak.speak(self.program, said.language, sentence(said.language, said.number, said.where))
        except (espeak.Silent, OSError):
            return None

    def _keep(self, said: Said, sound: bytes) -> None:
        self._kept[said] = sound
        while sum(map(len, self._kept.values())) > self._limit:
            self._kept.popitem(last=False)
