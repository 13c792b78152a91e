"""The policies of the network file in virtual time, by the matcher and the values that the distributor has."""

from dataclasses import replace

import pytest

from acd.simulation.change import ruled
from acd.simulation.clockwork import run
from acd.simulation.day import HOUR, MINUTE, Policy
from acd.simulation.durations import Constant
from acd.simulation.rules import refuse_circles, routed
from qms.domain.routing import USUAL
from tests.unit.simulation.worlds import PLAIN, a_day, a_visitor, an_agent, ends, waits

ANA = an_agent("ana", "q")


def plain(**rules: object) -> Policy:
    """A queue with some policies."""
    policy = PLAIN
    for rule, value in rules.items():
        policy = ruled(policy, rule, value)
    return policy


def agents_of(outcome):
    """Who served each, in order of arrival."""
    return [visit.agent for visit in sorted(outcome.visits, key=lambda visit: visit.visitor.at)]


def test_a_queue_that_allows_several_gives_an_agent_several_and_no_more():
    outcome = run(a_day([a_visitor(n, minutes=10) for n in range(4)], [ANA], q=plain(capacity=3)))

    assert waits(outcome) == [0, 0, 0, 7]
    assert sum(work.end - work.start for work in outcome.work) == 20 * MINUTE


def test_who_has_fewer_is_given_the_next_unless_the_queue_packs():
    agents = [an_agent("ana", "q"), an_agent("ben", "q")]
    visitors = [a_visitor(n, minutes=30) for n in range(4)]

    spread = run(a_day(visitors, agents, q=plain(capacity=3)))
    packed = run(a_day(visitors, agents, q=plain(capacity=3, fill="pack")))

    assert agents_of(spread) == ["ana", "ben", "ana", "ben"]
    assert agents_of(packed) == ["ana", "ana", "ana", "ben"]


def test_what_wants_all_of_an_agent_is_never_mixed_with_anything():
    visitors = [a_visitor(0, "chat"), a_visitor(1, "cash"), a_visitor(2, "chat"), a_visitor(8, "chat")]

    outcome = run(a_day(visitors, [an_agent("ana", "chat", "cash")], chat=plain(capacity=3), cash=PLAIN))

    assert waits(outcome) == [0, 6, 0, 4]


def test_an_agent_s_own_capacity_is_the_least_that_counts():
    agents = [an_agent("ana", "q", capacity=1)]

    assert waits(run(a_day([a_visitor(0), a_visitor(1)], agents, q=plain(capacity=3)))) == [0, 4]


def test_a_missed_offer_beside_others_pauses_the_agent():
    rules = replace(plain(capacity=2), answer=Constant(30), ring_seconds=20)

    outcome = run(a_day([a_visitor(0)], [an_agent("ana", "q", shift=(0, 5 * MINUTE))], q=rules, closes=10 * MINUTE))

    assert (outcome.missed > 1, ends(outcome)) == (True, ["left over"])


def test_whoever_has_waited_long_enough_goes_on_to_another_line_where_somebody_is():
    agents = [an_agent("ana", "q"), an_agent("ben", "other", shift=(6 * MINUTE, HOUR))]
    visitors = [a_visitor(0, minutes=60), a_visitor(1)]

    outcome = run(a_day(visitors, agents, q=plain(overflow="2:other"), other=PLAIN))

    assert agents_of(outcome) == ["ana", "ben"]
    assert 5 <= waits(outcome)[1] <= 5.2


def test_a_full_queue_takes_nobody_but_who_has_an_appointment():
    visitors = [a_visitor(0), a_visitor(1), a_visitor(2), a_visitor(3, slot=3 * MINUTE)]

    assert ends(run(a_day(visitors, [ANA], q=plain(max_waiting=1)))) == ["served", "served", "refused", "served"]


def test_before_closing_only_those_are_let_in_who_can_be_served():
    visitors = [a_visitor(n, branch="b") for n in range(0, 20, 2)]

    outcome = run(a_day(visitors, [ANA], q=plain(close_by_forecast="true"), closes=20 * MINUTE))

    assert ends(outcome).count("served") in (3, 4)
    assert waits(outcome)[0] == 0


def test_after_so_many_appointments_comes_one_who_walked_in():
    booked = [a_visitor(1 + n / 10, slot=MINUTE, minutes=1) for n in range(4)]
    walked = a_visitor(0.5, minutes=1)

    outcome = run(a_day([a_visitor(0, minutes=3), walked, *booked], [ANA], q=plain(mix=2)))

    served = sorted(outcome.visits, key=lambda visit: visit.until)
    assert [visit.visitor.slot is not None for visit in served] == [False, True, True, False, True, True]


def test_rings_let_others_have_him_later():
    agents = [an_agent("ana", "q")]

    outcome = run(a_day([a_visitor(0)], agents, q=plain(rings="0:8 60:5")))

    assert waits(outcome) == [1]


def test_a_weight_counts_against_the_agent_s_other_queues():
    visitors = [a_visitor(0, "b"), a_visitor(1, "a"), a_visitor(2, "b")]

    outcome = run(a_day(visitors, [an_agent("ana", "a", "b")], a=PLAIN, b=plain(weight=120)))

    assert waits(outcome) == [0, 9, 3]


def test_a_hold_keeps_others_away_while_that_agent_is_on_duty():
    agents = [an_agent("ana", "q", shift=(0, HOUR)), an_agent("ben", "q", shift=(0, HOUR))]
    visitors = [a_visitor(0, prefers="ana", minutes=10), a_visitor(1, prefers="ana"), a_visitor(2, minutes=1)]

    held = run(a_day(visitors, agents, q=plain(hold_seconds=300)))
    alone = run(a_day(visitors, [an_agent("cyd", "q")], q=plain(hold_seconds=300)))

    assert (agents_of(held), waits(held)) == (["ana", "ben", "ben"], [0, 5, 0])
    assert waits(alone)[1] == 9


def test_emergencies_go_first():
    visitors = [a_visitor(0), a_visitor(1), a_visitor(2, kind="urgent")]

    assert waits(run(a_day(visitors, [ANA], q=plain(emergency="urgent")))) == [0, 9, 3]


def test_who_leaves_a_number_is_called_as_soon_as_somebody_comes():
    late = an_agent("ana", "q", shift=(30 * MINUTE, HOUR))

    outcome = run(a_day([a_visitor(0), a_visitor(40)], [late], q=plain(unstaffed="callback")))

    assert (ends(outcome), waits(outcome)) == (["served", "served"], [30, 0])


def test_nobody_is_let_in_while_nobody_is_there_where_the_queue_refuses():
    late = an_agent("ana", "q", shift=(30 * MINUTE, HOUR))

    outcome = run(a_day([a_visitor(0), a_visitor(30)], [late], q=plain(unstaffed="refuse")))

    assert ends(outcome) == ["refused", "served"]


def test_the_time_in_line_is_the_length_of_the_line_whatever_the_policies():
    rules = plain(capacity=2, unstaffed="callback", rings="0:8 60:1", overflow="3:other", mix=1, max_waiting=4)
    visitors = [
        a_visitor(n / 2, minutes=3, kind="", slot=n * MINUTE if n % 3 == 0 else None, prefers="ana" if n % 4 else "")
        for n in range(60)
    ]
    agents = [an_agent("ana", "q", shift=(MINUTE, 40 * MINUTE)), an_agent("ben", "other", shift=(5 * MINUTE, HOUR))]

    outcome = run(a_day(visitors, agents, q=rules, other=plain(capacity=2), closes=35 * MINUTE))

    assert len(outcome.visits) == 60
    assert sum(visit.in_line for visit in outcome.visits if visit.end != "refused") == outcome.line_area


@pytest.mark.parametrize(
    ("rule", "value"),
    [("rings", "8"), ("overflow", "15"), ("capacity", "0"), ("mix", "x"), ("fill", "full"), ("close_by_forecast", "?")],
)
def test_what_is_not_of_the_form_is_refused(rule, value):
    with pytest.raises(ValueError, match=rule):
        routed(USUAL, rule, value)


def test_the_network_file_s_own_shapes_are_understood():
    rings = routed(USUAL, "rings", [{"level": 8}, {"after_seconds": 60, "level": 1}]).rings
    over = routed(USUAL, "overflow", {"after_minutes": 5, "branch": "north"}).overflow

    assert (rings, over and over.branch) == (((0.0, 8), (60.0, 1)), "north")


def test_a_day_without_an_end_ends_though_nobody_comes_back_to_whom_people_could_go_on():
    agents = [an_agent("ana", "q", shift=(0, HOUR)), an_agent("ben", "other", shift=(0, HOUR))]
    visitors = [a_visitor(55, minutes=10), a_visitor(58)]

    outcome = run(a_day(visitors, agents, q=plain(overflow="5:other"), other=PLAIN))

    assert ends(outcome) == ["served", "left over"]


def test_overflows_that_go_round_in_circles_are_refused():
    routings = {"a": routed(USUAL, "overflow", "1:b"), "b": routed(USUAL, "overflow", "1:a@north")}

    refuse_circles({"a": routings["a"], "b": routed(USUAL, "overflow", "1:b@north")})
    with pytest.raises(ValueError, match="circles"):
        refuse_circles(routings)
