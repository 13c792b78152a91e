"""Seven processes that tests use as they use one: `TEST_SHAPE=seven` makes `serving` lend them."""

import atexit
from collections.abc import Callable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from functools import cache
from pathlib import Path
from typing import Any

from tests.e2e.turnero import Turnero
from tests.faults.proxy import Proxy
from tests.servers import Postgres, Redis, shared_directory, stop_all

FACES = "gateway,kiosk,desk,screens"
ROLES = (FACES, FACES, FACES, FACES, "acd", "acd", "acd")


class Fleet(Turnero):
    """Seven processes on PostgreSQL and Redis; whoever asks at `url` is passed on to the next one with faces."""

    def __init__(self, folder: Path, settings: Mapping[str, str], held: ExitStack) -> None:
        postgres, redis = _servers()
        url = held.enter_context(postgres.database())
        shared = {"DATABASE_URL": url, "REDIS_URL": redis.url, "SECRET_KEY": "k" * 40, **settings}
        super().__init__(folder, shared)
        self._members = [self._member(n, {**shared, "ROLES": roles}) for n, roles in enumerate(ROLES)]
        self._held = held
        self._front: Proxy | None = None

    @property
    def url(self) -> str:
        """Where it listens."""
        assert self._front is not None
        return self._front.url

    @property
    def runs(self) -> bool:
        """Whether it has been started, and neither stopped nor killed since."""
        return all(one.runs for one in self._members)

    @property
    def log(self) -> str:
        """What they have written so far."""
        return "".join(one.log for one in self._members)

    def start(self) -> None:
        """Serve, and return once they listen."""
        self._all(Turnero.start)
        if self._front is None:
            ports = [one.port for one, roles in zip(self._members, ROLES, strict=True) if roles == FACES]
            self._front = self._held.enter_context(Proxy(*ports))

    def _signal(self, what: Any) -> None:
        self._all(lambda one: one._signal(what))

    def _end(self, how: Any) -> None:
        self._all(lambda one: one._end(how))
        self.exit_code = max(one.exit_code or 0 for one in self._members)

    def _member(self, n: int, settings: Mapping[str, str]) -> Turnero:
        folder = self.folder / f"process-{n}"
        folder.mkdir()
        return Turnero(folder, settings)

    def _all(self, act: Callable[[Turnero], None]) -> None:
        with ThreadPoolExecutor(len(self._members)) as pool:
            list(pool.map(act, self._members))


@cache
def _servers() -> tuple[Postgres, Redis]:
    """Servers of this test process's own, until it ends."""
    directory = shared_directory()
    atexit.register(stop_all, directory)
    return Postgres.create(directory / "postgres"), Redis.create(directory / "redis")
