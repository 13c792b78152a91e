"""When keys were last used: noted as they come by, written down now and then, for no request waits for a write."""

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
        self._uses: dict[str, datetime] = {}

    def note(self, id: str) -> None:
        """A key was used just now."""
        self._uses[id] = self._now()

    async def run(self) -> None:
        """Write down until cancelled."""
        while True:
            await asyncio.sleep(WRITTEN_EVERY_SECONDS)
            await self.write()

    async def write(self) -> None:
        """Write down what is known; where the database does not answer, another time."""
        uses, self._uses = self._uses, {}
        if not uses:
            return
        try:
            await self._store.write(keys.note_uses, uses=uses)
        except Unavailable as outage:
            log.warning("key_uses_unwritten", error=str(outage), count=len(uses))


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
    if (uses := request.config_dict.get(KEY_USES)) is not None:
        uses.note(id)
