"""All desks that are watched at this process: those of a routing domain are read together, and told one by one."""

from collections.abc import Mapping, Sequence
from functools import partial

from aiohttp import web

from desk.connections import CONNECTIONS
from desk.state import State
from qms.services import desk_watch
from qms.web.keys import BUS, NOW, SITE, STORE
from qms.web.live import Hub, Seen, Told, end_all
from qms.web.pages import ASSETS

SPACING_SECONDS = 0.05
"""Between two readings, so that a burst of changes becomes one message."""

HUB: web.AppKey[Hub] = web.AppKey("desk_hub", Hub)


async def hub_runs(app: web.Application) -> None:
    """Make `app[HUB]`; what it watches goes by the hashes of tokens."""
    store, assets = app[STORE], app.get(ASSETS)
    version = assets.version if assets is not None else app[SITE].version  # as replies say, or pages think they are old

    async def load(token_hashes: Sequence[str]) -> Mapping[str, Told]:
        desks = await store.read(desk_watch.look, token_hashes=token_hashes)
        if await app[CONNECTIONS].follow(desks):
            desks = await store.read(desk_watch.look, token_hashes=token_hashes)
        return {name: (desk.seq, Seen(desk, partial(State.of, desk, version))) for name, desk in desks.items()}

    app[HUB] = Hub(load, app[BUS], app[NOW], spacing_seconds=SPACING_SECONDS)


async def hub_stops(app: web.Application) -> None:
    """Close every socket, and follow nothing any more."""
    await end_all([app[HUB]])
