"""Offers: ringing, answered, declined, missed, taken back, lost."""

import pytest

from qms.domain.errors import Conflict, Gone, NotFound
from qms.services import offering, serving, sockets, visitors
from tests.db.work.town import TOWN, Town


def ringing(town, agent="ana"):
    """A visitor of `video` rings at an agent's desk."""
    town.present(agent)
    ticket = town.take("video")
    town.work()
    return ticket, town.offer(agent)


def test_a_booth_visitor_rings_for_twenty_seconds_and_reserves_a_booth(town):
    ticket, offer = ringing(town)

    assert (town.now(ticket).state, town.state("ana")) == ("offered", "ringing")
    assert (offer.deadline - offer.made_at).total_seconds() == 20
    assert offer.poc_id == town.poc("b1")
    assert offer.reasons["won_by"] == "only_candidate"


def test_an_answer_serves_the_visitor_at_the_booth_that_was_reserved(town):
    ticket, offer = ringing(town)

    served = town.do(offering.answer, "ana", offer=offer.id)

    assert (served.state, served.poc_id, served.agent_id) == ("serving", offer.poc_id, town.agent("ana"))
    assert town.state("ana") == "busy"
    assert town.events(ticket).count("assigned") == 1


def test_an_answer_a_moment_before_the_deadline_is_in_time(town, clock):
    ticket, offer = ringing(town)
    clock.move(seconds=19.999)

    assert town.do(offering.answer, "ana", offer=offer.id).id == ticket.id


def test_an_answer_at_the_deadline_is_gone_whether_anybody_has_noticed_or_not(town, clock):
    _, offer = ringing(town)
    clock.move(seconds=20)

    with pytest.raises(Gone) as refused:
        town.do(offering.answer, "ana", offer=offer.id)

    assert refused.value.what == "missed"


def test_an_answer_after_the_sweep_is_gone_too(town, clock):
    _, offer = ringing(town)
    clock.move(seconds=20)
    town.work()

    with pytest.raises(Gone) as refused:
        town.do(offering.answer, "ana", offer=offer.id)

    assert refused.value.what == "missed"


def test_an_answer_given_twice_is_a_conflict_and_after_the_end_gone(town):
    _, offer = ringing(town)
    town.do(offering.answer, "ana", offer=offer.id)

    with pytest.raises(Conflict):
        town.do(offering.answer, "ana", offer=offer.id)
    with pytest.raises(Conflict):
        town.do(offering.decline, "ana", offer=offer.id)
    town.do(serving.finish, "ana")
    with pytest.raises(Gone):
        town.do(offering.answer, "ana", offer=offer.id)


def test_nobody_answers_what_rings_at_another_desk(town):
    _, offer = ringing(town)
    town.present("ben")

    with pytest.raises(NotFound):
        town.do(offering.answer, "ben", offer=offer.id)


def test_a_declined_ticket_keeps_its_place_and_goes_to_the_next_agent(town):
    ticket, offer = ringing(town)
    town.present("ben")
    before = town.now(ticket)

    town.do(offering.decline, "ana", offer=offer.id)
    town.work()

    after = town.now(ticket)
    assert (after.band, after.key, after.seq) == (before.band, before.key, before.seq)
    assert town.offer("ben").ticket_id == ticket.id
    assert town.state("ana") == "idle"


def test_a_declined_ticket_is_not_offered_to_the_same_agent_for_thirty_seconds(town, clock):
    ticket, offer = ringing(town)
    town.do(offering.decline, "ana", offer=offer.id)

    clock.move(seconds=29)
    early = town.work()
    clock.move(seconds=1)
    due = town.work()

    assert (early, due) == (0, 1)
    assert town.offer("ana").ticket_id == ticket.id


def test_an_agent_who_declined_still_gets_others(town):
    _, offer = ringing(town)
    other = town.take("video")

    town.do(offering.decline, "ana", offer=offer.id)
    town.work()

    assert town.offer("ana").ticket_id == other.id


def test_next_gives_a_declined_ticket_again_where_nobody_else_waits(town):
    ticket, offer = ringing(town)
    town.do(offering.decline, "ana", offer=offer.id)

    assert town.do(serving.next_ticket, "ana").id == ticket.id


def test_a_missed_offer_goes_back_and_the_agent_pauses_for_a_minute(town, clock):
    ticket, _ = ringing(town)

    clock.move(seconds=20)
    again = town.work()
    missed = town.state("ana")
    clock.move(seconds=59)
    town.work()
    still = town.state("ana")
    clock.move(seconds=1)
    offered = town.work()

    assert (again, missed, still, offered) == (0, "missed", "missed", 1)
    assert town.offer("ana").ticket_id == ticket.id
    assert town.offers(ticket) == ["missed", "ringing"]


def test_an_agent_who_missed_one_comes_back_by_hand(town, clock):
    ringing(town)
    clock.move(seconds=20)
    town.work()

    town.present("ana", "idle")

    assert town.state("ana") == "idle"
    assert town.work() == 1


def test_a_missed_offer_goes_to_a_colleague_in_the_same_pass(town, clock):
    ticket, _ = ringing(town)
    town.present("ben")

    clock.move(seconds=20)
    town.work()

    assert town.offer("ben").ticket_id == ticket.id


@pytest.mark.parametrize("state", ["away", "offline"])
def test_an_offer_is_withdrawn_when_the_agent_leaves(town, state):
    ticket, offer = ringing(town)

    town.present("ana", state, reason="lunch")

    assert town.state("ana") == state
    assert town.now(ticket).state == "waiting"
    assert town.offers(ticket) == ["withdrawn"]
    with pytest.raises(Gone):
        town.do(offering.answer, "ana", offer=offer.id)


def test_an_offer_is_withdrawn_when_the_visitor_leaves(town):
    ticket, offer = ringing(town)

    town.store.write(visitors.leave, domain=ticket.domain_id, link=ticket.link)

    assert (town.now(ticket).state, town.state("ana")) == ("cancelled", "idle")
    with pytest.raises(Gone) as refused:
        town.do(offering.answer, "ana", offer=offer.id)
    assert refused.value.what == "withdrawn"


def test_an_offer_is_lost_five_seconds_after_the_socket_and_the_session_after_thirty(town, clock):
    town.present("ana")
    of_ana = {"domain": town.session("ana").domain_id, "agent": town.agent("ana"), "socket": "s"}
    town.store.write(sockets.opened, process="p", **of_ana)
    ticket = town.take("video")
    town.work()
    town.store.write(sockets.closed, **of_ana)

    clock.move(seconds=4.9)
    town.work()
    in_grace = town.now(ticket).state
    clock.move(seconds=0.1)
    offered = town.work()
    back = town.now(ticket).state
    clock.move(seconds=24.9)
    town.work()
    present = town.state("ana")
    clock.move(seconds=0.1)
    town.work()

    assert (in_grace, back, offered) == ("offered", "waiting", 0)
    assert (present, town.state("ana")) == ("idle", "offline")
    assert town.offers(ticket) == ["lost"]


def test_a_desk_that_is_back_in_time_keeps_what_rings(town, clock):
    town.present("ana")
    of_ana = {"domain": town.session("ana").domain_id, "agent": town.agent("ana")}
    town.store.write(sockets.opened, process="p", socket="s", **of_ana)
    ticket = town.take("video")
    town.work()
    town.store.write(sockets.closed, socket="s", **of_ana)
    clock.move(seconds=4)
    town.store.write(sockets.opened, process="p", socket="t", **of_ana)
    clock.move(seconds=4)
    town.work()

    assert town.now(ticket).state == "offered"
    assert town.session("ana").disconnected_at is None


def test_a_pass_makes_as_many_offers_as_there_are_booths(town):
    town.present("ana")
    town.present("ben")
    for _ in range(3):
        town.take("video")

    made = town.work()

    assert made == 2
    assert {town.offer("ana").poc_id, town.offer("ben").poc_id} == {town.poc("b1"), town.poc("b2")}
    assert town.line("video") == ["V003"]


def test_nobody_is_offered_while_every_booth_is_taken(town):
    for agent in ("ana", "ben"):
        town.present(agent)
        town.take("video")
    town.work()
    for agent in ("ana", "ben"):
        town.do(offering.answer, agent, offer=town.offer(agent).id)
    ticket = town.take("video")
    town.do(serving.finish, "ana")
    town.do(serving.finish_wrap_up, "ana")

    assert town.work() == 1
    assert town.now(ticket).state == "offered"


def test_where_there_are_no_booths_visitors_are_served_without_one(town):
    town.present("ana")
    town.take("video", "bare")

    town.work()

    assert town.offer("ana").poc_id is None


def test_nobody_is_called_to_a_booth_where_another_visitor_is_yet(store, clock):
    booth = 'key = "bare"\npocs = [{ key = "x", kind = "booth" }]\n'
    town = Town.built(store, clock, TOWN.replace('key = "bare"\n', booth, 1))
    town.present("ana", poc="bare/x")
    town.present("ben")
    town.present("ana", "away")
    video, cash = town.take("video", "bare"), town.take("cash", "bare")
    town.work()
    town.present("ana")

    nobody = town.do(serving.next_ticket, "ana")
    town.do(offering.answer, "ben", offer=town.offer("ben").id)
    town.do(serving.finish, "ben")
    called = town.do(serving.next_ticket, "ana")

    assert (nobody, town.now(video).state, called.id) == (None, "done", cash.id)
    assert called.poc_id == town.offer("ana").poc_id is not None


def test_a_visitor_goes_to_the_booth_where_his_agent_sits(town):
    town.present("ana", poc="main/b2")
    town.present("ben")
    town.take("video")
    town.take("video")

    town.work()

    assert town.offer("ana").poc_id == town.poc("b2")
    assert town.offer("ben").poc_id == town.poc("b1")


def test_a_pushed_counter_visitor_is_called_at_once_and_announced(town):
    town.present("cyd", poc="c2")
    ticket = town.take("desk")

    town.work()

    called = town.now(ticket)
    assert (called.state, called.poc_id) == ("called", town.poc("c2"))
    assert town.state("cyd") == "busy"
    assert town.events(ticket) == ["created", "called", "assigned"]


def test_a_pulled_queue_is_never_pushed(town):
    town.present("ana", poc="c1")
    town.take("cash")

    assert town.work() == 0
    assert town.state("ana") == "idle"
