"""The town, on either database."""

import pytest

from qms.store.store import Store
from tests.clock import HandClock
from tests.db.work.town import Town


@pytest.fixture
def town(store: Store, clock: HandClock) -> Town:
    """The town with nobody in it, on Monday at noon."""
    return Town.built(store, clock)


@pytest.fixture
def seated(town: Town) -> Town:
    """Ana at the first counter, idle."""
    town.present("ana", poc="c1")
    return town
