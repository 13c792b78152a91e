"""The clinic, on either database."""

from collections.abc import Iterator

import pytest

from qms.services.inspection import broken_invariants
from qms.store.store import Store
from tests.db.booking.clinic import CLINIC, Clinic


@pytest.fixture
def clinic(store: Store) -> Iterator[Clinic]:
    """The clinic on Monday at noon, with nobody booked; whatever a test does, all is in order after it."""
    yield Clinic(store, CLINIC)
    assert store.read(broken_invariants) == []
