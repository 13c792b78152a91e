"""Reminders: when they are due, once, and never for a time that is no longer true."""

from datetime import date

import pytest

from qms.services.booking import ending
from qms.store import journal
from qms.store.schema.booking import reminder
from tests.db.booking.clinic import every, on

WEDNESDAY = date(2026, 3, 4)


@pytest.fixture
def booked(clinic):
    """Booked for Wednesday at ten, on Monday at noon: reminded on Tuesday at ten, and an hour before."""
    return clinic.book(on("10:00", WEDNESDAY), "single")


def reminded(clinic, booked):
    entries = clinic.store.read(journal.of_entity, entity=booked.id)
    return [entry.data["period"] for entry in entries if entry.name == "appointment.reminder"]


def test_it_is_reminded_of_when_the_service_says(clinic, booked, clock):
    rows = clinic.store.read(every, of=reminder)
    assert {(row.period, row.due_at) for row in rows} == {
        ("P1D", on("10:00")),
        ("PT1H", on("09:00", WEDNESDAY)),
    }

    clock.move(hours=22)
    assert clinic.run_timers() == ["remind"]
    assert clinic.run_timers() == []
    clock.move(hours=23)
    clinic.run_timers()

    assert reminded(clinic, booked) == ["P1D", "PT1H"]


def test_what_is_due_already_when_booked_is_not_made_up_for(clinic, clock):
    soon = clinic.book("10:00", "single")

    assert [row.period for row in clinic.store.read(every, of=reminder)] == ["PT1H"]
    assert reminded(clinic, soon) == []


def test_a_moved_appointment_is_reminded_of_at_its_new_time_only(clinic, booked, clock):
    clinic.move(booked, on("10:00", date(2026, 3, 5)))
    clock.move(hours=22)

    assert clinic.run_timers() == []
    assert reminded(clinic, booked) == []
    clock.move(hours=24)
    clinic.run_timers()
    assert reminded(clinic, booked) == ["P1D"]


@pytest.mark.parametrize("end", [ending.cancel, ending.complete, ending.no_show])
def test_nobody_is_reminded_of_what_is_over(clinic, booked, clock, end):
    clinic.of(end, booked)
    clock.move(hours=22)

    assert clinic.run_timers() == []
    assert reminded(clinic, booked) == []


def test_a_reminder_that_could_not_be_given_for_long_is_left_out(clinic, booked, clock):
    clock.move(hours=24)

    assert clinic.run_timers() == []
    assert reminded(clinic, booked) == []
