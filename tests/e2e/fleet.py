"""Several processes that tests use as they use one: `TEST_SHAPE=seven` makes `serving` lend them."""

import atexit
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from functools import cache
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

from tests.e2e.turnero import Turnero
from tests.faults.proxy import Proxy
from tests.servers import Postgres, Redis, shared_directory, stop_all

FACES = "gateway,kiosk,desk,screens"
WORKER = "acd"


class Member(Turnero):
    """One of them."""

    program = "tests.e2e.unhurried"


class Fleet(Turnero):
    """Processes on PostgreSQL and Redis; whoever asks at `url` is passed on to the next one with faces.

    There are seven, four with faces and three at work; where `ROLES` says less, two have these faces.
    """

    def __init__(self, folder: Path, settings: Mapping[str, str], held: ExitStack) -> None:
        postgres, redis = _servers()
        given = {"DATABASE_URL": settings.get("DATABASE_URL") or held.enter_context(postgres.database())}
        shared = {"REDIS_URL": redis.url, "SECRET_KEY": "k" * 40, **settings, **given}
        super().__init__(folder, shared)
        faces = ",".join(role for role in settings.get("ROLES", FACES).split(",") if role != WORKER)
        works = WORKER in settings.get("ROLES", WORKER).split(",")
        self._faces = [self._member({**shared, "ROLES": faces}) for _ in range(2 if "ROLES" in settings else 4)]
        self._members = [*self._faces, *(self._member({**shared, "ROLES": WORKER}) for _ in range(3 if works else 0))]
        self._held = held
        self._front: Proxy | None = None

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
            self._front = self._held.enter_context(Proxy(*(one.port for one in self._faces)))
            self.port = self._front.port

    @contextmanager
    def beside(self, **settings: str) -> Iterator[Turnero]:
        """More processes on the same database and Redis."""
        with ExitStack() as held:
            others = Fleet(self.folder, {**self._settings, **settings}, held)
            held.callback(others.stop)
            others.start()
            yield others

    def _signal(self, what: Any) -> None:
        self._all(lambda one: one._signal(what))

    def _end(self, how: Any) -> None:
        self._all(lambda one: one._end(how))
        self.exit_code = max(one.exit_code or 0 for one in self._members)

    def _member(self, settings: Mapping[str, str]) -> Turnero:
        return Member(Path(mkdtemp(dir=self.folder, prefix="process-")), settings)

    def _all(self, act: Callable[[Turnero], None]) -> None:
        with ThreadPoolExecutor(len(self._members)) as pool:
            list(pool.map(act, self._members))


@cache
def _servers() -> tuple[Postgres, Redis]:
    """Servers of this test process's own, until it ends."""
    directory = shared_directory()
    atexit.register(stop_all, directory)
    return Postgres.create(directory / "postgres"), Redis.create(directory / "redis")
