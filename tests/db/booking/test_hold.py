"""Holds: a start is kept while a form is filled in; for one person, and not for ever."""

from datetime import timedelta

import pytest

from qms.domain.errors import Conflict, Gone
from tests.db.booking.clinic import on


def test_what_is_held_is_offered_to_nobody_else(clinic):
    held = clinic.hold("10:00", "single")

    assert "10:00" not in clinic.offered("single")
    assert "10:00" in clinic.offered("single", without=held.appointment.id)
    with pytest.raises(Conflict):
        clinic.book("10:00", "single")
    with pytest.raises(Conflict):
        clinic.hold("10:15", "single")


def test_whoever_holds_books(clinic):
    held = clinic.hold("10:00", "single")

    booked = clinic.book("10:00", "single", hold=held.token, locale="es")

    assert (booked.id, booked.state, booked.locale, booked.hold_hash) == (
        held.appointment.id,
        "scheduled",
        "es",
        None,
    )
    assert [time.expires_at for time in clinic.times(booked)] == [None]
    assert clinic.told(booked) == {"held", "created"}


def test_another_ones_token_opens_nothing(clinic):
    held = clinic.hold("10:00", "single")

    for wrong in (held.appointment.id, f"{held.appointment.id}.", f"{held.appointment.id}.x", "", "."):
        with pytest.raises(Conflict):
            clinic.book("10:00", "single", hold=wrong)
        with pytest.raises(Gone):
            clinic.let_go(wrong)


def test_a_hold_runs_out_by_itself_without_anybody_sweeping(clinic, clock):
    clinic.hold("10:00", "single")
    assert "10:00" not in clinic.offered("single")

    clock.move(minutes=10)

    assert "10:00" in clinic.offered("single")
    assert clinic.book("10:00", "single").state == "scheduled"
    assert len(clinic.appointments("expired")) == 1


def test_whoever_comes_a_little_late_books_if_the_start_is_still_free(clinic, clock):
    held = clinic.hold("10:00", "single")
    clock.move(minutes=11)

    booked = clinic.book("10:00", "single", hold=held.token)

    assert booked.id != held.appointment.id


def test_whoever_comes_too_late_finds_it_taken(clinic, clock):
    held = clinic.hold("10:00", "single")
    clock.move(minutes=11)
    clinic.book("10:00", "single")

    with pytest.raises(Conflict):
        clinic.book("10:00", "single", hold=held.token)


def test_whoever_thinks_again_gives_his_hold_up(clinic):
    held = clinic.hold("10:00", "single")

    other = clinic.hold("10:15", "single", instead_of=held.token)

    assert clinic.now(held.appointment).state == "expired"
    assert clinic.now(other.appointment).state == "held"


def test_whoever_thinks_again_in_vain_keeps_his_hold(clinic):
    clinic.book("11:00", "single")
    held = clinic.hold("10:00", "single")

    with pytest.raises(Conflict):
        clinic.hold("11:00", "single", instead_of=held.token)

    assert clinic.now(held.appointment).state == "held"


def test_a_hold_on_another_start_is_given_up_when_booking(clinic):
    held = clinic.hold("10:00", "single")

    booked = clinic.book("10:15", "single", hold=held.token)

    assert booked.id != held.appointment.id
    assert clinic.now(held.appointment).state == "expired"


def test_a_hold_can_be_let_go(clinic):
    held = clinic.hold("10:00", "single")

    clinic.let_go(held.token)

    assert "10:00" in clinic.offered("single")
    with pytest.raises(Gone):
        clinic.let_go(held.token)


def test_a_hold_may_last_as_long_as_is_wanted(clinic, clock):
    held = clinic.hold("10:00", "single", lasting=timedelta(minutes=15))

    clock.move(minutes=14)

    assert clinic.book("10:00", "single", hold=held.token).id == held.appointment.id


def test_the_timer_ends_holds_too(clinic, clock):
    held = clinic.hold("10:00", "single")
    assert clinic.run_timers() == []

    clock.move(minutes=10)

    assert clinic.run_timers() == ["expire"]
    assert clinic.now(held.appointment).state == "expired"
    assert clinic.run_timers() == []


def test_a_held_start_that_has_passed_cannot_be_booked(clinic, clock):
    clock.move(hours=20, minutes=55)
    held = clinic.hold("09:00")
    assert held.appointment.starts_at == on("09:00")

    clock.move(minutes=6)

    with pytest.raises(Conflict):
        clinic.book("09:00", hold=held.token)
