"""A new time zone database: appointments keep what the wall clock shows, and it is told."""

from datetime import timedelta

import pytest

from qms.domain import zones
from qms.services.booking import rederiving
from qms.store import appointments
from qms.store.schema.booking import appointment, claim
from tests.db.booking.clinic import on
from tests.db.marks import on_sqlite

pytestmark = on_sqlite  # decisions in plain Python; the statements are tried on both databases elsewhere

HOUR = timedelta(hours=1)


@pytest.fixture
def older(clinic):
    """`older(booked, by=HOUR)`: as if a release had worked it out whose zone was so far off."""

    def older(booked, by=HOUR):
        def write(tx):
            a, c = appointment.c, claim.c
            told = {"starts_at": booked.starts_at + by, "ends_at": booked.ends_at + by, "tz_version": "2020.1"}
            tx.execute(appointment.update().where(a.id == booked.id).values(told))
            for time in clinic.times(booked):
                range = {"blocked_start": time.blocked_start + by, "blocked_end": time.blocked_end + by}
                tx.execute(claim.update().where(c.appointment_id == booked.id).values(range))

        clinic.store.write(write)

    return older


def rederive(clinic):
    found = clinic.store.read(rederiving.outdated)
    return [clinic.of(rederiving.rederive, clinic.store.read(appointments.get, id=id)) for _, id in found]


def test_what_this_release_worked_out_is_left_alone(clinic):
    clinic.book("10:00")

    assert clinic.store.read(rederiving.outdated) == []


def test_it_is_again_when_the_wall_clock_says_so(clinic, older):
    booked = clinic.book("10:00", "single")
    older(booked)

    shifts = rederive(clinic)

    now = clinic.now(booked)
    assert shifts == [-HOUR]
    assert (now.starts_at, now.wall_start, now.tz_version) == (on("10:00"), "2026-03-03T10:00:00", zones.version())
    assert [time.blocked_start for time in clinic.times(booked)] == [on("10:00")]
    assert "moved" in clinic.told(booked)
    assert now.token_generation == 0
    assert clinic.store.read(rederiving.outdated) == []


def test_where_the_zone_did_not_change_nothing_moves_and_nothing_is_told(clinic, older):
    booked = clinic.book("10:00", "single")
    older(booked, by=timedelta())

    assert rederive(clinic) == [timedelta()]
    assert clinic.told(booked) == {"created"}


def test_what_is_anchored_to_its_instant_stays_there(clinic, older):
    met = clinic.meet("10:00")
    older(met)

    assert rederive(clinic) == [timedelta()]
    assert clinic.now(met).starts_at == on("11:00")
    assert clinic.now(met).wall_start == "2026-03-03T11:00:00"


def test_appointments_that_move_together_do_not_stand_in_each_others_way(clinic, older):
    later = clinic.book("11:00", "single")
    older(later, by=-HOUR / 2)
    earlier = clinic.book("10:00", "single")
    older(earlier, by=-HOUR / 2)

    assert rederive(clinic) == [HOUR / 2, HOUR / 2]
    assert [time.overbooked for booked in (earlier, later) for time in clinic.times(booked)] == [False, False]


def test_whoever_is_in_the_way_stays_and_the_moved_one_is_overbooked(clinic, older):
    booked = clinic.book("10:00", "single")
    older(booked)
    clinic.meet("10:00")

    rederive(clinic)

    assert [time.overbooked for time in clinic.times(booked)] == [True]
    assert {"moved", "overbooked"} <= clinic.told(booked)
