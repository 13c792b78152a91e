"""Each rule of the matcher, in the smallest world that shows it."""

from itertools import count

import pytest

from acd.engine import Available, Waiting, assign, rank
from tests.unit.acd.engine_worlds import NOW, a_ticket, an_agent, seconds

BOOTHS = {"north": ["n1", "n2", "n3"], "south": ["s1"]}
NORTH = frozenset({"north"})


def pairs(waiting: list[Waiting], available: list[Available], free_pocs=BOOTHS) -> dict[str, str]:
    """Ticket → agent."""
    return {one.ticket: one.agent for one in assign(sorted(waiting, key=rank), available, free_pocs, NOW)}


def test_the_lower_band_goes_first():
    emergency = a_ticket("t1", band=0, key=NOW, seq=2)

    assert pairs([a_ticket("t2", key=NOW - seconds(999)), emergency], [an_agent("ana")]) == {"t1": "ana"}


def test_in_a_band_the_earlier_key_goes_first():
    assert pairs([a_ticket("t1", key=NOW - seconds(2)), a_ticket("t2", key=NOW - seconds(3))], [an_agent("ana")]) == {
        "t2": "ana"
    }


def test_of_equal_keys_the_lower_sequence_goes_first():
    assert pairs([a_ticket("t1", seq=8), a_ticket("t2", seq=7)], [an_agent("ana")]) == {"t2": "ana"}


def test_an_agent_takes_only_tickets_of_queues_he_serves():
    assert pairs([a_ticket("t1"), a_ticket("t2", seq=2, queue="loans")], [an_agent("ana", queues={"loans": 1})]) == {
        "t2": "ana"
    }


def test_an_agent_takes_only_tickets_of_branches_he_serves():
    south = a_ticket("t2", seq=2, branch="south")

    assert pairs([a_ticket("t1"), south], [an_agent("ana", branches=frozenset({"south"}))]) == {"t2": "ana"}


def test_a_ticket_nobody_can_take_holds_up_nobody():
    assert pairs([a_ticket("t1", queue="exotic"), a_ticket("t2", seq=2)], [an_agent("ana")]) == {"t2": "ana"}


def test_rings_widen_with_the_time_waited():
    novice = an_agent("ana", queues={"cards": 2})
    rings = ((0, 8), (60, 2))

    assert pairs([a_ticket("t1", eligible_from=NOW - seconds(59), level_rings=rings)], [novice]) == {}
    assert pairs([a_ticket("t1", eligible_from=NOW - seconds(60), level_rings=rings)], [novice]) == {"t1": "ana"}


def test_the_first_ring_holds_from_the_start():
    novice = an_agent("ana", queues={"cards": 2})

    assert pairs([a_ticket("t1", level_rings=((600, 8),))], [novice]) == {}


def test_waiting_counts_from_arrival_when_that_is_later_than_the_appointment_allows():
    novice = an_agent("ana", queues={"cards": 2})
    arrived = a_ticket("t1", arrived_at=NOW - seconds(5), level_rings=((0, 8), (60, 2)))

    assert pairs([arrived], [novice]) == {}


def test_an_agent_is_not_offered_again_what_he_declined_until_the_cooldown_ends():
    assert pairs([a_ticket("t1", cooldowns={"ana": NOW + seconds(1)})], [an_agent("ana")]) == {}
    assert pairs([a_ticket("t1", cooldowns={"ana": NOW})], [an_agent("ana")]) == {"t1": "ana"}


def test_a_held_ticket_is_for_its_preferred_agent_only():
    held = a_ticket("t1", preferred_agent="ben", preferred_until=NOW + seconds(1))

    assert pairs([held], [an_agent("ana")]) == {}
    assert pairs([held], [an_agent("ana"), an_agent("ben", queues={"cards": 1})]) == {"t1": "ben"}


def test_a_hold_that_is_over_leaves_a_preference():
    late = a_ticket("t1", preferred_agent="ben", preferred_until=NOW)

    assert pairs([late], [an_agent("ana")]) == {"t1": "ana"}
    assert pairs([late], [an_agent("ana"), an_agent("ben", queues={"cards": 1})]) == {"t1": "ben"}


def test_the_more_skilled_agent_is_preferred():
    assert pairs([a_ticket("t1")], [an_agent("ana"), an_agent("ben", queues={"cards": 6, "loans": 6})]) == {"t1": "ben"}


def test_of_equal_skill_the_agent_least_needed_elsewhere_is_preferred():
    specialist = an_agent("ben", queues={"cards": 5})

    one_of_two = pairs([a_ticket("t1"), a_ticket("t2", seq=2, queue="loans")], [an_agent("ana"), specialist])

    assert one_of_two == {"t1": "ben", "t2": "ana"}


def test_only_queues_in_which_somebody_waits_make_an_agent_flexible():
    specialist = an_agent("ben", queues={"cards": 5}, idle_since=NOW)

    assert pairs([a_ticket("t1")], [an_agent("ana"), specialist]) == {"t1": "ana"}


def test_of_agents_alike_the_longest_idle_is_preferred():
    assert pairs([a_ticket("t1")], [an_agent("ana"), an_agent("ben", idle_since=NOW - seconds(61))]) == {"t1": "ben"}


def test_an_agent_gets_a_second_ticket_only_when_nobody_is_without_one():
    agents = [an_agent("ana", free_lanes=2, queues={"cards": 9}), an_agent("ben", queues={"cards": 1})]

    served = pairs([a_ticket("t1", seq=1), a_ticket("t2", seq=2), a_ticket("t3", seq=3)], agents)

    assert served == {"t1": "ana", "t2": "ben", "t3": "ana"}


def test_agents_change_tickets_where_one_more_can_be_served():
    agents = [an_agent("ana", queues={"cards": 9, "loans": 9}), an_agent("ben", queues={"cards": 5})]
    waiting = [a_ticket("t1", cooldowns={}), a_ticket("t2", seq=2, queue="loans")]

    assert pairs(waiting, agents) == {"t1": "ben", "t2": "ana"}


def test_who_was_matched_stays_matched_when_agents_change_tickets():
    agents = [an_agent("ana", queues={"cards": 9, "loans": 9}), an_agent("ben", queues={"cards": 5})]
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2), a_ticket("t3", seq=3, queue="loans")]

    assert pairs(waiting, agents).keys() == {"t1", "t2"}


def test_a_visitor_on_site_needs_a_free_poc_of_his_branch():
    assert pairs([a_ticket("t1")], [an_agent("ana")], {"north": [], "south": ["s1"]}) == {}


def test_a_branch_without_a_free_poc_holds_up_no_other_branch():
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2, branch="south")]

    assert pairs(waiting, [an_agent("ana")], {"north": [], "south": ["s1"]}) == {"t2": "ana"}


def test_a_remote_visitor_needs_no_poc():
    [only] = assign([a_ticket("t1", needs_poc=False)], [an_agent("ana")], {}, NOW)

    assert only.poc is None


def test_a_remote_visitor_may_be_in_no_branch():
    nowhere = a_ticket("t1", needs_poc=False, branch=None)

    assert pairs([nowhere], [an_agent("ana", branches=NORTH)]) == {"t1": "ana"}
    assert pairs([nowhere], [an_agent("ana", branches=NORTH, poc="c1")]) == {}


def test_free_pocs_are_handed_out_in_the_order_given_to_the_most_urgent_first():
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2)]
    agents = [an_agent("ana"), an_agent("ben")]

    assert [one.poc for one in assign(waiting, agents, {"north": ["n9", "n1"]}, NOW)] == ["n9", "n1"]


def test_a_counter_session_brings_its_own_poc():
    [only] = assign([a_ticket("t1")], [an_agent("ana", poc="c1", branches=NORTH)], {}, NOW)

    assert only.poc == "c1"


def test_a_counter_session_takes_tickets_of_its_branch_only():
    assert pairs([a_ticket("t1", branch="south")], [an_agent("ana", poc="c1", branches=NORTH)]) == {}


def test_a_counter_session_serves_one_visitor_at_a_time():
    counter = an_agent("ana", poc="c1", branches=NORTH, free_lanes=3)

    assert pairs([a_ticket("t1"), a_ticket("t2", seq=2)], [counter]) == {"t1": "ana"}


def test_the_poc_of_a_counter_session_is_given_to_nobody_else():
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2)]
    agents = [an_agent("ana", poc="c1", branches=NORTH), an_agent("ben")]

    assert pairs(waiting, agents, {"north": ["c1"]}) == {"t1": "ana"}


def test_a_visitor_leaves_the_booth_for_a_counter_where_that_serves_one_more():
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2, queue="loans")]
    agents = [
        an_agent("ana", queues={"cards": 9}),
        an_agent("ben", queues={"cards": 5}, poc="c1", branches=NORTH),
        an_agent("cem", queues={"loans": 5}),
    ]

    assert pairs(waiting, agents, {"north": ["b1"]}) == {"t1": "ben", "t2": "cem"}


def test_where_pocs_are_scarce_urgency_wins_over_number():
    ana, ben = an_agent("ana", queues={"cards": 5}), an_agent("ben", queues={"loans": 5})
    waiting = [a_ticket("t1"), a_ticket("t2", seq=2, branch="south"), a_ticket("t3", seq=3, queue="loans")]

    assert pairs(waiting, [ana, ben], {"north": ["n1"], "south": ["s1"]}) == {"t1": "ana"}
    assert pairs(waiting[1:], [ana, ben], {"north": ["n1"], "south": ["s1"]}) == {"t2": "ana", "t3": "ben"}


def test_who_is_early_only_takes_agents_who_would_be_left_over():
    early = a_ticket("t1", key=NOW - seconds(900), eligible_from=NOW + seconds(1))
    waiting = [early, a_ticket("t2", seq=2)]

    assert pairs(waiting, [an_agent("ana")]) == {"t2": "ana"}
    assert pairs(waiting, [an_agent("ana"), an_agent("ben")]) == {"t2": "ana", "t1": "ben"}


def test_tickets_are_read_no_further_than_the_last_free_lane():
    seen: list[int] = []

    def line():
        for seq in count(1):
            seen.append(seq)
            yield a_ticket(f"t{seq}", seq=seq)

    assignments = assign(line(), [an_agent("ana"), an_agent("ben")], BOOTHS, NOW)

    assert [one.ticket for one in assignments] == ["t1", "t2"]
    assert seen == [1, 2]


def test_without_a_free_lane_no_ticket_is_read():
    line = iter([a_ticket("t1")])

    assert assign(line, [an_agent("ana", free_lanes=0)], BOOTHS, NOW) == []
    assert [one.id for one in line] == ["t1"]


def test_who_serves_no_contested_queue_does_not_keep_the_line_being_read():
    line = iter([a_ticket("t1"), a_ticket("t2", seq=2)])

    assign(line, [an_agent("ana"), an_agent("ben", queues={"exotic": 5})], BOOTHS, NOW, contested={"cards"})

    assert [one.id for one in line] == ["t2"]


def test_tickets_out_of_order_are_refused():
    with pytest.raises(ValueError, match="t2 goes before t1"):
        assign([a_ticket("t1", seq=2), a_ticket("t2", seq=1)], [an_agent("ana", free_lanes=9)], BOOTHS, NOW)


def test_a_ticket_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="t1 waits twice"):
        assign([a_ticket("t1"), a_ticket("t1")], [an_agent("ana", free_lanes=9)], BOOTHS, NOW)


def test_a_session_that_comes_twice_is_refused():
    with pytest.raises(ValueError, match="twice"):
        assign([a_ticket("t1")], [an_agent("ana"), an_agent("ana")], BOOTHS, NOW)


def test_a_counter_session_is_in_one_branch():
    with pytest.raises(ValueError, match="c1"):
        an_agent("ana", poc="c1")


def test_a_visitor_on_site_is_in_a_branch():
    with pytest.raises(ValueError, match="t1"):
        a_ticket("t1", branch=None)
