"""How fast days pass: 64,000 calls in three seconds of one core, a day of fifty branches in less than a minute."""

import time
from collections.abc import Callable
from functools import partial
from random import Random

from acd.engine import Available, Waiting, assign
from acd.simulation.clockwork import run
from acd.simulation.day import HOUR, Day, Policy, Visitor, seconds
from acd.simulation.rollouts import keyed
from tests.unit.acd.engine_worlds import NOW
from tests.unit.simulation.worlds import a_day, an_agent, textbook

CALLS = 64_000


def cpu_seconds(act: Callable[[], object], rounds: int = 3) -> float:
    """The processor time of the quickest round: what else the machine does is not counted."""
    took = []
    for _ in range(rounds):
        began = time.process_time()
        act()
        took.append(time.process_time() - began)
    return min(took)


def test_64_000_calls_in_three_seconds():
    for name, day in {
        "10 agents": textbook(10, 102, 300, float("inf"), CALLS),
        "10 agents, impatient callers": textbook(10, 108, 300, 300, CALLS),
        "50 agents, impatient callers": textbook(50, 2880, 60, 120, CALLS),
    }.items():
        took = cpu_seconds(partial(run, day))

        print(f"{CALLS} calls, {name}: {took:.2f} s")
        assert took <= 3.0


def fifty_branches() -> Day:
    """Each with three queues, three booths, 500 visitors and two agents of its own; forty agents for all."""
    chance = Random(1)
    branches, queues = [f"b{n}" for n in range(50)], ["cash", "cards", "loans"]
    visitors = [
        Visitor(
            at=int(9 * HOUR + 8 * HOUR * chance.random()),
            queue=chance.choice(queues),
            branch=branch,
            handling=seconds(chance.lognormvariate(5.2, 0.8)),
            patience=seconds(chance.expovariate(1 / 1800)),
        )
        for branch in branches
        for _ in range(500)
    ]
    local = [
        an_agent(f"{branch} {n}", "cash", "cards", branches=frozenset({branch}), shift=(9 * HOUR, 17 * HOUR))
        for branch in branches
        for n in range(6)
    ]
    shared = [an_agent(f"shared {n}", *queues, shift=(9 * HOUR, 17 * HOUR)) for n in range(60)]
    booths = {branch: tuple(f"{branch}/{n}" for n in range(8)) for branch in branches}
    return a_day(visitors, [*local, *shared], booths=booths, closes=17 * HOUR, **dict.fromkeys(queues, Policy()))


def test_a_day_of_fifty_branches_in_less_than_a_minute():
    day = fifty_branches()

    began = time.process_time()
    outcome = run(day)
    took = time.process_time() - began
    keyed(outcome)

    whole = time.process_time() - began
    print(f"{len(day.visitors)} visitors, {len(day.agents)} agents: {took:.1f} s, with all figures {whole:.1f} s")
    assert whole < 60


def test_a_day_of_one_branch_with_all_its_figures():
    day = textbook(8, 110, 190, 387, 1_000)

    took = cpu_seconds(lambda: keyed(run(day)), rounds=10)

    print(f"1,000 visitors: {1000 * took:.0f} ms, two hundred days in {200 * took:.0f} s")
    assert took < 0.2


def test_a_pass_costs_the_same_whatever_the_backlog():
    available = [Available(session=f"s{n}", agent=f"a{n}", queues={"q": 5}, idle_since=NOW) for n in range(5)]
    line = [
        Waiting(id=str(n), queue="q", branch="b", band=2, key=NOW, seq=n, eligible_from=NOW, needs_poc=True)
        for n in range(100_000)
    ]
    pocs = {"b": [str(n) for n in range(5)]}
    took: dict[int, float] = {}

    for count in (10, 100_000, 10, 100_000):

        def passes(waiting=line[:count]):
            for _ in range(500):
                assign(iter(waiting), available, pocs, NOW, contested={"q"})

        took[count] = min(cpu_seconds(passes), took.get(count, 9.0))

    print({count: f"{1000 * one / 500:.3f} ms" for count, one in took.items()})
    assert took[100_000] <= 1.2 * took[10]
