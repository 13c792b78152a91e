"""A full day at the clinic, for which people wait."""

import pytest

from tests.db.booking.clinic import Clinic
from tests.db.booking.waitlist.line import Line, filled


@pytest.fixture
def full(clinic: Clinic) -> Clinic:
    """The clinic with a full Tuesday."""
    return filled(clinic)


@pytest.fixture
def line(full: Clinic) -> Line:
    """Nobody in line yet."""
    return Line(full)
