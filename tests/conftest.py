"""What every suite may ask for: real databases and a real Redis, fresh for each test."""

import gc
import secrets
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import psycopg
import pytest
import structlog
from hypothesis import settings

from tests.chromium import OPEN
from tests.compiled import share_assets, share_compiled_statements, share_compiled_templates
from tests.db.clock import HANDS
from tests.good_order import Sharing, in_good_order
from tests.memory import keep_files_in_memory
from tests.servers import Copies, Postgres, Redis, shared_directory, stop_all

SERVERS = pytest.StashKey[Path]()
SLOW_CASES = ("tests/e2e/pages/", "tests/db/archives/")

settings.register_profile("turnero", deadline=None)  # a machine that is shared is slow when it pleases
settings.load_profile("turnero")


def pytest_configure(config: pytest.Config) -> None:
    keep_files_in_memory()
    share_compiled_statements()
    share_compiled_templates()
    share_assets()
    _log_plainly()
    worker = getattr(config, "workerinput", None)
    config.stash[SERVERS] = Path(worker["servers"]) if worker else shared_directory()


def _log_plainly() -> None:
    """An exception that is logged is told without what every name stood for: to write that out can take a minute."""
    *before, _ = structlog.get_config()["processors"]
    plain = structlog.dev.ConsoleRenderer(exception_formatter=structlog.dev.plain_traceback)
    structlog.configure(processors=[*before, plain])


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    node.workerinput["servers"] = str(node.config.stash[SERVERS])


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Sharing | None:
    return Sharing(config, log) if config.getoption("dist") == "loadfile" else None


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--dst-seed", type=int, help="rehearse this seed alone (tests/rehearsed)")
    parser.addoption("--dst-hours", type=float, help="so many hours of it")
    parser.addoption("--update-baselines", action="store_true", help="keep what pages look like now (tests/e2e/scenes)")
    parser.addoption("--every-case", action="store_true", help="also what is left out of make test")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leave out what only a campaign can wait for, unless every case is asked for; begin with what takes longest."""
    in_good_order(items)
    if config.getoption("--every-case"):
        return
    left_out = _told_twice(items) | _between(items)
    config.hook.pytest_deselected(items=list(left_out))
    items[:] = [item for item in items if item not in left_out]


def _told_twice(items: list[pytest.Item]) -> set[pytest.Item]:
    """What a face says is the same on each database: of a module's tests, PostgreSQL gets the first of every four.

    And of these only the first case. The services below the faces are tested on both databases.
    """
    seen: dict[str, dict[str, int]] = {}
    found: set[pytest.Item] = set()
    for item in items:
        cases = getattr(item, "callspec", None)
        if "tests/http/" not in item.nodeid or cases is None or "postgresql" not in cases.params.values():
            continue
        test = item.nodeid.partition("[")[0]
        tests = seen.setdefault(item.nodeid.partition("::")[0], {})
        if test in tests or len(tests) % 4:
            found.add(item)
        tests.setdefault(test, len(tests))
    return found


def _between(items: list[pytest.Item]) -> set[pytest.Item]:
    """Of the sizes, themes and languages of pages, and the ways between databases, all but the first and the last."""
    cases: dict[str, list[pytest.Item]] = {}
    for item in items:
        if item.nodeid.startswith(SLOW_CASES):
            cases.setdefault(item.nodeid.partition("[")[0], []).append(item)
    return {item for of_one in cases.values() for item in of_one[1:-1]}


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup(item: pytest.Item) -> None:
    """Before a test that does not want the browser, which others before it have used, close it."""
    if "browser" not in getattr(item, "fixturenames", ()):
        OPEN.close()


def pytest_sessionfinish() -> None:
    OPEN.close()


def pytest_collection_finish() -> None:
    """What there is now stays until the end: the garbage collector need not look at it again and again."""
    gc.collect()
    gc.freeze()


def pytest_unconfigure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):
        stop_all(config.stash[SERVERS])


@pytest.fixture(scope="session")
def postgres(pytestconfig: pytest.Config) -> Postgres:
    """The session's PostgreSQL, one for all workers; not to be stopped (make another one for an outage)."""
    return Postgres.shared(pytestconfig.stash[SERVERS])


@pytest.fixture
def own_postgres(postgres: Postgres) -> Iterator[Postgres]:
    """A PostgreSQL server of the test's own, which may be stopped."""
    server = Postgres.create(postgres.home.parent / f"own-{secrets.token_hex(4)}")
    yield server
    server.stop()


@pytest.fixture
def postgres_url(postgres: Postgres) -> Iterator[str]:
    """The URL of a fresh, empty PostgreSQL database."""
    with postgres.database() as url:
        yield url


@pytest.fixture(scope="session")
def redis_server(pytestconfig: pytest.Config, tmp_path_factory: pytest.TempPathFactory) -> Redis:
    """A Redis of this worker's own: channels know no database index."""
    return Redis.create(pytestconfig.stash[SERVERS] / f"redis-{tmp_path_factory.getbasetemp().name}")


@pytest.fixture
def redis_url(redis_server: Redis) -> str:
    """The URL of an empty Redis."""
    redis_server.flush()
    return redis_server.url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a fresh, empty database of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/turnero.db"
    return str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def sqlite_url(sqlite_with_tables: Path, tmp_path: Path) -> str:
    """The URL of a fresh SQLite file with all tables: a copy, which is ten times as fast as making them."""
    return f"sqlite:///{shutil.copy(sqlite_with_tables, tmp_path / 'turnero.db')}"


@pytest.fixture(params=["sqlite", "postgresql"])
def tables_url(request: pytest.FixtureRequest) -> Iterator[str]:
    """The URL of a fresh database of each kind with all tables: a copy too."""
    if request.param == "sqlite":
        yield request.getfixturevalue("sqlite_url")
        return
    with request.getfixturevalue("postgres_with_tables").lend() as url:
        yield url


@pytest.fixture(scope="session")
def postgres_with_tables(postgres: Postgres) -> Iterator[Copies]:
    """PostgreSQL databases with all tables and a clock to be moved, to be lent."""
    copies = Copies(postgres, postgres.template("with_tables", _make_tables_and_hands))
    yield copies
    copies.close()


@pytest.fixture(scope="session")
def sqlite_with_tables(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A SQLite file with all tables, to be copied."""
    file = tmp_path_factory.mktemp("tables") / "turnero.db"
    _make_tables(f"sqlite:///{file}")
    return file


def _make_tables_and_hands(url: str) -> None:
    _make_tables(url)
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(HANDS)


def _make_tables(url: str) -> None:
    from qms.store.engines import connect  # only here: most suites know no store
    from qms.store.schema import metadata

    engine = connect(url, pool_size=1)
    metadata.create_all(engine)
    engine.dispose()
