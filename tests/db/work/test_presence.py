"""Presence: where agents sit, when they are there, and what becomes of whom they serve."""

from concurrent.futures import ThreadPoolExecutor

import pytest

from qms.domain.errors import Conflict, Invalid, NotFound
from qms.services import presence, serving, sockets
from tests.db.work.town import Town


def lost(town, agent):
    """An agent's browser dies, and thirty seconds pass."""
    of_agent = {"domain": town.session(agent).domain_id, "agent": town.agent(agent), "socket": "s"}
    town.store.write(sockets.opened, process="p", **of_agent)
    town.store.write(sockets.closed, **of_agent)
    town.clock.move(seconds=30)
    town.work()


def test_an_agent_signs_in_goes_away_comes_back_and_signs_out(town):
    states = [
        town.present("ana").state,
        town.present("ana", "away", reason="lunch").state,
        town.present("ana", "away", reason="meeting").reason,
        town.present("ana").state,
        town.present("ana", "offline"),
        town.present("ana", "offline"),
    ]

    assert states == ["idle", "away", "meeting", "idle", None, None]


def test_one_may_begin_the_day_away(town):
    session = town.present("ana", "away", reason="training", poc="c1")

    assert (session.state, session.reason, session.poc_id) == ("away", "training", town.poc("c1"))


def test_idle_again_is_no_news_and_keeps_the_turn(town, clock):
    first = town.present("ana")
    clock.move(minutes=1)

    assert town.present("ana").idle_since == first.idle_since


def test_two_agents_do_not_sit_at_one_poc(town):
    town.present("ana", poc="c1")

    with pytest.raises(Conflict) as refused:
        town.present("ben", poc="c1")

    assert refused.value.kind == "poc"
    assert town.state("ben") == "offline"


def test_two_agents_do_not_sit_down_at_one_poc_at_the_same_moment(town):
    def sit(agent):
        try:
            return town.present(agent, poc="c1").agent_id
        except Conflict:
            return None

    with ThreadPoolExecutor() as both:
        seated = list(both.map(sit, ("ana", "ben")))

    assert sum(agent is not None for agent in seated) == 1


def test_an_agent_signs_in_once_however_often_at_the_same_moment(town):
    with ThreadPoolExecutor() as many:
        found = {session.id for session in many.map(lambda _: town.present("ana"), range(6))}

    assert len(found) == 1


def test_a_poc_is_free_again_when_its_agent_moves_or_leaves(town):
    town.present("ana", poc="c1")
    town.present("ana", poc="c2")
    town.present("ben", poc="c1")
    town.present("ana", "offline")

    assert town.present("ben", poc="c2").poc_id == town.poc("c2")


def test_nobody_moves_with_somebody_at_the_desk(town):
    town.present("ana", poc="c1")
    town.take()
    town.do(serving.next_ticket, "ana")

    with pytest.raises(Conflict):
        town.present("ana", poc="c2")


def test_nobody_goes_home_with_somebody_at_the_desk(town):
    town.present("ana", poc="c1")
    town.take()
    town.do(serving.next_ticket, "ana")

    with pytest.raises(Conflict):
        town.present("ana", "offline")


def test_away_while_serving_happens_after_the_ticket_and_can_be_taken_back(town):
    town.present("ana", poc="c1")
    for _ in range(2):
        town.take()
    town.do(serving.next_ticket, "ana")
    pending = town.present("ana", "away", reason="lunch")
    kept = town.present("ana", "idle")
    town.present("ana", "away", reason="lunch")
    town.do(serving.finish, "ana")

    assert (pending.state, pending.pending_away, kept.pending_away) == ("busy", "lunch", None)
    assert (town.session("ana").state, town.session("ana").reason) == ("away", "lunch")


def test_away_while_serving_waits_for_the_wrap_up_too(town, clock):
    town.present("ana")
    town.take("video")
    town.do(serving.next_ticket, "ana")
    town.present("ana", "away", reason="lunch")
    town.do(serving.finish, "ana")
    wrapping = town.state("ana")

    clock.move(seconds=10)
    town.work()

    assert (wrapping, town.state("ana")) == ("wrap_up", "away")


def test_a_poc_is_found_by_id_by_key_and_by_branch_and_key(town):
    agent = town.network.agents.find("ana")

    found = {presence.find_poc(town.network, agent, text).key for text in (town.poc("c1"), "c1", "main/c1")}

    assert found == {"c1"}


@pytest.mark.parametrize("text", ["c9", "nowhere/c1", "far/c1", "0" * 24, "/"])
def test_a_poc_that_is_not_there_is_not_found(town, text):
    with pytest.raises(NotFound):
        town.present("ana", poc=text)


def test_a_key_that_several_branches_have_must_say_which(store, clock):
    two = """
[account]
slug = "two"

[[branch]]
key = "north"
pocs = [{ key = "1", kind = "counter" }]

[[branch]]
key = "south"
pocs = [{ key = "1", kind = "counter" }]

[[queue]]
key = "q"
branches = ["north", "south"]
mode = "counter"

[[agent]]
key = "ana"
queues = ["q"]
"""
    town = Town.built(store, clock, two)

    with pytest.raises(Invalid):
        town.present("ana", poc="1")
    assert town.present("ana", poc="south/1").branch_id == town.network.branches.find("south").id


def test_whoever_is_served_when_the_session_is_lost_stays_served(town):
    town.present("ana", poc="c1")
    ticket = town.take()
    town.do(serving.next_ticket, "ana")

    lost(town, "ana")

    assert (town.state("ana"), town.now(ticket).state) == ("offline", "called")
    assert town.offers(ticket) == ["accepted"]


def test_an_agent_who_comes_back_has_his_visitor_and_his_counter_again(town):
    town.present("ana", poc="c1")
    ticket = town.take()
    town.do(serving.next_ticket, "ana")
    lost(town, "ana")

    session = town.present("ana")
    finished = town.do(serving.finish, "ana")

    assert (session.state, session.poc_id) == ("busy", town.poc("c1"))
    assert (finished.id, finished.state) == (ticket.id, "done")


def test_whoever_comes_back_to_go_away_finishes_first(town):
    town.present("ana", poc="c1")
    town.take()
    town.do(serving.next_ticket, "ana")
    lost(town, "ana")

    session = town.present("ana", "away", reason="lunch")
    town.do(serving.finish, "ana")

    assert (session.state, session.pending_away) == ("busy", "lunch")
    assert town.state("ana") == "away"


def test_after_ten_minutes_the_visitor_of_a_lost_agent_is_first_in_line_again(town, clock):
    town.present("ana", poc="c1")
    first, second = town.take(), town.take()
    town.do(serving.next_ticket, "ana")
    lost(town, "ana")
    clock.move(minutes=9, seconds=59)
    town.work()
    served = town.now(first).state
    clock.move(seconds=1)
    town.work()

    assert (served, town.now(first).state) == ("called", "waiting")
    assert town.line("cash") == [first.number, second.number]
    assert town.now(first).preferred_agent_id == town.agent("ana")
    assert town.present("ana", poc="c1").state == "idle"


def test_a_counter_where_a_lost_agent_s_visitor_is_stops_nobody_else(town):
    town.present("cyd", poc="c1")
    town.take("desk")
    town.work()
    lost(town, "cyd")
    town.present("ben", poc="c1")
    waiting = town.take("desk")

    made = town.work()
    town.present("ben", poc="c2")

    assert (made, town.now(waiting).state) == (0, "waiting")
    assert town.work() == 1


def test_agents_lose_their_turn_by_serving_not_by_being_offered(town, clock):
    for agent in ("ben", "ana"):
        town.present(agent)
        clock.move(seconds=1)
    ticket = town.take("video")
    town.work()
    town.present("ben", "away", reason="lunch")
    town.work()

    assert town.offer("ana").ticket_id == ticket.id
