"""An appointment and the ticket of whoever has come: what happens to one happens to the other."""

import pytest

from qms.services import serving, transfer, undoing
from qms.services.booking import ending
from tests.db.booking.arriving.door import arrive
from tests.db.booking.clinic import on
from tests.db.marks import on_sqlite

pytestmark = on_sqlite  # decisions in plain Python; the statements are tried on both databases elsewhere


def test_serving_the_ticket_is_the_appointment_and_finishing_it_ends_it(clinic):
    booked = clinic.book("10:00", "single")
    arrive(clinic, booked)

    clinic.next("ana")
    assert clinic.now(booked).state == "checked_in"
    clinic.do(serving.serve, "ana")
    assert clinic.now(booked).state == "active"
    clinic.do(serving.finish, "ana")

    assert clinic.now(booked).state == "completed"
    assert [time.active for time in clinic.times(booked)] == [False]
    assert {"active", "completed"} <= clinic.told(booked)


def test_what_is_undone_is_undone_for_both(clinic):
    booked = clinic.book("10:00", "single")
    arrive(clinic, booked)
    clinic.next("ana")
    clinic.do(serving.no_show, "ana")
    assert clinic.now(booked).state == "no_show"

    clinic.do(undoing.undo, "ana")
    assert clinic.now(booked).state == "checked_in"
    clinic.do(serving.serve, "ana")
    clinic.do(serving.finish, "ana")
    clinic.do(undoing.undo, "ana")

    assert clinic.now(booked).state == "active"


@pytest.mark.parametrize("ended", [serving.no_show, serving.finish])
def test_what_is_undone_takes_its_time_again(clinic, ended):
    booked = clinic.book("10:00", "single")
    arrive(clinic, booked)
    clinic.next("ana")
    clinic.do(serving.serve, "ana") if ended is serving.finish else None
    clinic.do(ended, "ana")
    assert "10:00" in clinic.offered("single")

    clinic.do(undoing.undo, "ana")

    assert "10:00" not in clinic.offered("single")
    assert [(time.active, time.overbooked, time.blocked_end) for time in clinic.times(booked)] == [
        (True, False, on("10:30"))
    ]


def test_what_is_undone_lies_over_what_was_booked_meanwhile(clinic):
    booked = clinic.book("10:00", "single")
    arrive(clinic, booked)
    clinic.next("ana")
    clinic.do(serving.no_show, "ana")
    other = clinic.book("10:00", "single")

    clinic.do(undoing.undo, "ana")

    assert [time.overbooked for one in (booked, other) for time in clinic.times(one)] == [True, False]
    assert "overbooked" in clinic.told(booked)


def test_whoever_leaves_cancels(clinic):
    booked = clinic.book("10:00", "single")

    clinic.leave(arrive(clinic, booked))

    now = clinic.now(booked)
    assert (now.state, now.end_reason, now.token_generation) == ("cancelled", "left", 1)
    assert "10:00" in clinic.offered("single")


def test_whoever_is_sent_on_and_leaves_then_cancels_too(clinic):
    booked = clinic.book("10:00", "single")
    ticket = arrive(clinic, booked)
    clinic.next("ana")
    clinic.do(serving.serve, "ana")
    clinic.do(transfer.transfer, "ana", queue="visits", place="last")

    clinic.leave(ticket)

    assert clinic.now(booked).state == "cancelled"
    assert "10:00" in clinic.offered("single")


def test_a_cancelled_appointment_withdraws_its_ticket(clinic):
    booked = clinic.book("10:00", "single")
    ticket = arrive(clinic, booked)

    clinic.cancel(booked, "ill")

    assert clinic.ticket(ticket).state == "cancelled"
    assert clinic.now(booked).end_reason == "ill"


def test_cancelling_takes_the_ticket_from_the_desk_that_called_it(clinic):
    booked = clinic.book("10:00", "single")
    arrive(clinic, booked)
    clinic.next("ana")

    clinic.cancel(booked)

    assert clinic.session("ana").state == "idle"


def test_a_person_being_served_is_not_sent_away_by_a_cancellation(clinic):
    booked = clinic.book("10:00", "single")
    ticket = arrive(clinic, booked)
    clinic.next("ana")
    clinic.do(serving.serve, "ana")

    clinic.cancel(booked)
    clinic.do(serving.finish, "ana")

    assert (clinic.ticket(ticket).state, clinic.now(booked).state) == ("done", "cancelled")


def test_a_completed_appointment_withdraws_who_still_waits(clinic):
    booked = clinic.book("10:00", "single")
    ticket = arrive(clinic, booked)

    clinic.of(ending.complete, booked)

    assert (clinic.ticket(ticket).state, clinic.now(booked).state) == ("cancelled", "completed")
