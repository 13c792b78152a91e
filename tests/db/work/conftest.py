"""The town, on either database."""

import pytest

from qms.store.store import Store
from tests.clock import HandClock
from tests.db.work.town import Town


@pytest.fixture
def town(store: Store, clock: HandClock) -> Town:
    """The town with nobody in it, on Monday at noon."""
    return Town.built(store, clock)
