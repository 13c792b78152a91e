"""What staff puts down: over others if need be, which is marked, written down, and made good when there is room."""

import pytest

from qms.domain.customer import Person
from qms.domain.errors import Conflict, Invalid, NotFound
from qms.store import appointments
from qms.store.schema.audit import audit
from tests.db.booking.clinic import every


def overbooked(clinic, booked):
    return [time.overbooked for time in clinic.times(booked)]


def test_staff_may_book_over_others_and_it_is_written_down(clinic):
    clinic.book("10:00", "single")

    over = clinic.meet("10:15")

    assert overbooked(clinic, over) == [True]
    assert clinic.told(over) == {"overbooked", "created"}
    (row,) = [row for row in clinic.store.read(every, of=audit) if row.action.startswith("appointment")]
    assert (row.actor, row.action, row.object) == ("sue", "appointment.overbooked", over.id)


def test_staff_books_outside_hours_and_off_the_grid(clinic):
    assert overbooked(clinic, clinic.meet("06:07", 11)) == [False]


def test_what_is_overbooked_blocks_like_any_other(clinic):
    clinic.book("10:00", "single")
    clinic.meet("10:15")

    assert "10:30" not in clinic.offered("single")
    with pytest.raises(Conflict):
        clinic.book("10:30", "single")


def test_once_the_other_is_cancelled_it_counts(clinic):
    under = clinic.book("10:00", "single")
    over, again = clinic.meet("10:15"), clinic.meet("10:20")

    clinic.cancel(under)

    assert overbooked(clinic, over) == [False]
    assert overbooked(clinic, again) == [True]
    assert "promoted" in clinic.told(over)


def test_once_the_other_has_moved_it_counts(clinic):
    under, over = clinic.book("10:00", "single"), clinic.meet("10:15")

    clinic.move(under, "11:00")

    assert overbooked(clinic, over) == [False]


def test_an_overlap_can_be_refused(clinic):
    clinic.book("10:00", "single")

    with pytest.raises(Conflict, match="taken"):
        clinic.meet("10:15", refuse=True)

    assert len(clinic.appointments()) == 1


def test_every_agent_taking_part_is_taken(clinic):
    met = clinic.meet("10:00", agents=("bob", "ana"))

    assert clinic.agent_of(met) == "bob"
    assert "10:00" not in clinic.offered()
    assert len(clinic.times(met)) == 2


def test_with_nobodys_time_it_can_still_be_put_down(clinic):
    met = clinic.meet("10:00", agents=(), queue="visits")

    assert (met.agent_id, clinic.times(met)) == (None, [])
    assert clinic.cancel(met).state == "cancelled"


def test_a_customer_is_new_or_one_that_is_there(clinic):
    first = clinic.meet("10:00", person=Person(firstname="Kim"))
    second = clinic.meet("11:00", customer=first.customer_id)

    assert second.customer_id == first.customer_id
    assert clinic.store.read(appointments.get_customer, id=first.customer_id).firstname == "Kim"
    with pytest.raises(NotFound):
        clinic.meet("11:30", customer="f" * 24)


def test_what_ends_before_it_starts_is_refused(clinic):
    with pytest.raises(Invalid):
        clinic.meet("10:00", 0)


def test_a_meeting_is_anchored_to_its_instant(clinic):
    assert clinic.meet("10:00").anchor == "instant"
    assert clinic.book("10:30").anchor == "wall"
