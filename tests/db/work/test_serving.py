"""Serving: next, recall, serve, finish and wrap-up, each in the order of arrival."""

import pytest

from qms.domain.errors import Conflict, NotFound
from qms.services import offering, serving


def test_next_calls_the_first_to_the_counter_and_announces_the_number(seated):
    first, second = seated.take(), seated.take()

    called = seated.do(serving.next_ticket, "ana")

    assert (called.id, called.state, called.poc_id) == (first.id, "called", seated.poc("c1"))
    assert seated.now(second).state == "waiting"
    assert seated.events(first) == ["created", "called", "assigned"]


def test_next_finishes_and_calls_in_one_step(seated):
    first, second = seated.take(), seated.take()
    seated.do(serving.next_ticket, "ana")

    called = seated.do(serving.next_ticket, "ana")

    assert (seated.now(first).state, called.id) == ("done", second.id)
    assert seated.offers(first) == ["done"]


def test_a_refused_next_changes_nothing(seated):
    ticket = seated.take()
    seated.do(serving.next_ticket, "ana")

    with pytest.raises(NotFound):
        seated.do(serving.next_ticket, "ana", queue="desk")

    assert seated.now(ticket).state == "called"


def test_next_of_one_queue_takes_only_from_it(seated):
    booth, cash = seated.take("video"), seated.take("cash")

    called = seated.do(serving.next_ticket, "ana", queue="cash")

    assert called.id == cash.id
    assert seated.now(booth).state == "waiting"


def test_next_serves_a_booth_visitor_at_once(seated):
    ticket = seated.take("video")

    served = seated.do(serving.next_ticket, "ana")

    assert (served.id, served.state, served.poc_id) == (ticket.id, "serving", seated.poc("b1"))
    assert seated.offers(ticket) == ["accepted"]


def test_next_while_an_offer_rings_is_refused(seated):
    seated.take("video")
    seated.work()

    with pytest.raises(Conflict) as refused:
        seated.do(serving.next_ticket, "ana")

    assert refused.value.what == "ringing"


def test_next_ends_a_wrap_up(seated):
    seated.take("video")
    seated.do(serving.next_ticket, "ana")
    seated.do(serving.finish, "ana")

    found = seated.do(serving.next_ticket, "ana")

    assert (found, seated.state("ana")) == (None, "idle")


def test_next_of_one_who_is_away_calls_but_does_not_bring_him_back_for_nobody(seated):
    seated.present("ana", "away", reason="lunch")
    nobody = seated.do(serving.next_ticket, "ana")
    away = seated.state("ana")
    seated.take()
    somebody = seated.do(serving.next_ticket, "ana")

    assert (nobody, away) == (None, "away")
    assert (somebody.state, seated.state("ana")) == ("called", "busy")


def test_next_without_a_counter_says_what_is_missing(town):
    town.present("ana")
    town.take()

    with pytest.raises(Conflict) as refused:
        town.do(serving.next_ticket, "ana")

    assert (refused.value.kind, refused.value.what) == ("poc", "none chosen")


def test_where_no_counter_is_numbers_are_called_without_one(town):
    town.present("ana")
    town.take("cash", "bare")

    called = town.do(serving.next_ticket, "ana")

    assert (called.state, called.poc_id) == ("called", None)


def test_somebody_at_a_bare_branch_is_not_sent_to_another_branch_s_counter(seated):
    seated.take("cash", "bare")

    assert seated.do(serving.next_ticket, "ana").poc_id is None


def test_an_agent_at_a_counter_gets_nobody_from_a_branch_with_counters_of_its_own(town):
    town.present("fay", poc="f1")
    town.take()

    assert town.do(serving.next_ticket, "fay") is None


def test_a_recall_announces_once_more(seated, clock):
    ticket = seated.take()
    seated.do(serving.next_ticket, "ana")
    clock.move(seconds=1)

    recalled = [seated.do(serving.recall, "ana").recall for _ in range(2)]

    assert recalled == [1, 2]
    assert seated.events(ticket)[-2:] == ["recalled", "recalled"]


def test_serve_is_for_somebody_who_was_called(seated):
    seated.take()
    seated.do(serving.next_ticket, "ana")
    served = seated.do(serving.serve, "ana")

    assert served.state == "serving"
    with pytest.raises(Conflict):
        seated.do(serving.serve, "ana")
    with pytest.raises(Conflict):
        seated.do(serving.no_show, "ana")


def test_a_wrap_up_ends_by_itself_and_puts_the_agent_last(town, clock):
    for agent in ("ben", "ana"):
        town.present(agent)
        clock.move(seconds=1)
    town.take("video")
    town.work()
    town.do(offering.answer, "ben", offer=town.offer("ben").id)
    town.do(serving.finish, "ben")
    wrapping = town.state("ben")
    clock.move(seconds=10)
    town.work()

    town.take("video")
    town.work()

    assert (wrapping, town.state("ben"), town.state("ana")) == ("wrap_up", "idle", "ringing")


def test_a_wrap_up_is_finished_by_hand_once(seated):
    seated.take("video")
    seated.do(serving.next_ticket, "ana")
    seated.do(serving.finish, "ana")

    seated.do(serving.finish_wrap_up, "ana")

    assert seated.state("ana") == "idle"
    with pytest.raises(Conflict):
        seated.do(serving.finish_wrap_up, "ana")


def test_a_queue_is_served_in_order_of_arrival_whoever_calls(town):
    town.present("ana", poc="c1")
    town.present("ben", poc="c2")
    numbers = [town.take().number for _ in range(6)]

    called = [town.do(serving.next_ticket, agent, queue="cash").number for agent in ("ana", "ben") * 3]

    assert called == numbers


def test_a_credit_counts_as_time_already_waited(seated):
    first = seated.take()
    vip = seated.take(ticket_class="vip")

    assert seated.line("cash") == [first.number, vip.number]
