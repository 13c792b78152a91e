"""The rules of a house in virtual time: whose turn it is, and what happens to those who wait."""

from dataclasses import replace

import pytest

from acd.simulation.clockwork import run
from acd.simulation.day import HOUR, MINUTE, Policy
from acd.simulation.durations import Constant
from tests.unit.simulation.worlds import PLAIN, a_day, a_visitor, an_agent, ends, waits

ANA = an_agent("ana", "q")


def test_who_comes_first_is_served_first():
    outcome = run(a_day([a_visitor(0), a_visitor(1), a_visitor(2)], [ANA], q=PLAIN))

    assert waits(outcome) == [0, 4, 8]


def test_wrap_up_comes_between_two():
    outcome = run(a_day([a_visitor(0), a_visitor(1)], [ANA], q=replace(PLAIN, wrap_up_seconds=120)))

    assert waits(outcome) == [0, 6]


def test_a_credit_goes_before_those_who_have_not_waited_longer_by_it():
    rule = replace(PLAIN, credit_seconds={"vip": 90})
    visitors = [a_visitor(0), a_visitor(1), a_visitor(2), a_visitor(3, kind="vip")]

    outcome = run(a_day(visitors, [ANA], q=rule))

    assert waits(outcome) == [0, 4, 13, 7]


def test_who_waits_beyond_the_limit_goes_first():
    rule = replace(PLAIN, credit_seconds={"vip": 3600}, max_wait_minutes=10)
    vips = [a_visitor(minute, kind="vip") for minute in (4, 6, 7, 8, 9)]

    outcome = run(a_day([a_visitor(0), a_visitor(1), *vips], [ANA], q=rule))

    assert waits(outcome)[1] == 14


def test_who_loses_patience_leaves():
    outcome = run(a_day([a_visitor(0), a_visitor(1, patience=2 * MINUTE), a_visitor(2)], [ANA], q=PLAIN))

    assert ends(outcome) == ["served", "abandoned", "served"]
    assert waits(outcome) == [0, 2, 3]


def test_at_a_counter_nobody_sees_that_a_visitor_has_left_before_he_is_called():
    rule = replace(PLAIN, mode="counter", no_show_seconds=60)

    outcome = run(a_day([a_visitor(0), a_visitor(1, patience=2 * MINUTE), a_visitor(2)], [ANA], q=rule))

    assert ends(outcome) == ["served", "abandoned", "served"]
    assert waits(outcome) == [0, 2, 4]


def test_ringing_is_part_of_the_wait():
    outcome = run(a_day([a_visitor(0), a_visitor(1)], [ANA], q=replace(PLAIN, answer=Constant(6))))

    assert waits(outcome) == pytest.approx([0.1, 4.2])


def test_a_missed_offer_keeps_the_place_and_goes_to_somebody_else_later():
    class Asleep:
        mean_seconds = 30.0
        left = 1

        def draw(self, chance):
            self.left -= 1
            return 30 if self.left >= 0 else 0

    rule = replace(PLAIN, answer=Asleep(), ring_seconds=20)

    outcome = run(a_day([a_visitor(0), a_visitor(0.5)], [ANA], q=rule))

    assert outcome.missed == 1
    assert waits(outcome) == pytest.approx([4 / 3, 5 / 6 + 5])  # Ana is back after a minute, the first still first


def test_who_leaves_while_it_rings_sets_the_agent_free():
    rule = replace(PLAIN, answer=Constant(15))

    outcome = run(a_day([a_visitor(0, patience=6_000_000), a_visitor(0.05)], [ANA], q=rule))

    assert ends(outcome) == ["abandoned", "served"]
    assert waits(outcome) == pytest.approx([0.1, 0.1 - 0.05 + 0.25])


def test_a_booth_queue_waits_for_a_booth():
    agents = [ANA, an_agent("ben", "q")]
    visitors = [a_visitor(0, branch="north"), a_visitor(1, branch="north"), a_visitor(2)]

    outcome = run(a_day(visitors, agents, q=PLAIN, booths={"north": ("1",)}))

    assert waits(outcome) == [0, 4, 0]


def test_an_agent_of_one_branch_serves_nobody_elsewhere():
    agents = [an_agent("ana", "q", branches=frozenset({"north"}))]

    outcome = run(a_day([a_visitor(0, branch="south", patience=HOUR), a_visitor(1, branch="north")], agents, q=PLAIN))

    assert ends(outcome) == ["abandoned", "served"]


def test_nobody_comes_in_after_closing_and_who_is_left_over_is_counted():
    agents = [an_agent("ana", "q", shift=(0, 12 * MINUTE))]
    visitors = [a_visitor(0, minutes=9), a_visitor(1), a_visitor(2), a_visitor(10)]

    outcome = run(a_day(visitors, agents, q=PLAIN, closes=10 * MINUTE))

    assert ends(outcome) == ["served", "served", "left over", "refused"]
    assert outcome.waiting_at_close == 1
    assert outcome.duty[0].end == 14 * MINUTE  # whoever is being served is served to the end


def test_a_pause_is_not_interrupted():
    ana = replace(ANA, shifts=((0, 3 * MINUTE), (20 * MINUTE, 60 * MINUTE)))

    outcome = run(a_day([a_visitor(0), a_visitor(1)], [ana], q=PLAIN))

    assert waits(outcome) == [0, 19]
    assert [(one.start // MINUTE, one.end // MINUTE) for one in outcome.duty] == [(0, 5), (20, 60)]


def test_an_appointment_goes_before_walk_ins_who_came_later_than_its_credited_time():
    visitors = [a_visitor(0, minutes=20), a_visitor(8), a_visitor(10, slot=20 * MINUTE), a_visitor(3)]

    outcome = run(a_day(visitors, [ANA], q=replace(PLAIN, credit_minutes=15)))

    ordered = [visit.visitor.at // MINUTE for visit in outcome.visits]
    assert ordered == [0, 3, 10, 8]


def test_the_wait_of_one_with_an_appointment_counts_from_the_time_agreed():
    outcome = run(a_day([a_visitor(0, minutes=20), a_visitor(5, slot=15 * MINUTE)], [ANA], q=PLAIN))

    assert waits(outcome) == [0, 5]


def test_who_has_been_idle_longest_is_next():
    agents = [ANA, an_agent("ben", "q")]

    outcome = run(a_day([a_visitor(0, minutes=3), a_visitor(1, minutes=1), a_visitor(4)], agents, q=PLAIN))

    assert [visit.agent for visit in outcome.visits] == ["ana", "ben", "ben"]


def test_who_serves_least_else_is_spared_for_nothing():
    agents = [an_agent("ana", "q", "other"), an_agent("ben", "q")]
    visitors = [a_visitor(0, "other", minutes=9), a_visitor(0)]

    outcome = run(a_day(visitors, agents, q=PLAIN, other=Policy(wrap_up_seconds=0)))

    assert waits(outcome) == [0, 0]


def test_two_agents_of_one_name_are_refused():
    with pytest.raises(ValueError, match="same key"):
        run(a_day([], [ANA, ANA]))
