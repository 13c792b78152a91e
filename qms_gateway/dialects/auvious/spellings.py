"""Other spellings of the same addresses: with or without the last slash, and behind an account's own prefix (A-8).

Clients are never redirected: a redirected POST loses its body in many of them.
"""

import asyncio
import re
from collections.abc import Iterator, Mapping
from typing import NoReturn

from aiohttp import web
from aiohttp.web_urldispatcher import PrefixResource, UrlMappingMatchInfo

from qms.domain.errors import Unavailable
from qms.services.applications import prefixes
from qms.web.keys import STORE

FRESH_SECONDS = 0.3
Resolved = tuple[UrlMappingMatchInfo | None, set[str]]


class _Fallback(PrefixResource):
    """Something to resolve by that has no routes of its own."""

    def url_for(self, **_: str) -> NoReturn:
        raise RuntimeError("it has no address of its own")

    def get_info(self) -> Mapping[str, object]:  # type: ignore[override]  # aiohttp's keys are for its own resources
        return {"prefix": self._prefix}

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[web.AbstractRoute]:
        return iter(())


class OtherSlash(_Fallback):
    """Leads what nothing else of an application answers to the address with, or without, the last slash."""

    def __init__(self, app: web.Application) -> None:
        super().__init__("")
        self._app = app

    async def resolve(self, request: web.Request) -> Resolved:
        """As the router would have it for the other spelling."""
        path, allowed = request.rel_url.raw_path, set[str]()
        other = _asking(request, path[:-1] if path.endswith("/") else path + "/")
        for resource in self._app.router.resources():
            if resource is not self:
                found, methods = await resource.resolve(other)
                if found is not None:
                    return found, methods
                allowed |= methods
        return None, allowed


class Prefixed(_Fallback):
    """Leads what comes with some account's prefix to the faces without it."""

    def __init__(self, whole: web.Application, faces: Mapping[str, PrefixResource]) -> None:
        super().__init__("")
        self._whole, self._faces = whole, faces
        bases = "|".join(map(re.escape, faces))
        self._form = re.compile(rf"(?P<prefix>/.+?)(?P<base>{bases})(?P<rest>/.*)?")
        self._known: frozenset[str] = frozenset()
        self._looked_at = float("-inf")

    @property
    def canonical(self) -> str:
        return "/{prefix}"

    async def resolve(self, request: web.Request) -> Resolved:
        """As the face has it."""
        match = self._form.fullmatch(request.rel_url.raw_path)
        if match is None or match["prefix"] not in await self._prefixes():
            return None, set()
        found, methods = await self._faces[match["base"]].resolve(
            _asking(request, match["base"] + (match["rest"] or ""))
        )
        return found, methods

    async def _prefixes(self) -> frozenset[str]:
        at = asyncio.get_running_loop().time()
        if at - self._looked_at > FRESH_SECONDS:
            try:
                self._known = await self._whole[STORE].read(prefixes)
                self._looked_at = at
            except Unavailable:
                return self._known  # as it was: whoever is led on is told
        return self._known


def _asking(request: web.Request, path: str) -> web.Request:
    """The same request at another path."""
    return request.clone(rel_url=request.rel_url.with_path(path, encoded=True, keep_query=True))
