"""All desks that are watched at this process: those of a routing domain are read together, and told one by one."""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import msgspec
from aiohttp import web

from desk.connections import CONNECTIONS
from desk.state import State
from qms.services import desk_watch
from qms.services.desk_state import DeskState
from qms.web.keys import BUS, NOW, SITE, STORE
from qms.web.live import Hub, Told, end_all
from qms.web.pages import ASSETS

SPACING_SECONDS = 0.05
"""Between two readings, so that a burst of changes becomes one message."""

HUB: web.AppKey[Hub] = web.AppKey("desk_hub", Hub)


class Message(Mapping[str, Any]):
    """A desk's message but for `seq` and `now`: equal to another if a person would see no difference."""

    def __init__(self, desk: DeskState, version: str) -> None:
        self._desk, self._version = desk, version
        self._made: dict[str, Any] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Message) and self._desk == other._desk

    __hash__ = None  # type: ignore[assignment]

    def __getitem__(self, name: str) -> Any:
        return self._whole()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._whole())

    def __len__(self) -> int:
        return len(self._whole())

    def _whole(self) -> dict[str, Any]:
        if self._made is None:
            whole = msgspec.structs.asdict(State.of(self._desk, self._version))
            self._made = {name: value for name, value in whole.items() if name not in ("seq", "now")}
        return self._made


async def hub_runs(app: web.Application) -> None:
    """Make `app[HUB]`; what it watches goes by the hashes of tokens."""
    store, assets = app[STORE], app.get(ASSETS)
    version = assets.version if assets is not None else app[SITE].version  # as replies say, or pages think they are old

    async def load(token_hashes: Sequence[str]) -> Mapping[str, Told]:
        desks = await store.read(desk_watch.look, token_hashes=token_hashes)
        if await app[CONNECTIONS].follow(desks):
            desks = await store.read(desk_watch.look, token_hashes=token_hashes)
        return {name: (desk.seq, Message(desk, version)) for name, desk in desks.items()}

    app[HUB] = Hub(load, app[BUS], app[NOW], spacing_seconds=SPACING_SECONDS)


async def hub_stops(app: web.Application) -> None:
    """Close every socket, and follow nothing any more."""
    await end_all([app[HUB]])
