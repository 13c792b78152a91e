"""A day as it was: who came, who was there; and the simulation makes of it what the services made."""

from datetime import date, timedelta
from heapq import heappop, heappush
from random import Random

import pytest

from acd.recorded import plan_of
from acd.simulation.clockwork import run
from acd.simulation.day import HOUR, MINUTE, SECOND
from acd.simulation.durations import Observed
from qms.domain.errors import NotFound
from qms.services import offering, serving, visitors
from qms.services.history import history
from tests.clock import MONDAY_NOON

MONDAY = date(2026, 3, 2)


def recorded(town, **more):
    return town.store.read(history, account=town.account, day=MONDAY, **more)


def test_a_ticket_that_was_served_is_told_with_its_times(town):
    town.present("ana", poc="c1")
    town.take("cash")
    town.clock.move(minutes=2)
    town.do(serving.next_ticket, "ana")
    town.clock.move(minutes=3)
    town.do(serving.finish, "ana")

    (one,) = plan_of(recorded(town)).recorded

    assert (one.queue, one.branch, one.agent, one.served) == ("cash", "main", "ana", True)
    assert one.at // SECOND == 12 * 3600 + 1
    assert one.wait == pytest.approx(120 * SECOND, abs=9)
    assert one.handling == 180 * SECOND


def test_a_visitor_who_left_is_told_with_his_patience(town):
    town.present("ana", poc="c1")
    ticket = town.take("cash")
    town.clock.move(minutes=4)
    town.store.write(visitors.leave, domain=ticket.domain_id, link=ticket.link)

    (one,) = plan_of(recorded(town)).recorded

    assert (one.served, one.handling) == (False, None)
    assert one.patience == pytest.approx(240 * SECOND, abs=9)


def test_who_still_waits_is_not_part_of_the_past(town):
    town.take("cash")

    assert recorded(town).visits == []


def test_time_away_is_no_time_on_duty(town):
    town.present("cyd", poc="c1")
    town.clock.move(minutes=10)
    town.present("cyd", "away")
    town.clock.move(minutes=5)
    town.present("cyd")
    town.clock.move(minutes=20)
    town.present("cyd", "offline")

    (cyd,) = plan_of(recorded(town)).agents

    noon = 12 * HOUR
    assert cyd.shifts == ((noon, noon + 10 * MINUTE), (noon + 15 * MINUTE, noon + 35 * MINUTE))
    assert (cyd.key, cyd.branches) == ("cyd@main", frozenset({"main"}))


def test_a_booth_queue_brings_its_booths_and_how_long_offers_rang(town):
    town.present("ana")
    town.take("video")
    town.work()
    town.clock.move(seconds=7)
    town.do(offering.answer, "ana", offer=town.offer("ana").id)
    town.clock.move(minutes=3)
    town.do(serving.finish, "ana")

    plan = plan_of(recorded(town))

    assert plan.booths == {"main": ("b1", "b2")}
    rang = plan.policies["video"].answer
    assert isinstance(rang, Observed)
    assert rang.mean_seconds == pytest.approx(7, abs=0.01)
    assert plan.policies["cash"].answer is None


def test_only_one_branch_is_told_where_one_is_asked_for(town):
    town.present("ana", poc="c1")
    for branch in ("main", "bare"):
        town.take("cash", branch)
        town.clock.move(minutes=1)
    for _ in range(3):
        town.do(serving.next_ticket, "ana")
        town.clock.move(minutes=1)

    found = recorded(town, branch="bare")

    assert {visit.branch_id for visit in found.visits} <= {town.network.branches.find("bare").id}
    with pytest.raises(NotFound):
        recorded(town, branch="nowhere")


def test_another_day_is_another_day(town):
    assert town.store.read(history, account=town.account, day=MONDAY - timedelta(days=1)).visits == []


def test_the_simulation_makes_of_a_day_what_the_services_made_of_it(town):
    """Two agents who are called the next visitor by themselves, forty visitors, everybody's times at random."""
    chance = Random(4)
    events = [(chance.uniform(10, 6000), n, "come") for n in range(40)]
    for agent, poc in (("ben", "c1"), ("cyd", "c2")):
        town.present(agent, poc=poc)
        town.clock.move(seconds=1)
    heap: list = []
    for at, number, what in events:
        heappush(heap, (at, number, what, ""))
    while heap:
        at, number, what, agent = heappop(heap)
        ahead = MONDAY_NOON + timedelta(seconds=at) - town.clock.at
        town.clock.move(microseconds=max(0, ahead // timedelta(microseconds=1)))
        if what == "come":
            town.take("desk")
        else:
            town.do(serving.finish, agent)
        town.work()
        for who in ("ben", "cyd"):
            if town.state(who) == "busy" and not any(one[3] == who for one in heap):
                elapsed = (town.clock.at - MONDAY_NOON).total_seconds()
                heappush(heap, (elapsed + chance.expovariate(1 / 280), 100 + number, "finish", who))
    for who in ("ben", "cyd"):
        town.present(who, "offline")

    plan = plan_of(recorded(town))
    outcome = run(plan.day("1"))

    happened = sorted((one.at, (one.wait or 0) // SECOND, one.agent) for one in plan.recorded)
    simulated = sorted((v.visitor.at, v.wait // SECOND, v.agent.partition("@")[0]) for v in outcome.visits)
    assert len(happened) == 40
    assert sum(wait > 60 for _, wait, _ in happened) > 10
    assert simulated == happened
