"""What holds in every queue, whatever the rules: Little's law, conservation, work conservation, everybody counted."""

from collections import Counter
from dataclasses import replace
from itertools import pairwise
from random import Random

import pytest

from acd.simulation.clockwork import run
from acd.simulation.day import SECOND, Day, Policy, seconds
from tests.unit.simulation.worlds import Watched, a_day, a_visitor, an_agent, by, random_day

DAYS = range(12)


@pytest.mark.parametrize("seed", DAYS)
def test_littles_law_holds_to_the_microsecond(seed):
    outcome = run(random_day(seed), seed=seed)

    assert outcome.line_area == sum(visit.in_line for visit in outcome.visits)


@pytest.mark.parametrize("seed", DAYS)
def test_everybody_who_comes_has_one_end(seed):
    day = random_day(seed)

    outcome = run(day, seed=seed)

    assert Counter(id(visit.visitor) for visit in outcome.visits) == Counter(id(visitor) for visitor in day.visitors)


@pytest.mark.parametrize("seed", DAYS)
def test_nobody_serves_two_at_once_or_out_of_hours(seed):
    outcome = run(random_day(seed), seed=seed)

    busy = sorted((work.agent, work.start, work.end) for work in outcome.work)
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(busy))
    duty = [(one.agent, one.start, one.end) for one in outcome.duty]
    assert all(any(who == agent and on <= start and end <= off for agent, on, off in duty) for who, start, end in busy)


@pytest.mark.parametrize("seed", DAYS)
def test_after_every_instant_nobody_is_left_beside_an_agent_for_him(seed):
    watched = Watched(random_day(seed), seed)

    watched.run()

    assert watched.looked > 100
    assert watched.left_undone == []


def two_classes(handling: float | None, people: int, seed: int = 3) -> Day:
    """Two agents, four fifths busy, every third visitor a VIP; always the same length, or exponential."""
    chance, at, visitors = Random(seed), 0.0, []
    for _ in range(people):
        at += chance.expovariate(1.6 / 5)
        minutes = handling if handling is not None else chance.expovariate(1 / 5)
        visitors.append(a_visitor(at, minutes=minutes, kind="vip" if chance.random() < 1 / 3 else ""))
    return a_day(visitors, [an_agent("ana", "q"), an_agent("ben", "q")])


RULES = {
    "first come first served": Policy(wrap_up_seconds=0, max_wait_minutes=0),
    "a credit": Policy(wrap_up_seconds=0, max_wait_minutes=0, credit_seconds={"vip": 240}),
    "VIPs always first": Policy(wrap_up_seconds=0, max_wait_minutes=0, credit_seconds={"vip": 1e8}),
    "escalation": Policy(wrap_up_seconds=0, max_wait_minutes=5, credit_seconds={"vip": 240}),
}


def test_the_sum_of_waits_is_the_same_under_every_rule_where_services_are_alike():
    day = two_classes(5, 3000)

    sums = {name: sum(v.wait for v in run(replace(day, policies={"q": rule})).visits) for name, rule in RULES.items()}

    assert len(set(sums.values())) == 1


def test_the_mean_of_waits_is_the_same_under_every_rule_that_ignores_the_length_of_services():
    day = two_classes(None, 10_000)
    means, vips = {}, {}

    for name, rule in RULES.items():
        outcome = run(replace(day, policies={"q": rule}))
        means[name] = sum(v.wait for v in outcome.visits) / len(outcome.visits) / SECOND
        vips[name] = sum(v.wait for v in by(outcome, "vip")) / len(by(outcome, "vip")) / SECOND

    first = means["first come first served"]
    assert all(mean == pytest.approx(first, rel=0.03) for mean in means.values())
    assert vips["VIPs always first"] < vips["a credit"] < 0.9 * vips["first come first served"]


def test_the_waits_of_two_priorities_are_those_of_cobham():
    # A. Cobham, Operations Research 2 (1954): W_p = (C/cμ) / ((1 − s_{p−1})(1 − s_p)), here C/cμ = 0.7111·150 s
    outcome = run(replace(two_classes(None, 30_000, seed=5), policies={"q": RULES["VIPs always first"]}))

    first, second = (sum(v.wait for v in some) / len(some) / SECOND for some in (by(outcome, "vip"), by(outcome, "")))

    vip, all_ = 0.8 / 3, 0.8
    assert first == pytest.approx(0.711111 * 150 / (1 - vip), rel=0.03)
    assert second == pytest.approx(0.711111 * 150 / ((1 - vip) * (1 - all_)), rel=0.05)


def test_the_same_seed_gives_the_same_run():
    first, second = run(random_day(5), seed=1), run(random_day(5), seed=1)

    assert first.visits == second.visits
    assert first.work == second.work


def test_patience_is_never_overrun():
    outcome = run(random_day(7), seed=7)

    late = [v for v in outcome.visits if v.in_line > max(v.visitor.patience, seconds(0.000001))]
    assert late == []
