"""The town hall, and one client in each dialect."""

from collections.abc import Mapping
from typing import Any

import pytest

from qms.store.store import EventNames, Store
from qms_gateway.face import routes
from tests.clock import HandClock
from tests.http.conftest import Serve
from tests.http.dialects.clients import DIALECTS
from tests.http.dialects.dialect import Dialect
from tests.http.dialects.town import Town, settled


@pytest.fixture
def event_names() -> EventNames:
    """What subscribers are told: as the whole server has it."""
    from server.wiring import EVENT_NAMES

    return EVENT_NAMES


@pytest.fixture
async def town(serve: Serve, store: Store, clock: HandClock, monkeypatch: pytest.MonkeyPatch) -> Town:
    """The town hall, with nobody booked."""
    monkeypatch.setattr("qms.web.networks.FRESH_SECONDS", -1)
    return Town(await serve(routes), store, clock, settled(store, "town"))


@pytest.fixture
async def clients(town: Town) -> Mapping[str, Any]:
    """A client in each dialect, by its name."""
    return {dialect.name: await dialect.open(town) for dialect in DIALECTS}


@pytest.fixture(params=[dialect.name for dialect in DIALECTS])
def maker(request: pytest.FixtureRequest, clients: Mapping[str, Dialect]) -> Dialect:
    """Who makes an appointment."""
    return clients[request.param]


@pytest.fixture(params=[dialect.name for dialect in DIALECTS])
def other(request: pytest.FixtureRequest, clients: Mapping[str, Dialect]) -> Dialect:
    """Who does something about it."""
    return clients[request.param]


@pytest.fixture(params=["auvious", "voki"])
def staff(request: pytest.FixtureRequest, clients: Mapping[str, Dialect]) -> Dialect:
    """Somebody of the staff, who may do what visitors may not."""
    return clients[request.param]
