"""Booking: what is offered can be booked, and nothing else can."""

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
import sqlalchemy as sa

from qms.domain.customer import Person
from qms.domain.errors import Conflict, FieldInvalid, Gone, NotFound, UnknownField
from qms.services.booking import bookings
from qms.services.booking.bookables import domains_of_service
from qms.store import appointments
from qms.store.schema.booking import agent_calendar
from qms.store.schema.work import submission
from tests.clock import MONDAY_NOON
from tests.db.booking.clinic import CLINIC, SANTIAGO, TUESDAY, every, on
from tests.db.marks import on_sqlite
from tests.db.waiting import PATIENCE, held_up, submit

HALVES = ["09:00", "09:30", "10:00", "10:30", "11:00", "11:30"]
NAME, MAIL = "0123456789abcdef01234501", "0123456789abcdef01234502"


def test_what_is_booked_is_not_offered_again(clinic):
    assert (
        clinic.offered("single", agent="ana")
        == [f"{hour:02}:{minute:02}" for hour in (9, 10, 11) for minute in (0, 15, 30, 45)][:-1]
    )

    clinic.book("10:00", "single")

    assert clinic.offered("single") == ["09:00", "09:15", "09:30", "10:30", "10:45", "11:00", "11:15", "11:30"]


@on_sqlite
@pytest.mark.parametrize("start", ["08:30", "09:10", "11:45", "12:00"])
def test_what_is_not_offered_is_refused(clinic, start):
    with pytest.raises(Conflict, match="not offered"):
        clinic.book(start, "single")


@on_sqlite
@pytest.mark.parametrize(
    "start",
    [
        datetime(2026, 3, 2, 12, 0, tzinfo=UTC),  # this morning
        datetime(2026, 3, 3, 12, 0, 0, 1, tzinfo=UTC),  # a microsecond beside the grid
        datetime(2026, 3, 7, 13, 0, tzinfo=UTC),  # a Saturday
        datetime(2026, 6, 30, 13, 0, tzinfo=UTC),  # beyond the horizon
        datetime(1, 1, 1, tzinfo=UTC),
        datetime(9999, 12, 31, 23, 59, tzinfo=UTC),
    ],
)
def test_the_past_the_grid_and_the_horizon_are_kept(clinic, start):
    with pytest.raises(Conflict, match="not offered"):
        clinic.book(start, "any")


@on_sqlite
def test_a_start_may_be_written_in_any_zone(clinic):
    booked = clinic.book(on("10:00").astimezone(timezone(timedelta(hours=5, minutes=45))))

    assert booked.starts_at == on("10:00")
    assert (booked.wall_start, booked.wall_zone) == ("2026-03-03T10:00:00", "America/Santiago")


def test_anybody_is_booked_until_nobody_is_free(clinic):
    first, second = clinic.book("10:00"), clinic.book("10:00")

    assert {clinic.agent_of(first), clinic.agent_of(second)} == {"ana", "bob"}
    assert clinic.offered() == [half for half in HALVES if half != "10:00"]
    with pytest.raises(Conflict):
        clinic.book("10:00")


def test_whoever_has_the_fewest_bookings_that_day_is_booked(clinic):
    clinic.book("09:00", agent="ana")
    clinic.book("09:00", agent="bob")
    clinic.cancel(clinic.book("09:30", agent="bob"))
    clinic.book("09:30", agent="ana")
    clinic.book(on("09:00", date(2026, 3, 4)), agent="bob")

    booked = clinic.book("11:00")

    assert clinic.agent_of(booked) == "bob"


def test_a_booking_that_fell_through_within_a_transaction_does_not_count(clinic):
    def book_and_fail(tx, **wanted):
        bookings.book(tx, **wanted)
        raise Gone("vendor", "it wants none")

    def booked(service, start):
        wanted = {"account": clinic.account, "wish": clinic.wish(start, "any")}
        return submit(clinic.store, service, domains_of_service(clinic.network, "any"), **wanted)

    with held_up(clinic.store, domains_of_service(clinic.network, "any")):
        asked = [booked(bookings.book, "09:00"), booked(book_and_fail, "10:00"), booked(bookings.book, "11:00")]

    first, failed, last = (future.exception(PATIENCE) or future.result() for future in asked)
    assert isinstance(failed, Gone)
    assert {clinic.agent_of(first), clinic.agent_of(last)} == {"ana", "bob"}


@on_sqlite
def test_of_equals_the_one_with_the_lower_id_is_booked(clinic):
    lower = min(clinic.network.agents.find(key).id for key in ("ana", "bob"))

    assert clinic.book("11:00").agent_id == lower


def test_the_chosen_agent_is_booked_or_nobody(clinic):
    assert clinic.agent_of(clinic.book("10:00", agent="bob")) == "bob"

    with pytest.raises(Conflict):
        clinic.book("10:00", agent="bob")


@on_sqlite
def test_who_does_not_give_a_service_is_not_found(clinic):
    with pytest.raises(NotFound):
        clinic.book("10:00", agent="cyd")
    with pytest.raises(NotFound):
        clinic.offered("single", agent="bob")


@on_sqlite
def test_an_agent_works_by_his_schedule_whatever_the_service(clinic):
    clinic.book("09:00", "single")

    assert clinic.offered("minute")[0] == "09:30"
    assert clinic.offered("early") == ["08:00", "09:00", "10:00", "11:00"]


@on_sqlite
def test_closures_of_account_branch_and_agent_close(clinic):
    assert not set(clinic.days("single")) & {11, 12}
    assert set(clinic.days("early")) & {11, 12, 13} == {12}  # given nowhere, so the painters are in nobody's way


@on_sqlite
def test_a_branch_must_be_open_for_what_is_given_there(clinic):
    text = """
[[branch]]
key = "main"
hours = { mon-fri = ["10:00-11:00"] }
pocs"""
    clinic.apply(CLINIC.replace('\n[[branch]]\nkey = "main"\npocs', text))

    assert clinic.offered() == ["10:00", "10:30"]
    assert clinic.offered("early") == ["08:00", "09:00", "10:00", "11:00"]


@on_sqlite
def test_buffers_lead_and_horizon_hold(clinic):
    assert clinic.offered("buffered") == []  # less than 24 hours away, but for what starts after noon
    assert clinic.offered("buffered", date(2026, 3, 4)) == HALVES
    assert clinic.days("buffered", date(2026, 4, 1)) == [1]

    clinic.book(on("10:00", date(2026, 3, 4)), "buffered")

    assert clinic.offered("buffered", date(2026, 3, 4)) == ["09:00", "11:00", "11:30"]
    assert "10:30" not in clinic.offered("minute", date(2026, 3, 4))
    assert "10:35" in clinic.offered("minute", date(2026, 3, 4))


@on_sqlite
def test_an_hour_is_the_viewers(clinic):
    berlin = timezone(timedelta(hours=1))

    assert clinic.offered("early", where=berlin) == ["12:00", "13:00", "14:00", "15:00"]


def test_the_next_start_jumps_over_what_is_taken_and_over_weeks(clinic):
    assert clinic.next_start(after=MONDAY_NOON) == on("09:00")
    assert clinic.next_start(after=on("11:31")) == on("09:00", date(2026, 3, 4))
    assert clinic.next_start(after=on("11:31", date(2026, 3, 31))) == on("09:00", date(2026, 4, 1))
    assert clinic.next_start(after=MONDAY_NOON + timedelta(days=100)) is None


def test_answers_are_checked_and_kept_and_say_who_it_is(clinic):
    answers = [{"_id": NAME, "value": "Zoë"}, {"_id": MAIL, "value": "zoe@example.org"}]

    booked = clinic.book("10:00", "single", answers=answers)

    customer = clinic.store.read(appointments.get_customer, id=booked.customer_id)
    assert (customer.firstname, customer.email) == ("Zoë", "zoe@example.org")
    (row,) = clinic.store.read(every, of=submission)
    assert (row.id, row.kind, list(row[5])) == (booked.submission_id, "appointment", answers)


@on_sqlite
@pytest.mark.parametrize(
    ("answers", "refusal"),
    [
        ([], FieldInvalid),
        ([{"_id": NAME, "value": ""}], FieldInvalid),
        ([{"_id": "f" * 24, "value": "x"}], UnknownField),
        ({"not": "a list"}, UnknownField),
    ],
)
def test_answers_that_do_not_fit_are_refused_before_anything_else(clinic, answers, refusal):
    with pytest.raises(refusal):
        clinic.book("03:00", "single", answers=answers)


@on_sqlite
def test_a_person_may_be_given_instead(clinic):
    booked = clinic.book("10:00", person=Person(firstname="Kim", phone="+56 2 1234"))

    customer = clinic.store.read(appointments.get_customer, id=booked.customer_id)
    assert customer.known() == {"firstname": "Kim", "phone": "+56 2 1234"}


def test_a_booking_says_what_it_is_and_who_takes_part(clinic):
    booked = clinic.book("10:00", "single", locale="es", answers=[{"_id": NAME, "value": "Zoë"}])

    network = clinic.network
    assert (booked.state, booked.title, booked.locale, booked.origin) == ("scheduled", "A visit", "es", "page")
    assert booked.branch_id == network.branches.find("main").id
    assert booked.queue_id == network.queues.find("visits").id
    assert booked.ends_at - booked.starts_at == timedelta(minutes=30)
    assert booked.no_show_at == booked.starts_at + timedelta(minutes=10)
    assert clinic.store.read(appointments.participants, id=booked.id) == [
        ("AGENT", booked.agent_id),
        ("CUSTOMER", booked.customer_id),
    ]
    assert clinic.told(booked) == {"created"}


@on_sqlite
def test_a_code_can_be_typed_and_read_out(clinic):
    codes = {clinic.book(on("09:00", TUESDAY + timedelta(days=n))).code for n in (0, 1, 2)}

    assert len(codes) == 3
    assert all(len(code) == 7 and code[3] == "-" and not set(code) & set("01IO") for code in codes)


def test_every_booking_makes_what_is_kept_elsewhere_old(clinic):
    def version():
        return {row.agent_id: row.version for row in clinic.store.read(every, of=agent_calendar)}

    first = clinic.book("10:00", agent="ana")
    before = version()
    clinic.move(first, "10:30")
    after = version()

    assert list(before) == [first.agent_id]
    assert after[first.agent_id] > before[first.agent_id]


def test_what_was_kept_is_not_believed_after_a_change(clinic):
    assert "10:00" in clinic.offered("single")
    booked = clinic.book("10:00", "single")
    assert "10:00" not in clinic.offered("single")
    clinic.move(booked, "11:00")
    assert "10:00" in clinic.offered("single")
    assert "11:00" not in clinic.offered("single")
    clinic.cancel(clinic.now(booked))

    assert "11:00" in clinic.offered("single")


def test_a_refused_booking_leaves_nothing(clinic):
    clinic.book("10:00", "single")
    with pytest.raises(Conflict):
        clinic.book("10:00", "single")

    assert len(clinic.appointments()) == 1
    (count,) = clinic.store.read(lambda tx: tx.execute(sa.text("SELECT COUNT(*) FROM customer")).one())
    assert count == 1


@on_sqlite
def test_the_day_is_the_zones_whoever_looks(clinic):
    assert clinic.offered(day=date(2026, 3, 7)) == []
    assert clinic.days()[:3] == [3, 4, 5]
    assert SANTIAGO.key == "America/Santiago"
