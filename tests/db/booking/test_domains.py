"""A service may be given by agents who share nothing: all of their routing domains are held while one is booked."""

from datetime import timedelta

import pytest

from qms.domain.errors import Conflict
from qms.services.booking import bookings, ending
from qms.services.booking.bookables import domains_of_service
from tests.db.booking.clinic import Clinic, on
from tests.db.networks import TWO_TOWNS

VIDEO = (
    TWO_TOWNS
    + """
[[service]]
key = "video"
queue = "north-cash"
agents = ["nora", "sven"]
automatic = true
duration_minutes = 60
"""
)


@pytest.fixture
def towns(store):
    """Two towns with a service that an agent of each gives."""
    return Clinic(store, VIDEO)


def test_both_domains_are_named(towns):
    assert domains_of_service(towns.network, "video") == tuple(towns.domains)


def test_a_caller_who_knows_no_domain_is_sent_after_them(towns):
    wish = towns.wish("10:00", "video")

    booked = [towns.store.write(bookings.book, account=towns.account, wish=wish) for _ in range(2)]

    assert {towns.agent_of(one) for one in booked} == {"nora", "sven"}
    with pytest.raises(Conflict):
        towns.store.write(bookings.book, account=towns.account, wish=wish)


def test_what_follows_holds_what_it_needs(towns):
    booked = towns.store.write(bookings.book, account=towns.account, wish=towns.wish("10:00", "video"))

    cancelled = towns.store.write(ending.cancel, account=towns.account, appointment=booked.id)

    assert cancelled.state == "cancelled"


def test_agents_without_a_schedule_are_always_there(towns):
    assert towns.offered("video") == [f"{hour:02}:00" for hour in range(24)]
    assert towns.book(on("03:00") + timedelta(days=1), "video").state == "scheduled"
