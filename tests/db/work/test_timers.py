"""What happens by itself: escalation, closing and drain, the end of a day."""

import pytest

from qms.services import parking, serving
from tests.db.work.town import TOWN, Town

OPEN = TOWN.replace('key = "main"\n', 'key = "main"\nhours = { mon-fri = ["09:00-13:00"] }\n', 1)


@pytest.fixture
def office(store, clock):
    """The town, whose main branch closes at one; it is noon."""
    return Town.built(store, clock, OPEN)


def test_whoever_has_waited_too_long_goes_first(town, clock):
    late = town.take()
    clock.move(minutes=44, seconds=59)
    town.work()
    before = town.now(late).band
    vip = town.take(integration_data=None, ticket_class="vip")
    clock.move(seconds=1)
    town.work()

    assert (before, town.now(late).band) == (2, 1)
    assert town.line("cash") == [late.number, vip.number]
    assert town.events(late) == ["created", "escalated"]


def test_an_escalation_happens_once(town, clock):
    late = town.take()
    clock.move(minutes=50)
    for _ in range(3):
        town.work()

    assert town.events(late).count("escalated") == 1


def test_at_closing_whoever_waits_goes_home_where_nobody_is_on_duty(office, clock):
    ticket = office.take()
    clock.move(minutes=59)
    office.work()
    open_still = office.now(ticket).state
    clock.move(minutes=1)
    office.work()

    assert (open_still, office.now(ticket).state) == ("waiting", "expired")
    assert office.now(ticket).end_reason == "closed"


def test_after_closing_those_who_wait_are_served_for_two_hours(office, clock):
    office.present("ana", poc="c1")
    first, second = office.take(), office.take()
    clock.move(minutes=61)
    office.work()
    called = office.do(serving.next_ticket, "ana")
    clock.move(minutes=120)
    office.work()

    assert called.id == first.id
    assert (office.now(first).state, office.now(second).state) == ("called", "expired")


def test_those_whom_only_others_could_serve_are_not_kept(office, clock):
    office.present("cyd", poc="c1")
    ticket = office.take("cash")
    clock.move(minutes=61)
    office.work()

    assert office.now(ticket).state == "expired"


def test_whoever_was_set_aside_goes_home_with_the_others(office, clock):
    office.present("ana", poc="c1")
    ticket = office.take()
    office.do(serving.next_ticket, "ana")
    office.do(parking.park, "ana")
    office.present("ana", "offline")
    clock.move(minutes=61)
    office.work()

    assert office.now(ticket).state == "expired"


def test_a_branch_that_never_closes_keeps_whoever_came_before_midnight(town, clock):
    clock.move(hours=11, minutes=59)
    ticket = town.take()
    clock.move(minutes=5)
    town.work()
    after_midnight = town.now(ticket).state
    clock.move(hours=2)
    town.work()

    assert (after_midnight, town.now(ticket).state) == ("waiting", "expired")


def test_numbers_begin_anew_each_day_of_the_branch(town, clock):
    numbers = [town.take().number for _ in range(2)]
    clock.move(hours=12)

    assert [*numbers, town.take().number] == ["C001", "C002", "C001"]
