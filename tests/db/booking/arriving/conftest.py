"""A clinic with a kiosk at its door."""

import pytest

from tests.db.booking.arriving.door import KIOSK
from tests.db.booking.clinic import CLINIC


@pytest.fixture
def clinic(clinic, clock):
    """The clinic on Tuesday at a quarter to ten, with a kiosk at the door and Ana at her counter."""
    clinic.apply(CLINIC + KIOSK)
    clock.move(hours=21, minutes=45)
    clinic.sign_in("ana", "main/c1")
    return clinic
