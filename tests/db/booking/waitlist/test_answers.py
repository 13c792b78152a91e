"""Who is offered a place takes it, passes it up, or asks for time; and what is not offered is not to be had."""

from datetime import UTC, datetime

import pytest

from qms.domain.customer import Person
from qms.domain.errors import Gone, UnknownField
from qms.services.booking import availability, waitlist
from tests.db.booking.clinic import CLINIC, SANTIAGO, TUESDAY


def test_who_accepts_has_booked(line):
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])

    booked = line.does(waitlist.accept, "ada", person=Person(lastname="Lovelace"))

    assert (booked.state, booked.starts_at) == ("scheduled", line.clinic.booked[0].starts_at)
    assert line.state("ada") == "accepted"
    assert booked.locale == "es"
    assert line.clinic.offered("early") == []
    with pytest.raises(Gone):
        line.does(waitlist.accept, "ada")
    with pytest.raises(Gone):
        line.does(waitlist.leave, "ada")


def test_the_holds_token_books_as_well(line):
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])

    line.clinic.book("08:00", "early", hold=line.stands("ada").entry.hold_token)

    assert line.state("ada") == "accepted"


def test_who_asks_for_more_time_keeps_his_turn(line, clock):
    line.joins("ada")
    line.joins("bea")
    line.clinic.cancel(line.clinic.booked[0])
    clock.move(minutes=14)

    held = line.clinic.hold("08:00", "early", instead_of=line.stands("ada").entry.hold_token)
    clock.move(minutes=9)
    line.clinic.run_timers()

    assert (line.state("ada"), line.state("bea")) == ("offered", "waiting")
    line.clinic.book("08:00", "early", hold=held.token)
    assert line.state("ada") == "accepted"


def test_who_looks_for_another_day_has_declined(line):
    line.joins("ada")
    line.joins("bea")
    line.clinic.cancel(line.clinic.booked[0])

    line.clinic.hold(datetime(2026, 3, 4, 11, tzinfo=UTC), "early", instead_of=line.stands("ada").entry.hold_token)
    line.clinic.run_timers()

    assert (line.state("ada"), line.offered("bea")) == ("waiting", "08:00")


def test_the_days_of_a_month_that_are_full_can_be_told(line):
    asked = {"account": line.clinic.account, "service": "early", "day": TUESDAY, "where": SANTIAGO}

    given = line.clinic.store.read(availability.given_days, **asked)

    assert {day.day for day in given} - set(line.clinic.days("early")) == {3}


def test_an_answer_to_a_form_that_there_is_not_is_refused_and_the_offer_stands(line):
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])

    with pytest.raises(UnknownField):
        line.does(waitlist.accept, "ada", answers={"x": "y"})

    assert line.state("ada") == "offered"


def test_too_late_is_gone(line, clock):
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])
    clock.move(minutes=15)

    for answer in (waitlist.accept, waitlist.decline):
        with pytest.raises(Gone):
            line.does(answer, "ada")


def test_who_leaves_gives_back_what_he_was_offered(line):
    line.joins("ada")
    line.joins("bea")
    line.clinic.cancel(line.clinic.booked[0])

    line.does(waitlist.leave, "ada")

    assert (line.state("ada"), line.offered("bea")) == ("left", "08:00")
    line.joins("ada")
    assert line.stands("ada").place == 2


def test_what_is_not_offered_can_be_neither_taken_nor_declined(line):
    line.joins("ada")

    for answer in (waitlist.accept, waitlist.decline):
        with pytest.raises(Gone):
            line.does(answer, "ada")


def test_nobody_waits_for_a_day_that_is_over(line, clock):
    line.joins("ada")
    clock.move(hours=36)

    line.clinic.run_timers()

    assert line.state("ada") == "expired"


def test_a_service_that_is_given_no_more_is_waited_for_no_more(line):
    line.joins("ada")
    line.clinic.apply(CLINIC[: CLINIC.index('[[service]]\nkey = "early"')], prune=True)

    line.clinic.run_timers()

    assert line.state("ada") == "expired"


def test_longer_hours_are_offered_too(line):
    line.joins("ada")
    line.clinic.apply(CLINIC.replace('mon-fri = ["08:00-12:00"]', 'mon-fri = ["08:00-13:00"]'))

    line.clinic.run_timers()

    assert line.offered("ada") == "12:00"
