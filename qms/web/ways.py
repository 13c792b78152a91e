"""The way from an address to its handler, looked for once: most who ask, ask again at the same address.

aiohttp tries an address part by part, and the patterns that begin with each: a twentieth of what a ticket costs.
"""

from aiohttp import web
from aiohttp.web_urldispatcher import UrlMappingMatchInfo

MOST_WAYS = 1024
"""So many are remembered at most; then all are looked for afresh."""

LONGEST = 256
"""No longer addresses are remembered: strangers make up long ones, and ours are shorter."""


def remember_ways(router: web.UrlDispatcher) -> None:
    """Let a router remember where methods and paths have led; what leads nowhere is looked for every time.

    It is for an application without others in it: which of them a way led through is not remembered.
    """
    find = router.resolve
    known: dict[tuple[str, str], tuple[dict[str, str], web.AbstractRoute]] = {}

    async def resolve(request: web.Request) -> UrlMappingMatchInfo:
        asked = (request.method, request.rel_url.path_safe)
        if way := known.get(asked):
            return UrlMappingMatchInfo(*way)
        found = await find(request)
        if found.http_exception is None and len(asked[1]) <= LONGEST:
            if len(known) >= MOST_WAYS:
                known.clear()
            known[asked] = (dict(found), found.route)
        return found

    router.resolve = resolve  # type: ignore[method-assign]  # an application makes its router itself
