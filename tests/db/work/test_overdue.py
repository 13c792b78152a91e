"""A thorough pass is made where something may be due, and nowhere else."""

import pytest

from qms.services import overdue, presence
from qms.store import sessions
from tests.db.house import House
from tests.db.networks import TWO_TOWNS


@pytest.fixture
def house(store):
    """Two towns, one of which sends on whoever has waited for ten minutes."""
    over = 'key = "south-cash"\noverflow = { after_minutes = 10, queue = "south-video" }'
    return House(store, TWO_TOWNS.replace('key = "south-cash"', over, 1))


def due(house):
    """The branches whose routing domains are to be gone over."""
    network, found = house.network, house.store.read(overdue.domains)
    return sorted(branch.key for branch in network.branches.values() if branch.domain_id in found)


def test_who_waits_or_is_served_is_left_alone_until_something_is_due(house, clock):
    house.take("north-cash", "north")
    house.take("south-cash", "south")
    house.take("south-cash", "south")
    house.sign_in("sven", "s1")
    house.next("sven")
    assert due(house) == []

    clock.move(minutes=10)
    assert due(house) == ["south"]  # overflow

    clock.move(minutes=36)
    assert due(house) == ["north", "south"]  # escalation

    house.run_passes()
    assert due(house) == []

    clock.move(hours=24)
    assert due(house) == ["north", "south"]  # another day


def test_whoever_was_being_served_when_his_agent_was_lost_is_looked_after(house):
    house.take("north-cash", "north")
    house.sign_in("nora", "n1")
    house.next("nora")
    assert due(house) == []

    house.store.write(_lose, domain=house.session("nora").domain_id, agent=house.session("nora").agent_id)

    assert due(house) == ["north"]


def _lose(tx, *, agent):
    session = sessions.of_agent(tx, agent)
    assert session is not None
    presence.lose(tx, session)
