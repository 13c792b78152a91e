"""Moving: the same appointment at another time; its own time is never in its way."""

from datetime import date

import pytest

from qms.domain.errors import Conflict, NotFound
from qms.services.booking import ending, moving
from tests.db.booking.clinic import on


def test_a_moved_appointment_stays_the_same_one(clinic):
    booked = clinic.book("10:00", "single")

    moved = clinic.move(booked, on("11:00", date(2026, 3, 4)))

    assert (moved.id, moved.state, moved.token_generation, moved.code) == (booked.id, "scheduled", 1, booked.code)
    assert (moved.starts_at, moved.wall_start) == (on("11:00", date(2026, 3, 4)), "2026-03-04T11:00:00")
    assert "10:00" in clinic.offered("single")
    assert "11:00" not in clinic.offered("single", date(2026, 3, 4))
    assert clinic.told(moved) == {"created", "moved"}


def test_it_may_move_over_its_own_time(clinic):
    booked = clinic.book("10:00", "single")

    assert "10:15" in clinic.offered("single", without=booked.id)
    assert clinic.move(booked, "10:15").starts_at == on("10:15")


@pytest.mark.parametrize("start", ["09:10", "12:00", "11:00"])
def test_it_moves_to_nothing_that_is_not_offered(clinic, start):
    booked = clinic.book("10:00", "single")
    clinic.book("11:00", "single")

    with pytest.raises(Conflict):
        clinic.move(booked, start)

    assert clinic.now(booked).starts_at == on("10:00")
    assert clinic.times(booked)[0].blocked_start == on("10:00")


def test_it_keeps_its_agent(clinic):
    booked = clinic.book("10:00", agent="ana")
    clinic.book("11:00", agent="ana")

    with pytest.raises(Conflict):
        clinic.move(booked, "11:00")


def test_whoever_had_confirmed_does_so_anew_or_not(clinic):
    one, two = clinic.book("10:00"), clinic.book("10:30")
    for booked in (one, two):
        clinic.of(ending.confirm, booked)

    assert clinic.move(one, "11:00").state == "scheduled"
    assert clinic.move(two, "11:30", again=False).state == "confirmed"


def test_what_is_over_does_not_move(clinic):
    booked = clinic.cancel(clinic.book("10:00"))

    with pytest.raises(Conflict, match="cancelled"):
        clinic.move(booked, "11:00")


def test_another_accounts_is_not_found(clinic):
    booked = clinic.book("10:00")

    with pytest.raises(NotFound):
        clinic.store.write(moving.move, account="x", appointment=booked.id, starts_at=on("11:00"))


def test_the_deadline_moves_along(clinic, clock):
    booked = clinic.book("09:00")
    moved = clinic.move(booked, "09:30")
    clock.move(hours=21, minutes=11)  # 09:11 on Tuesday

    assert clinic.run_timers() == []
    assert clinic.now(moved).state == "scheduled"


def test_staff_moves_to_any_time_and_over_others(clinic):
    booked = clinic.meet("13:07", 20)
    other = clinic.book("10:00", "single")
    times = {"starts_at": on("10:05"), "ends_at": on("10:25")}

    moved = clinic.of(moving.move_by_staff, booked, **times, actor="sue")

    assert (moved.starts_at, moved.ends_at, moved.token_generation) == (on("10:05"), on("10:25"), 1)
    assert [time.overbooked for time in clinic.times(booked)] == [True]
    assert [time.overbooked for time in clinic.times(other)] == [False]
    with pytest.raises(Conflict):
        clinic.of(moving.move_by_staff, booked, **times, actor="sue", refuse_overlap=True)
