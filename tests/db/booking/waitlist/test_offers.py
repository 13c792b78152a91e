"""What is freed goes to whoever is first in line, for a while."""

from datetime import UTC, date, datetime, timedelta

import pytest

from qms.domain.errors import Conflict
from qms.services.booking import waitlist
from tests.db.booking.clinic import CLINIC
from tests.db.booking.waitlist.line import Line


def test_a_cancellation_is_offered_to_the_first_in_line_at_once(line):
    line.joins("ada")
    line.joins("bea")

    line.clinic.cancel(line.clinic.booked[1])

    assert (line.state("ada"), line.offered("ada")) == ("offered", "09:00")
    assert line.state("bea") == "waiting"
    assert line.clinic.offered("early") == []
    assert line.stands("ada").entry.offered_until == line.clinic.store.read(lambda tx: tx.now) + timedelta(minutes=15)
    with pytest.raises(Conflict):
        line.clinic.book("09:00", "early")


def test_a_move_away_is_offered_too(line):
    line.joins("ada")

    line.clinic.move(line.clinic.booked[2], datetime(2026, 3, 4, 11, tzinfo=UTC))

    assert line.offered("ada") == "10:00"


def test_a_move_within_the_day_frees_nothing_but_its_old_time(line):
    line.clinic.cancel(line.clinic.booked[0])
    line.clinic.hold("08:00", "early")
    line.joins("ada")

    with pytest.raises(Conflict):
        line.clinic.move(line.clinic.booked[1], "08:00")

    assert line.state("ada") == "waiting"


def test_a_hold_that_runs_out_is_offered(line, clock):
    line.clinic.cancel(line.clinic.booked[3])
    line.clinic.hold("11:00", "early")
    line.joins("ada")
    clock.move(minutes=10)

    line.clinic.run_timers()

    assert line.offered("ada") == "11:00"


def test_a_hold_that_is_given_up_is_offered_by_the_timer(line):
    line.clinic.cancel(line.clinic.booked[3])
    held = line.clinic.hold("11:00", "early")
    line.joins("ada")
    line.clinic.let_go(held.token)

    assert line.clinic.run_timers() == ["offer"]

    assert line.offered("ada") == "11:00"
    assert line.clinic.run_timers() == []


def test_somebody_who_does_not_come_leaves_his_time_to_others(clinic, clock):
    at_the_branch = 'queue = "visits"\nbranch = "main"\nagents = ["cyd"]\nstep_minutes = 15\ngrace_minutes = 0'
    clinic.apply(CLINIC.replace('queue = "visits"\nagents = ["cyd"]', at_the_branch))
    for hour in (8, 9, 10, 11):
        clinic.book(f"{hour:02}:00", "early")
    clinic.cancel(clinic.appointments("scheduled")[2])
    line = Line(clinic)
    assert clinic.offered("early") == ["10:00"]
    clinic.hold("10:00", "early", lasting=timedelta(days=2))
    line.joins("ada")
    clock.move(hours=20)  # eight on Tuesday

    done = clinic.run_timers()

    assert "no_show" in done
    assert line.state("ada") == "offered"


def test_only_what_suits_somebody_is_offered_to_him(clinic):
    for start in ("09:00", "09:30", "10:00", "10:30", "11:00", "11:30"):
        clinic.book(start)
        clinic.book(start)
    line = Line(clinic)
    line.joins("ada", "any", agent="bob")
    line.joins("bea", "any")
    anas = next(one for one in clinic.appointments("scheduled") if clinic.agent_of(one) == "ana")

    clinic.cancel(anas)

    assert (line.state("ada"), line.state("bea")) == ("waiting", "offered")


def test_a_day_is_the_visitors(line):
    line.joins("ada", day=date(2026, 3, 4), timezone="Pacific/Auckland")  # from Tuesday 08:00 in Santiago

    line.clinic.cancel(line.clinic.booked[0])

    assert line.offered("ada") == "08:00"


def test_two_freed_starts_go_to_two_people(line):
    for name in ("ada", "bea", "cleo"):
        line.joins(name)

    line.clinic.cancel(line.clinic.booked[0])
    line.clinic.cancel(line.clinic.booked[2])

    assert [line.offered(name) for name in ("ada", "bea", "cleo")] == ["08:00", "10:00", None]
    assert line.clinic.run_timers() == []


def test_an_offer_that_is_not_answered_goes_to_the_next(line, clock):
    line.joins("ada")
    line.joins("bea")
    line.clinic.cancel(line.clinic.booked[0])
    clock.move(minutes=15)

    line.clinic.run_timers()

    assert (line.state("ada"), line.state("bea"), line.offered("bea")) == ("waiting", "offered", "08:00")
    assert line.stands("ada").place == 1


def test_an_offer_that_somebody_else_clears_away_goes_to_the_next_as_well(line, clock):
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])
    clock.move(minutes=15)

    booked = line.clinic.book("08:00", "early")  # faster than the timer: nobody's any more

    assert line.state("ada") == "waiting"
    assert booked.state == "scheduled"
    assert line.clinic.run_timers() == []


def test_who_declines_waits_on_and_the_next_is_offered_it(line):
    line.joins("ada")
    line.joins("bea")
    line.clinic.cancel(line.clinic.booked[0])

    line.does(waitlist.decline, "ada")
    assert (line.state("ada"), line.offered("bea")) == ("waiting", "08:00")
    line.does(waitlist.decline, "bea")
    line.clinic.run_timers()

    assert (line.state("ada"), line.state("bea")) == ("waiting", "waiting")
    assert line.clinic.offered("early") == ["08:00"]


def test_who_passes_up_three_offers_waits_no_more(line, clock):
    line.joins("ada")
    for booked in line.clinic.booked[:3]:
        line.clinic.cancel(booked)
        line.does(waitlist.decline, "ada")
        line.clinic.book(booked.starts_at, "early")

    assert line.state("ada") == "expired"
    assert line.stands("ada").place is None
