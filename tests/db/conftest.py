"""A real store on either database, with a clock that the test moves."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from qms.store import limits
from qms.store.store import Store
from tests.db.clock import MachineClock, PostgresClock
from tests.vault import VAULT

Open = Callable[..., Store]


@pytest.fixture(autouse=True)
def slow_machine(monkeypatch: pytest.MonkeyPatch) -> None:
    """Transactions that a test holds open on purpose are left alone, however slow the machine is."""
    monkeypatch.setattr(limits, "IDLE_SECONDS", 30)


@pytest.fixture(params=["sqlite", "postgresql"])
def store_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """The URL of a database of each kind with all tables, and nothing in them."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_with_tables"), tmp_path / "turnero.db")
        yield f"sqlite:///{tmp_path}/turnero.db"
        return
    with request.getfixturevalue("postgres_with_tables").lend() as url:
        yield url


@pytest.fixture
def clock(store_url: str) -> Iterator[MachineClock]:
    """Monday noon, until moved; the database's own clock goes with it."""
    if store_url.startswith("sqlite"):
        yield MachineClock()
        return
    clock = PostgresClock(store_url)
    yield clock
    clock.close()


@pytest.fixture
def machine_clock() -> MachineClock:
    """Monday noon, until moved, for a store on a database of the test's own."""
    return MachineClock()


@pytest.fixture
def open_store(store_url: str, clock: MachineClock) -> Iterator[Open]:
    """`open_store(…)`: one more store on the same database, as another process would have; closed at the end."""
    stores: list[Store] = []

    def open_store(**settings: Any) -> Store:
        stores.append(Store(store_url, clock, **{"vault": VAULT, "writers": 4, **settings}))
        return stores[-1]

    yield open_store
    for store in stores:
        store.close()


@pytest.fixture
def store(open_store: Open) -> Store:
    """A store on an empty database with all tables."""
    return open_store()
