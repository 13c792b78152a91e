"""Every assignment says why."""

import pytest

from acd.engine import Reasons, assign, rank
from acd.engine.distribution import SHOWN
from tests.unit.acd.engine_worlds import NOW, a_ticket, an_agent, seconds

BOOTHS = {"north": [f"n{at}" for at in range(30)], "south": []}


def reasons(waiting, available, free_pocs=BOOTHS) -> dict[str, Reasons]:
    return {one.ticket: one.reasons for one in assign(sorted(waiting, key=rank), available, free_pocs, NOW)}


def test_the_place_in_line_is_told():
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2, queue="loans"), a_ticket("t3", seq=3)]

    told = reasons(waiting, [an_agent("ana"), an_agent("ben"), an_agent("cem")])["t3"]

    assert (told.position, told.ahead) == (2, 2)
    assert (told.band, told.key, told.waited_seconds, told.early) == (2, NOW - seconds(60), 60, False)


def test_the_ring_is_told():
    told = reasons([a_ticket("t1", level_rings=((0, 9), (30, 4), (300, 1)))], [an_agent("ana")])["t1"]

    assert (told.ring, told.minimum_level) == (2, 4)


def test_candidates_are_told_in_order_with_the_facts_that_ranked_them():
    agents = [an_agent("ana", queues={"cards": 3}), an_agent("ben", idle_since=NOW - seconds(7))]

    told = reasons([a_ticket("t1", preferred_agent="ana"), a_ticket("t2", seq=2, queue="loans")], agents)["t1"]

    assert [(one.agent, one.preferred, one.level, one.flexibility, one.idle_seconds) for one in told.candidates] == [
        ("ana", True, 3, 1, 60),
        ("ben", False, 5, 2, 7),
    ]


def test_many_candidates_are_counted_and_the_winner_is_among_those_shown():
    agents = [an_agent(f"a{at:02}", queues={"cards": 5}) for at in range(20)]
    waiting = [a_ticket(f"t{at:02}", seq=at) for at in range(20)]

    told = reasons(waiting, agents)["t19"]

    assert (told.candidate_count, len(told.candidates), told.candidates[-1].agent) == (20, SHOWN, "a19")


@pytest.mark.parametrize(
    ("other", "won_by"),
    [
        ({"agent": "zoe", "queues": {"loans": 1}}, "only_candidate"),
        ({"agent": "zoe", "queues": {"cards": 1}}, "level"),
        ({"agent": "zoe", "queues": {"cards": 5, "loans": 5}}, "least_flexible"),
        ({"agent": "zoe", "idle_since": NOW}, "longest_idle"),
        ({"agent": "zoe"}, "id"),
    ],
)
def test_what_told_the_winner_from_the_next_best_is_told(other, won_by: str):
    agents = [an_agent("ana", queues={"cards": 5}), an_agent(**{"queues": {"cards": 5}, **other})]

    told = reasons([a_ticket("t1"), a_ticket("t2", seq=2, queue="loans")], agents)["t1"]

    assert (told.candidates[0].agent, told.won_by, told.rearranged) == ("ana", won_by, False)


def test_a_preferred_agent_won_by_that():
    waiting = [a_ticket("t1", preferred_agent="ben")]

    assert reasons(waiting, [an_agent("ana"), an_agent("ben")])["t1"].won_by == "preferred"


def test_the_last_one_who_was_free_won_by_that():
    told = reasons([a_ticket("t1"), a_ticket("t2", seq=2)], [an_agent("ana"), an_agent("ben")])

    assert told["t2"].won_by == "only_free"


def test_who_had_no_ticket_yet_won_by_that():
    agents = [an_agent("ana", queues={"cards": 9}, free_lanes=2), an_agent("ben", queues={"cards": 1})]

    assert reasons([a_ticket("t1"), a_ticket("t2", seq=2)], agents)["t2"].won_by == "empty_handed"


def test_both_tickets_tell_that_their_agents_changed_places():
    agents = [an_agent("ana", queues={"cards": 9, "loans": 9}), an_agent("ben", queues={"cards": 5})]

    told = reasons([a_ticket("t1"), a_ticket("t2", seq=2, queue="loans")], agents)

    assert [(told[id].won_by, told[id].rearranged) for id in ("t1", "t2")] == [("rearranged", True)] * 2


def test_who_was_early_is_told():
    assert reasons([a_ticket("t1", eligible_from=NOW + seconds(9))], [an_agent("ana")])["t1"].early


@pytest.mark.parametrize(
    ("passed", "why", "detail"),
    [
        ({"branch": "south"}, "no_free_poc", "south"),
        ({"branch": "west"}, "other_branch", "west"),
        ({"cooldowns": {"ana": NOW + seconds(9)}}, "in_cooldown", "2026-03-02T10:00:09+00:00"),
        ({"level_rings": ((0, 9),)}, "below_level", "9"),
        ({"preferred_agent": "ben", "preferred_until": NOW + seconds(9)}, "held_for", "ben"),
        ({"eligible_from": NOW + seconds(9)}, "not_before", "2026-03-02T10:00:09+00:00"),
    ],
)
def test_why_a_ticket_ahead_was_passed_over_is_told(passed, why: str, detail: str):
    ana = an_agent("ana", branches=frozenset({"north", "south"}))

    told = reasons([a_ticket("t1", **passed), a_ticket("t2", seq=2)], [ana])["t2"]

    assert [(one.ticket, one.why, one.detail) for one in told.passed_over] == [("t1", why, detail)]
    assert told.passed_over_count == 1


def test_tickets_of_queues_the_agent_does_not_serve_were_not_passed_over():
    told = reasons([a_ticket("t1", queue="exotic"), a_ticket("t2", seq=2)], [an_agent("ana")])["t2"]

    assert (told.passed_over, told.passed_over_count, told.ahead) == ((), 0, 1)


def test_many_passed_over_are_counted_and_the_first_are_shown():
    waiting = [a_ticket(f"t{at:02}", seq=at, branch="south") for at in range(20)]

    told = reasons([*waiting, a_ticket("t99", seq=99)], [an_agent("ana")])["t99"]

    assert (told.passed_over_count, len(told.passed_over), told.passed_over[0].ticket) == (20, SHOWN, "t00")
