"""Leases: each routing domain has one worker, another one when it dies; who stood still meanwhile writes nothing."""

import pytest

from qms.domain.errors import Conflict
from qms.services import leases
from tests.db.house import House
from tests.db.marks import on_postgresql

A, B = "a" * 24, "b" * 24


@pytest.fixture
def house(store):
    return House(
        store, '[account]\nslug = "x"\nname = "X"\n[[branch]]\nkey = "m"\n[[queue]]\nkey = "q"\nbranches = ["m"]'
    )


@pytest.fixture
def domain(house):
    return house.domains[0]


def begin(house, worker, seat=None):
    return house.store.write(leases.begin, worker=worker, seat=seat)


def beat(house, worker):
    return house.store.write(leases.beat, worker=worker)


def work(house, domain, worker, fence=None):
    return house.store.write(leases.run, domain=domain, routing_domain=domain, worker=worker, fence=fence)


def test_workers_divide_domains_and_only_those_of_a_dead_one_change_hands() -> None:
    domains = [f"{n:024x}" for n in range(300)]
    three = {domain: leases.owner(["a", "b", "c"], domain) for domain in domains}

    two = {domain: leases.owner(["a", "c"], domain) for domain in domains}

    assert all(list(three.values()).count(worker) > 60 for worker in "abc")
    assert all(two[domain] == three[domain] for domain in domains if three[domain] != "b")
    assert leases.owner([], domains[0]) is None


def test_another_worker_takes_over_when_one_has_lapsed_and_the_first_is_fenced_off(house, domain, clock):
    begin(house, A)
    fence = work(house, domain, A)
    clock.move(seconds=3)
    alive = begin(house, B)

    taken = work(house, domain, B)

    assert alive == {B}
    assert taken == fence + 1
    with pytest.raises(Conflict, match="taken over"):
        work(house, domain, A, fence)
    assert work(house, domain, B, taken) == taken


def test_who_is_not_the_owner_takes_nothing_over(house, domain, clock):
    both = begin(house, A) | begin(house, B)
    owner = leases.owner(both, domain)
    (other,) = both - {owner}

    with pytest.raises(Conflict, match="another worker"):
        work(house, domain, other)

    assert work(house, domain, owner) > 0
    clock.move(seconds=2)
    assert beat(house, other) == both
    clock.move(seconds=2)
    assert beat(house, other) == {other}
    assert work(house, domain, other) > 1


def test_who_starts_at_the_seat_of_one_that_was_killed_takes_over_at_once(house, domain):
    begin(house, A, "here:8080")
    work(house, domain, A)

    alive = begin(house, B, "here:8080")

    assert alive == {B}
    assert work(house, domain, B) == 2
    assert beat(house, A) == {A, B}, "one that was not killed is there again with its next beat"


def test_who_leaves_is_gone_at_once(house):
    begin(house, A)
    begin(house, B)

    house.store.write(leases.leave, worker=A)

    assert beat(house, B) == {B}


@on_postgresql
def test_who_reads_goes_by_the_clock_of_the_database(house, clock):
    there = clock.at
    house.store.clock.move = lambda **by: None

    super(type(clock), clock).move(hours=-5)

    assert house.store.read(lambda tx: tx.machine_now) == there
