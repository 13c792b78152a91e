"""The clinic, on either database."""

import pytest

from qms.store.store import Store
from tests.db.booking.clinic import CLINIC, Clinic


@pytest.fixture
def clinic(store: Store) -> Clinic:
    """The clinic on Monday at noon, with nobody booked."""
    return Clinic(store, CLINIC)
