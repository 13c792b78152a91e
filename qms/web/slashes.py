"""Other spellings of the same addresses: resources that lead to those that have handlers.

Clients are never redirected: a redirected POST loses its body in many of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import NoReturn

from aiohttp import web
from aiohttp.web_urldispatcher import PrefixResource, UrlMappingMatchInfo

Resolved = tuple[UrlMappingMatchInfo | None, set[str]]


class Fallback(PrefixResource):
    """Something to resolve by that has no routes of its own."""

    def url_for(self, **_: str) -> NoReturn:
        raise RuntimeError("it has no address of its own")

    def get_info(self) -> Mapping[str, object]:  # type: ignore[override]  # aiohttp's keys are for its own resources
        return {"prefix": self._prefix}

    def __len__(self) -> int:
        return 0

    def __iter__(self) -> Iterator[web.AbstractRoute]:
        return iter(())


class OtherSlash(Fallback):
    """Leads what none of some resources answers to the address with, or without, the last slash."""

    def __init__(self, prefix: str, resources: Sequence[web.AbstractResource]) -> None:
        super().__init__(prefix)
        self._resources = resources

    async def resolve(self, request: web.Request) -> Resolved:
        """As the resources have it for the other spelling."""
        path = request.rel_url.raw_path
        other = asking(request, path[:-1] if path.endswith("/") else path + "/")
        allowed = set[str]()
        for resource in self._resources:
            found, methods = await resource.resolve(other)
            if found is not None:
                return found, methods
            allowed |= methods
        return None, allowed


def asking(request: web.Request, path: str) -> web.Request:
    """The same request at another path."""
    return request.clone(rel_url=request.rel_url.with_path(path, encoded=True, keep_query=True))
