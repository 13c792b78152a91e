"""Coming to an appointment: by code, by link or at the desk, early, in time, late or not at all."""

from datetime import date

import pytest

from acd.recorded import plan_of
from acd.simulation.day import HOUR
from qms.domain.customer import Person
from qms.domain.errors import Conflict, NotFound
from qms.services import check_in, serving
from qms.services.booking import tokens
from qms.services.history import history
from tests.clock import MONDAY_NOON
from tests.db.booking.arriving.door import KIOSK, SECRET, arrive
from tests.db.booking.clinic import CLINIC, on
from tests.db.marks import on_sqlite

pytestmark = on_sqlite  # decisions in plain Python; the statements are tried on both databases elsewhere


def test_whoever_checks_in_has_a_ticket_that_says_who_he_is(clinic):
    booked = clinic.book("10:00", "single", person=Person(firstname="Zoë"))

    ticket = arrive(clinic, booked)

    now = clinic.now(booked)
    assert (now.state, now.ticket_id, now.no_show_at) == ("checked_in", ticket.id, None)
    assert (ticket.customer, ticket.appointment_id, ticket.number) == ({"firstname": "Zoë"}, booked.id, "V001")
    assert ticket.preferred_agent_id == booked.agent_id
    assert (ticket.key, ticket.eligible_from) == (on("09:45"), on("09:45"))
    assert "checked_in" in clinic.told(booked)


def test_a_simulated_day_knows_for_whom_he_came(clinic):
    booked = clinic.book("10:00", "single")
    arrive(clinic, booked)
    clinic.do(serving.next_ticket, "ana")
    clinic.do(serving.finish, "ana")

    past = clinic.store.read(history, account=clinic.account, day=on("10:00").date())

    (one,) = plan_of(past).recorded
    assert (one.prefers, one.slot) == ("ana", 10 * HOUR)


def test_the_code_may_be_typed_without_its_hyphen_or_in_small_letters(clinic):
    booked = clinic.book("10:00", "single")

    assert arrive(clinic, booked, booked.code.replace("-", "").lower()).appointment_id == booked.id


def test_the_link_to_join_is_as_good_as_the_code_until_it_is_dead(clinic):
    booked = clinic.book("10:00", "single")
    url = (
        f"https://bank.example/?v-schedule-action=join&v-schedule-auth={tokens.issue(booked, 'access', secret=SECRET)}"
    )
    forged = url[:-4] + "AAAA"

    with pytest.raises(NotFound):
        arrive(clinic, booked, forged)
    assert arrive(clinic, booked, url).appointment_id == booked.id

    other = clinic.book("11:00", "single")
    old = tokens.issue(other, "access", secret=SECRET)
    clinic.move(other, "11:15")
    with pytest.raises(NotFound):
        arrive(clinic, other, f"https://bank.example/?v-schedule-auth={old}")


def test_nobody_there_in_time_is_a_no_show_and_the_rest_of_the_time_is_free(clinic, clock):
    booked = clinic.book("10:00", "single")
    clock.move(minutes=24)
    assert clinic.run_timers() == []
    clock.move(minutes=1)

    assert clinic.run_timers() == ["no_show"]

    assert clinic.now(booked).state == "no_show"
    (time,) = clinic.times(booked)
    assert (time.active, time.blocked_end) == (True, on("10:10"))
    assert clinic.offered("minute")[0] == "10:10"


def test_whoever_comes_after_all_is_a_walk_in(clinic, clock):
    booked = clinic.book("10:00", "single")
    clock.move(minutes=30)
    clinic.run_timers()
    clock.move(minutes=5)

    ticket = arrive(clinic, booked)

    assert (ticket.key, ticket.eligible_from) == (on("10:20"), on("10:20"))
    assert clinic.now(booked).state == "checked_in"


def test_the_link_to_join_is_as_good_as_the_code_for_who_comes_after_all(clinic, clock):
    booked = clinic.book("10:00", "single")
    links = [tokens.issue(booked, kind, secret=SECRET) for kind in ("access", "action")]
    clock.move(minutes=30)
    clinic.run_timers()

    came = [arrive(clinic, booked, f"https://bank.example/?v-schedule-auth={link}") for link in links]

    assert [ticket.appointment_id for ticket in came] == [booked.id] * 2
    clinic.leave(came[0])
    with pytest.raises(NotFound):
        arrive(clinic, booked, f"https://bank.example/?v-schedule-auth={links[0]}")


def test_whoever_has_come_gets_his_ticket_by_the_link_at_any_time(clinic, clock):
    booked = clinic.book("10:00", "minute")
    token = tokens.read(tokens.issue(booked, "access", secret=SECRET), secret=SECRET, now=MONDAY_NOON)
    ticket = arrive(clinic, booked)

    early = clinic.store.write(check_in.come, domain=clinic.domains, token=token)
    clock.move(hours=2)
    late = clinic.store.write(check_in.come, domain=clinic.domains, token=token)

    assert (early.id, late.id) == (ticket.id, ticket.id)


def test_whoever_was_called_in_vain_and_comes_after_all_gets_another_ticket(clinic):
    booked = clinic.book("10:00", "single")
    first = arrive(clinic, booked)
    clinic.next("ana")
    clinic.do(serving.no_show, "ana")

    second = arrive(clinic, booked)

    assert (second.id != first.id, clinic.now(booked).ticket_id) == (True, second.id)


def test_given_nowhere_nobody_is_ever_marked(clinic, clock):
    booked = clinic.book("10:00", "minute")

    clock.move(days=2)

    assert clinic.run_timers() == []
    assert clinic.now(booked).state == "scheduled"


def test_appointments_and_walk_ins_share_one_order(clinic, clock):
    walk_in = clinic.take("visits", "main")
    early = arrive(clinic, clinic.book("10:00", "single"))
    clock.move(minutes=1)
    later = clinic.take("visits", "main")

    called = []
    for _ in range(3):
        called.append(clinic.next("ana"))
    keys = {ticket.id: ticket.key for ticket in (walk_in, early, later)}

    assert sorted(keys, key=lambda id: keys[id])[-1] == later.id
    assert [ticket.id for ticket in called][-1] == later.id


def test_around_midnight_the_early_minutes_and_the_appointment_itself_count(clinic, clock):
    night = CLINIC.replace('schedule = { mon-fri = ["09:00-12:00"] }', 'schedule = { mon-sun = ["22:00-26:00"] }')
    clinic.apply(night + KIOSK)
    at_midnight = clinic.book(on("00:00", date(2026, 3, 4)), "any")
    before = clinic.book("23:30", "any")
    clock.move(hours=14, minutes=6)  # 23:51

    assert arrive(clinic, at_midnight).service_day == "2026-03-03"
    clock.move(minutes=10)  # 00:01 on Wednesday: past the grace, within the appointment
    with pytest.raises(Conflict, match="another day"):
        arrive(clinic, before)


def test_at_the_desk_a_code_or_an_id_will_do_also_when_the_branch_is_closed(clinic):
    clinic.apply(CLINIC.replace('key = "main"\n', 'key = "main"\nhours = { mon-fri = ["11:00-12:00"] }\n', 1) + KIOSK)
    one, two = clinic.book("11:00"), clinic.book("11:30")

    first = clinic.do(check_in.check_in_at_desk, "ana", code=one.code)
    second = clinic.do(check_in.check_in_at_desk, "ana", code=two.id)

    assert [first.source, second.source] == ["desk", "desk"]
    with pytest.raises(NotFound):
        clinic.do(check_in.check_in_at_desk, "ana", code="nobody")
