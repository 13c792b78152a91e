"""A day that is full can be waited for; what is freed goes to whoever is first in line, for a while."""

from datetime import UTC, date, datetime, timedelta

import pytest
import sqlalchemy as sa

from kiosk.messages.links import Linker
from kiosk.messages.wording import Wordings
from qms.domain.customer import Person
from qms.domain.errors import Conflict, Gone, Invalid, NotFound, UnknownField
from qms.domain.message import Message
from qms.services.booking import availability, waiting, waitlist
from qms.services.booking.bookables import domains_of_service
from qms.services.booking.waiting import Waiter
from qms.services.notification.letters import letters
from qms.store.schema.outbox import delivery
from qms.store.schema.reaching import message
from qms_gateway import webhook_native
from tests.db.booking.clinic import CLINIC, SANTIAGO, TUESDAY, Clinic, every

WEDNESDAY = date(2026, 3, 4)
HOOK = """
[[webhook]]
key = "hook"
url = "https://hook.example"
events = ["waitlist.*", "waitlist.joined", "waitlist.offered", "waitlist.accepted", "waitlist.expired"]
"""


class Line:
    """People in line at the clinic, by name."""

    def __init__(self, clinic: Clinic) -> None:
        self.clinic = clinic
        self.links: dict[str, str] = {}

    def joins(self, name: str, service: str = "early", day: date = TUESDAY, **more) -> str:
        person = more.pop("person", Person(firstname=name, email=f"{name}@example.org"))
        waiter = Waiter(
            service=service, day=day, person=person, **{"timezone": "America/Santiago", "locale": "es", **more}
        )
        self.links[name] = self.clinic.serve(waiting.join, service, waiter=waiter).link
        return self.links[name]

    def stands(self, name: str):
        return self.clinic.store.read(waiting.standing, account=self.clinic.account, link=self.links[name])

    def state(self, name: str) -> str:
        return self.stands(name).entry.state

    def offered(self, name: str) -> str | None:
        start = self.stands(name).entry.offered_start
        return start and f"{start - timedelta(hours=3):%H:%M}"

    def does(self, what, name: str, **more):
        account, link = self.clinic.account, self.links[name]
        domains = self.clinic.store.read(waitlist.domains_of_entry, account=account, link=link)
        return self.clinic.store.write(what, domain=domains, account=account, link=link, **more)


def filled(clinic: Clinic) -> Clinic:
    """The clinic, all four hours of Cyd's Tuesday booked."""
    clinic.booked = [clinic.book(f"{hour:02}:00", "early") for hour in (8, 9, 10, 11)]
    assert clinic.offered("early") == []
    return clinic


@pytest.fixture
def full(clinic):
    return filled(clinic)


@pytest.fixture
def line(full):
    return Line(full)


# Joining.


def test_who_joins_has_a_place_in_line(line):
    line.joins("ada")
    line.joins("bea")

    assert (line.stands("ada").place, line.stands("bea").place) == (1, 2)
    assert line.stands("ada").entry.person == {"firstname": "ada", "email": "ada@example.org"}
    assert line.stands("ada").entry.locale == "es"


@pytest.mark.parametrize(
    ("service", "day", "why"),
    [
        ("early", WEDNESDAY, "not full"),
        ("any", TUESDAY, "not full"),
        ("early", date(2026, 3, 7), "closed"),
        ("early", date(2026, 3, 11), "closed"),
        ("early", date(2026, 3, 1), "past"),
        ("early", date(2027, 3, 2), "far"),
        ("early", date(9998, 3, 2), "far"),
        ("early", date(1, 1, 1), "far"),
    ],
)
def test_a_day_that_needs_no_waiting_cannot_be_waited_for(line, service, day, why):
    with pytest.raises(Conflict) as refused:
        line.joins("ada", service, day)

    assert (refused.value.kind, refused.value.what) == ("waitlist", why)


def test_nobody_waits_twice_for_the_same_thing(line):
    line.joins("ada")

    with pytest.raises(Conflict, match="joined"):
        line.joins("Ada", person=Person(email="ADA@Example.org"))
    line.joins("bea", person=Person(phone="+56 9 1234 5678"))
    with pytest.raises(Conflict, match="joined"):
        line.joins("Bea", person=Person(phone="0056-912345678"))


@pytest.mark.parametrize("person", [Person(firstname="Ada"), Person(email="ada"), Person(phone="none")])
def test_who_cannot_be_reached_cannot_wait(line, person):
    with pytest.raises(Invalid):
        line.joins("ada", person=person)


def test_a_line_has_an_end(line, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_PER_DAY", 2)
    line.joins("ada")
    line.joins("bea")

    with pytest.raises(Conflict, match="full"):
        line.joins("cleo")


def test_nobody_stands_in_all_the_lines(line, monkeypatch):
    monkeypatch.setattr(waiting, "MOST_PER_PERSON", 1)
    for hour in (9, 10, 11):
        for half in ("00", "30"):
            line.clinic.book(f"{hour:02}:{half}", "single", answers=None)
    line.joins("ada")

    with pytest.raises(Conflict, match="many"):
        line.joins("ada", "single")


def test_what_there_is_not_cannot_be_waited_for(line):
    with pytest.raises(NotFound):
        line.clinic.store.write(
            waiting.join,
            domain=domains_of_service(line.clinic.network, "early"),
            account=line.clinic.account,
            waiter=Waiter(service="none", day=TUESDAY, timezone="UTC", person=Person(email="a@example.org")),
        )
    with pytest.raises(NotFound):
        line.joins("ada", agent="ana")
    with pytest.raises(NotFound):
        line.clinic.store.read(waiting.standing, account=line.clinic.account, link="guessed")


# Offers.


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


# Answers.


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


# Days pass, and things change.


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


def test_all_of_it_is_told_with_the_link_for_those_who_tell_people(open_store, clock):
    line = Line(filled(Clinic(open_store(event_names={"native": webhook_native.EVENTS}), CLINIC + HOOK)))
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])
    line.does(waitlist.accept, "ada")
    line.joins("bea")
    clock.move(hours=36)
    line.clinic.run_timers()

    told = [row for row in line.clinic.store.read(every, of=delivery) if row.event.startswith("waitlist.")]

    assert sorted(row.event for row in told) == [
        "waitlist.accepted",
        "waitlist.expired",
        "waitlist.joined",
        "waitlist.joined",
        "waitlist.offered",
    ]
    offered = next(row.data for row in told if row.event == "waitlist.offered")
    assert offered["entry"]["page"] == f"/book/clinic/wait/{line.links['ada']}"
    assert offered["customer"]["email"] == "ada@example.org"
    assert offered["entry"]["offered_until"] == "2026-03-02T15:15:00+00:00"


# Messages.


def letters_of(line):
    """What people are written."""
    store = line.clinic.store
    found = store.read(lambda tx: tx.all(Message, sa.select(message).where(message.c.kind == "waitlist_offer")))
    written, stale = store.read(letters, found=found, public_url="https://q.example")
    words = Wordings(linker=Linker(public_url="https://q.example", secret=b"s" * 32, bases={}))
    return [(one.message.channel, one.message.recipient, words(one)) for one in written], stale


def test_who_is_offered_a_place_is_written_where_to_answer(line):
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])

    ((channel, recipient, wording),), _ = letters_of(line)

    assert (channel, recipient) == ("EMAIL", "ada@example.org")
    assert "8:00" in wording.subject
    assert f"https://q.example/book/clinic/wait/{line.links['ada']}" in wording.text
    assert "12:15" in wording.text


def test_who_gave_a_telephone_only_is_sent_a_text(line):
    line.joins("ada", person=Person(firstname="Ada", phone="+56 9 1234 5678"))
    line.clinic.cancel(line.clinic.booked[0])

    ((channel, recipient, wording),), _ = letters_of(line)

    assert (channel, recipient) == ("SMS", "+56 9 1234 5678")
    assert wording.text.endswith(line.links["ada"])


def test_an_offer_that_is_over_is_written_to_nobody(line, clock):
    line.joins("ada")
    line.clinic.cancel(line.clinic.booked[0])
    clock.move(minutes=15)

    written, stale = letters_of(line)

    assert (written, len(stale)) == ([], 1)
