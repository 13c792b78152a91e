"""The checks notice what is wrong, and only that."""

import pytest

from acd.engine import Assignment, assign
from acd.engine.invariants import Offer, check_matching, check_offers, may_take
from tests.unit.acd.engine_worlds import NOW, a_ticket, an_agent, seconds

NORTH = frozenset({"north"})
[REASONS] = [one.reasons for one in assign([a_ticket("t0")], [an_agent("ana")], {"north": ["n1"]}, NOW)]


def given(ticket: str, agent: str, poc: str | None = "n1") -> Assignment:
    return Assignment(ticket=ticket, session=f"s-{agent}", agent=agent, poc=poc, reasons=REASONS)


def broken(waiting, available, assignments, free_pocs=None) -> list[str]:
    pocs = {"north": ["n1", "n2"], "south": ["s1"]} if free_pocs is None else free_pocs
    return check_matching(waiting, available, pocs, assignments, NOW)


@pytest.mark.parametrize(
    ("offers", "line"),
    [
        ([Offer("t1", "s1", None), Offer("t1", "s2", None)], "I1: ticket t1 has 2 live offers"),
        ([Offer("t1", "s1", None), Offer("t2", "s1", None)], "I2: session s1 has 2 live offers and 1 lanes"),
        ([Offer("t1", "s3", None)], "I2: session s3 has 1 live offers and 0 lanes"),
        ([Offer("t1", "s1", "n1"), Offer("t2", "s2", "n1")], "I2: POC n1 has 2 live offers"),
    ],
)
def test_live_offers_that_share_a_ticket_a_lane_or_a_poc_are_noticed(offers, line: str):
    assert check_offers(offers, {"s1": 1, "s2": 1}) == [line]


def test_live_offers_in_order_are_in_order():
    assert check_offers([Offer("t1", "s1", "n1"), Offer("t2", "s2", None)], {"s1": 1, "s2": 1}) == []


def test_a_pass_in_order_is_in_order():
    assert broken([a_ticket("t1")], [an_agent("ana")], [given("t1", "ana")]) == []


def test_an_offer_to_an_agent_who_may_not_take_it_is_noticed():
    cooling = a_ticket("t1", cooldowns={"ana": NOW + seconds(1)})

    assert broken([cooling], [an_agent("ana")], [given("t1", "ana")]) == ["I6: ana may not take t1"]


def test_an_offer_of_a_ticket_that_does_not_wait_is_noticed():
    [line] = broken([a_ticket("t1")], [an_agent("ana")], [given("t2", "ana")])

    assert line.startswith("I1: t2 does not wait")


@pytest.mark.parametrize(("needs_poc", "poc"), [(True, None), (True, "s1"), (False, "n1")])
def test_a_wrong_poc_is_noticed(needs_poc: bool, poc: str | None):
    assert broken([a_ticket("t1", needs_poc=needs_poc)], [an_agent("ana")], [given("t1", "ana", poc)]) == [
        f"I2: t1 is sent to {poc}"
    ]


def test_a_counter_session_that_leaves_its_poc_is_noticed():
    counter = an_agent("ana", poc="c1", branches=NORTH)

    assert broken([a_ticket("t1")], [counter], [given("t1", "ana", "n1")]) == ["I2: t1 is sent to n1"]


def test_a_later_ticket_served_before_an_earlier_one_is_noticed():
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2)]

    assert broken(waiting, [an_agent("ana")], [given("t2", "ana")]) == ["I4: t2 is served before t1"]


def test_an_earlier_ticket_that_has_no_place_to_go_is_not_overtaken():
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2, branch="south")]

    assert broken(waiting, [an_agent("ana")], [given("t2", "ana", "s1")], {"north": [], "south": ["s1"]}) == []


def test_an_early_ticket_is_not_overtaken():
    waiting = [a_ticket("t1", eligible_from=NOW + seconds(1)), a_ticket("t2", seq=2)]

    assert broken(waiting, [an_agent("ana")], [given("t2", "ana")]) == []


def test_a_ticket_that_waits_beside_an_idle_agent_is_noticed():
    assert broken([a_ticket("t1")], [an_agent("ana")], [])[0] == "I6: t1 waits beside s-ana"


def test_a_matching_that_is_too_small_is_noticed():
    agents = [an_agent("ana"), an_agent("ben", queues={"cards": 5})]
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2, queue="loans")]

    assert broken(waiting, agents, [given("t1", "ana")]) == ["I6: 1 are served where 2 could be"]


def test_where_pocs_are_scarce_a_smaller_matching_may_be_the_urgent_one():
    agents = [an_agent("ana", queues={"cards": 5}), an_agent("ben", queues={"loans": 5})]
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2, branch="south"), a_ticket("t3", seq=3, queue="loans")]

    assert broken(waiting, agents, [given("t1", "ana")], {"north": ["n1"], "south": ["s1"]}) == []


def test_the_rules_hold_at_their_very_instants():
    ana = an_agent("ana")

    assert may_take(a_ticket("t1", cooldowns={"ana": NOW}), ana, NOW)
    assert may_take(a_ticket("t1", preferred_agent="ben", preferred_until=NOW), ana, NOW)
    assert may_take(a_ticket("t1", level_rings=((0, 9), (60, 5))), ana, NOW)
    assert not may_take(a_ticket("t1", level_rings=((0, 9), (61, 5))), ana, NOW)
