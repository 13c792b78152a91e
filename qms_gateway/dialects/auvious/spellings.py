"""Another spelling of the same addresses: behind an account's own prefix (A-8)."""

import asyncio
import re
from collections.abc import Iterable

from aiohttp import web
from aiohttp.web_urldispatcher import UrlMappingMatchInfo

from qms.domain.errors import Unavailable
from qms.services.applications import prefixes
from qms.web.keys import STORE
from qms.web.slashes import Fallback, Resolved, asking

FRESH_SECONDS = 0.3


class Prefixed(Fallback):
    """Leads what comes with some account's prefix to the roots without it."""

    def __init__(self, whole: web.Application, roots: Iterable[str]) -> None:
        super().__init__("")
        self._whole = whole
        bases = "|".join(map(re.escape, roots))
        self._form = re.compile(rf"(?P<prefix>/.+?)(?P<base>{bases})(?P<rest>/.*)?")
        self._known: frozenset[str] = frozenset()
        self._looked_at = float("-inf")

    @property
    def canonical(self) -> str:
        return "/{prefix}"

    async def resolve(self, request: web.Request) -> Resolved:
        """As the whole has it without the prefix: everything under a root leads somewhere there."""
        match = self._form.fullmatch(request.rel_url.raw_path)
        if match is None or match["prefix"] not in await self._prefixes():
            return None, set()
        found = await self._whole.router.resolve(asking(request, match["base"] + (match["rest"] or "")))
        return (found, set()) if isinstance(found, UrlMappingMatchInfo) else (None, set())

    async def _prefixes(self) -> frozenset[str]:
        at = asyncio.get_running_loop().time()
        if at - self._looked_at > FRESH_SECONDS:
            try:
                self._known = await self._whole[STORE].read(prefixes)
                self._looked_at = at
            except Unavailable:
                return self._known  # as it was: whoever is led on is told
        return self._known
