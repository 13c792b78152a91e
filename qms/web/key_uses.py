"""When keys were last used, to the minute: noted as they come by, written down later, for no request waits for that."""

import asyncio
from collections.abc import AsyncIterator, Callable
from datetime import datetime

import structlog
from aiohttp import web

from qms.bus.ending import end
from qms.domain.errors import Unavailable
from qms.services import keys
from qms.store.aio import AsyncStore
from qms.web.keys import NOW, STORE

log = structlog.get_logger(__name__)

WRITTEN_EVERY_SECONDS = 60.0


class KeyUses:
    """The keys that came by since it was last written down."""

    def __init__(self, store: AsyncStore, now: Callable[[], datetime]) -> None:
        self._store, self._now = store, now
        self._used: set[str] = set()

    def note(self, id: str) -> None:
        """A key was used just now."""
        self._used.add(id)

    async def run(self) -> None:
        """Write down until cancelled."""
        while True:
            await asyncio.sleep(WRITTEN_EVERY_SECONDS)
            await self.write()

    async def write(self) -> None:
        """Write down what is known; where the database does not answer, another time."""
        used, self._used = self._used, set()
        if not used:
            return
        try:
            await self._store.write(keys.note_uses, uses=dict.fromkeys(used, self._now()))
        except Unavailable as outage:
            log.warning("key_uses_unwritten", error=str(outage), count=len(used))


KEY_USES: web.AppKey[KeyUses] = web.AppKey("key_uses", KeyUses)


async def key_uses_run(app: web.Application) -> AsyncIterator[None]:
    """Write down beside this application, and once more at its end."""
    app[KEY_USES] = KeyUses(app[STORE], app[NOW])
    task = asyncio.create_task(app[KEY_USES].run())
    yield
    await end([task])
    await app[KEY_USES].write()


def note_use(request: web.Request, id: str) -> None:
    """A key has let this request in."""
    whole = request.match_info.apps[0]  # a dialect's own is a part of it
    if (uses := whole.get(KEY_USES)) is not None:
        uses.note(id)
