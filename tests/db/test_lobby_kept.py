"""What a screen is told is kept for as long as nothing changes there, and made anew when anything does."""

from datetime import timedelta

import pytest

from qms.services import lobbies, lobby
from tests.db.house import House
from tests.db.marks import on_sqlite
from tests.db.networks import TWO_TOWNS

WALL = """
[[screen]]
key = "wall"
token = "wall"
branch = "north"
"""


@pytest.fixture
def house(store):
    return House(store, TWO_TOWNS + WALL)


def told(house):
    return house.store.read(lobby.shown, tokens=["wall"]).messages["wall"]


@on_sqlite
def test_what_nothing_has_changed_in_is_not_made_anew(house, clock):
    before = told(house)
    clock.move(seconds=lobbies.KEPT_FOR / timedelta(seconds=1))  # and read anew, all the same

    assert told(house) is before


@on_sqlite
def test_whoever_comes_makes_it_anew_once(house):
    before = told(house)

    house.take("north-cash", "north")
    after = told(house)

    assert (len(before[1]["waiting"]), len(after[1]["waiting"])) == (0, 1)
    assert after[0] > before[0]
    assert told(house) is after
