"""A server of calendars, whoever asks it, and a clinic whose Ana keeps one there."""

import pytest
import pytest_asyncio

from tests.db.booking.calendars import calendar, serving
from tests.db.booking.feeds.keeping import NINE_TO_TEN, keeper_of, of_ana


@pytest_asyncio.fixture
async def server():
    async with serving() as server:
        server.text = calendar(NINE_TO_TEN)
        yield server


@pytest_asyncio.fixture
async def keeper(clinic):
    async with keeper_of(clinic) as keeper:
        yield keeper


@pytest.fixture
def ana(clinic, server):
    """The clinic, whose Ana keeps a calendar elsewhere."""
    clinic.apply(of_ana(server.url))
    return clinic
