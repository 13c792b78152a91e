"""A house of chats, letters and a counter."""

import pytest

from tests.db.house import House
from tests.db.work.lanes.chats import CHAT


@pytest.fixture
def house(store):
    return House(store, CHAT)
