"""Twenty people want what overlaps at the same moment, on two processes: one gets it, and the others are told so."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest

from qms.domain.errors import Conflict
from qms.services.booking import bookings, staff
from qms.services.booking.bookables import domains_of_service
from tests.db.booking.clinic import CLINIC, Clinic, on

CLIENTS, ROUNDS = 20, 25
FIRST = date(2026, 3, 16)


def weekdays(count):
    return [FIRST + timedelta(days=n // 5 * 7 + n % 5) for n in range(count)]


@pytest.fixture
def race(open_store):
    """`race(rounds, want)`: the outcomes of each round, `want(clinic, round, client)` being what a client does."""
    clinics = [Clinic(open_store(writers=8), CLINIC) for _ in range(2)]
    start = threading.Barrier(CLIENTS)

    def one(client, rounds, want):
        outcomes = []
        for round in range(rounds):
            start.wait(60)
            try:
                outcomes.append(want(clinics[client % 2], round, client))
            except Exception as error:
                outcomes.append(error)
        return outcomes

    def race(rounds, want):
        with ThreadPoolExecutor(CLIENTS) as pool:
            by_client = list(pool.map(lambda client: one(client, rounds, want), range(CLIENTS)))
        return list(zip(*by_client, strict=True))

    return race


def wanted(clinic, service, start):
    network = clinic.known
    return clinic.store.write(
        bookings.book,
        domain=domains_of_service(network, service),
        account=network.account.id,
        wish=clinic.wish(start, service),
    )


@pytest.fixture(autouse=True)
def remembered(monkeypatch):
    """A clinic looks up its network once: the race is about bookings."""

    def known(self):
        if not hasattr(self, "_known"):
            self._known = self.network
        return self._known

    monkeypatch.setattr(Clinic, "known", property(known), raising=False)


def winners(outcomes):
    return [one for one in outcomes if not isinstance(one, Exception)]


def test_of_those_who_want_overlapping_times_exactly_one_gets_it(race):
    days = weekdays(ROUNDS)

    rounds = race(ROUNDS, lambda clinic, n, client: wanted(clinic, "minute", on("10:00", days[n]) + client * MINUTE))

    assert [len(winners(outcomes)) for outcomes in rounds] == [1] * ROUNDS
    losers = [one for outcomes in rounds for one in outcomes if isinstance(one, Exception)]
    assert {(type(one), str(one)) for one in losers} == {(Conflict, "slot: not offered")}


def test_of_those_who_want_anybody_as_many_get_it_as_there_are_agents(race):
    days = weekdays(6)

    rounds = race(6, lambda clinic, n, client: wanted(clinic, "any", on("10:00", days[n])))

    for outcomes in rounds:
        assert len({one.agent_id for one in winners(outcomes)}) == len(winners(outcomes)) == 2
    assert {type(one) for outcomes in rounds for one in outcomes if isinstance(one, Exception)} == {Conflict}


def test_no_more_are_together_than_fit(race):
    days = weekdays(6)
    starts = ("10:00", "09:30", "10:30")

    rounds = race(6, lambda clinic, n, client: wanted(clinic, "class", on(starts[client % 3], days[n])))

    for outcomes in rounds:
        there = [sum(b.starts_at <= a.starts_at < b.ends_at for b in winners(outcomes)) for a in winners(outcomes)]
        assert max(there) == 3
        assert {type(one) for one in outcomes if isinstance(one, Exception)} == {Conflict}


def test_with_two_agents_each_nobody_waits_crosswise(race):
    days = weekdays(6)

    def meet(clinic, n, client):
        start, both = on("10:00", days[n]), ("ana", "bob") if client % 2 else ("bob", "ana")
        meeting = staff.Meeting(
            title="Both", timezone="UTC", origin="voki", agents=both, starts_at=start, ends_at=start + 30 * MINUTE
        )
        domains = domains_of_service(clinic.known, "any")
        given = {"account": clinic.known.account.id, "meeting": meeting, "actor": "sue", "refuse_overlap": True}
        return clinic.store.write(staff.book_by_staff, domain=domains, **given)

    rounds = race(6, meet)

    assert [len(winners(outcomes)) for outcomes in rounds] == [1] * 6
    assert {type(one) for outcomes in rounds for one in outcomes if isinstance(one, Exception)} == {Conflict}


MINUTE = timedelta(minutes=1)
