"""A day that is full can be waited for, by whoever can be reached, up to an end."""

from datetime import date

import pytest

from qms.domain.customer import Person
from qms.domain.errors import Conflict, Invalid, NotFound
from qms.services.booking import waiting
from qms.services.booking.bookables import domains_of_service
from qms.services.booking.waiting import Waiter
from tests.db.booking.clinic import TUESDAY

WEDNESDAY = date(2026, 3, 4)


def test_who_joins_has_a_place_in_line(line):
    line.joins("ada")
    line.joins("bea")

    assert (line.stands("ada").place, line.stands("bea").place) == (1, 2)
    assert line.stands("ada").entry.person == {"firstname": "ada", "email": "ada@example.org"}
    assert line.stands("ada").entry.locale == "es"


@pytest.mark.parametrize(
    ("service", "day", "why"),
    [
        ("early", WEDNESDAY, "not full"),
        ("any", TUESDAY, "not full"),
        ("early", date(2026, 3, 7), "closed"),
        ("early", date(2026, 3, 11), "closed"),
        ("early", date(2026, 3, 1), "past"),
        ("early", date(2027, 3, 2), "far"),
        ("early", date(9998, 3, 2), "far"),
        ("early", date(1, 1, 1), "far"),
    ],
)
def test_a_day_that_needs_no_waiting_cannot_be_waited_for(line, service, day, why):
    with pytest.raises(Conflict) as refused:
        line.joins("ada", service, day)

    assert (refused.value.kind, refused.value.what) == ("waitlist", why)


def test_nobody_waits_twice_for_the_same_thing(line):
    line.joins("ada")

    with pytest.raises(Conflict, match="joined"):
        line.joins("Ada", person=Person(email="ADA@Example.org"))
    line.joins("bea", person=Person(phone="+56 9 1234 5678"))
    with pytest.raises(Conflict, match="joined"):
        line.joins("Bea", person=Person(phone="0056-912345678"))


@pytest.mark.parametrize("person", [Person(firstname="Ada"), Person(email="ada"), Person(phone="none")])
def test_who_cannot_be_reached_cannot_wait(line, person):
    with pytest.raises(Invalid):
        line.joins("ada", person=person)


def test_a_line_has_an_end(line, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_PER_DAY", 2)
    line.joins("ada")
    line.joins("bea")

    with pytest.raises(Conflict, match="full"):
        line.joins("cleo")


def test_nobody_stands_in_all_the_lines(line, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_PER_PERSON", 1)
    for hour in (9, 10, 11):
        for half in ("00", "30"):
            line.clinic.book(f"{hour:02}:{half}", "single", answers=None)
    line.joins("ada")

    with pytest.raises(Conflict, match="many"):
        line.joins("ada", "single")


def test_what_there_is_not_cannot_be_waited_for(line):
    with pytest.raises(NotFound):
        line.clinic.store.write(
            waiting.join,
            domain=domains_of_service(line.clinic.network, "early"),
            account=line.clinic.account,
            waiter=Waiter(service="none", day=TUESDAY, timezone="UTC", person=Person(email="a@example.org")),
        )
    with pytest.raises(NotFound):
        line.joins("ada", agent="ana")
    with pytest.raises(NotFound):
        line.clinic.store.read(waiting.standing, account=line.clinic.account, link="guessed")
