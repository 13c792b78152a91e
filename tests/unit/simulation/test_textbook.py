"""The simulation, matcher and all, is the queue that mathematics knows where the assumptions are the same."""

import math
from collections.abc import Iterator
from dataclasses import fields, replace
from heapq import heapreplace
from statistics import stdev

import pytest

from acd.simulation.clockwork import run
from acd.simulation.day import SECOND, Day
from acd.simulation.erlang import Steady, erlang_a
from acd.simulation.figures import occupancy
from acd.simulation.outcome import Outcome
from tests.unit.simulation.published import TABLE
from tests.unit.simulation.worlds import textbook

NEVER = math.inf


def measured(outcome: Outcome, target: float, warm_up_hours: float = 8) -> Steady:
    """What was seen after the warm-up."""
    begin = warm_up_hours * 3600 * SECOND or outcome.visits[0].visitor.at
    visits = [visit for visit in outcome.visits if visit.visitor.at >= begin]
    last = max(visit.visitor.at for visit in visits)
    work = sum(max(0, min(one.end, last) - max(one.start, begin)) for one in outcome.work)
    agents = len(outcome.day.agents)
    return Steady(
        wait_probability=sum(visit.wait > 0 for visit in visits) / len(visits),
        mean_wait_seconds=sum(visit.wait for visit in visits) / len(visits) / SECOND,
        abandonment=sum(visit.end == "abandoned" for visit in visits) / len(visits),
        service_level=sum(visit.end == "served" and visit.wait <= target * SECOND for visit in visits) / len(visits),
        occupancy=work / (agents * (last - begin)),
    )


EXACTLY = Steady(wait_probability=0, mean_wait_seconds=0, abandonment=0, service_level=0, occupancy=0)


def agree(found: Steady, exact: Steady, error: Steady = EXACTLY) -> None:
    """Within the usual bounds, or three standard errors where these are wider."""
    for name, bound in {
        "wait_probability": 0.01,
        "abandonment": 0.005,
        "service_level": 0.01,
        "occupancy": 0.01,
    }.items():
        assert getattr(found, name) == pytest.approx(getattr(exact, name), abs=max(bound, 3 * getattr(error, name))), (
            name
        )
    mean = exact.mean_wait_seconds
    assert found.mean_wait_seconds == pytest.approx(mean, abs=max(0.03 * mean, 3 * error.mean_wait_seconds))


@pytest.mark.parametrize(
    ("servers", "per_hour", "patience", "target", "people", "seed"),
    [(5, 48, NEVER, 120, 30_000, 13), (10, 108, 300, 60, 20_000, 19)],
    ids=["Erlang C", "Erlang A"],
)
def test_it_is_erlangs_queue(servers, per_hour, patience, target, people, seed):
    """So many people leave the mean of a busy queue uncertain by some per cent: these are seeds of usual runs."""
    outcome = run(textbook(servers, per_hour, 300, patience, people, seed))

    agree(measured(outcome, target), erlang_a(servers, per_hour / 3600, 300, patience, target))


@pytest.mark.parametrize("row", TABLE[::2], ids=lambda row: f"{row[0]} servers, {row[1]:g}/h")
def test_every_wait_is_that_of_the_recursion(row):
    """First come first served can be said without a simulation: Kiefer and Wolfowitz (1955), here with patience."""
    day = textbook(row[0], row[1], row[2], row[3], 3_000, seed=5)

    outcome = run(day)

    assert sorted((visit.visitor.at, visit.wait, visit.end) for visit in outcome.visits) == list(recursion(day))


def recursion(day: Day) -> Iterator[tuple[int, int, str]]:
    """When each comes, how long he waits and what becomes of him: each agent is known by when he is free again."""
    free = [0] * len(day.agents)
    for visitor in day.visitors:
        wait = max(0, free[0] - visitor.at)
        if wait < visitor.patience:
            heapreplace(free, visitor.at + wait + visitor.handling)
            yield visitor.at, wait, "served"
        else:
            yield visitor.at, visitor.patience, "abandoned"


@pytest.mark.campaign
@pytest.mark.timeout(900)
@pytest.mark.parametrize("row", TABLE, ids=lambda row: f"{row[0]} servers, {row[1]:g}/h")
def test_it_is_erlangs_queue_in_every_case(row):
    """Within the bounds, or within three standard errors of what this run can know (batch means)."""
    servers, per_hour, handling, patience, target = row[:5]
    outcome = run(textbook(servers, per_hour, handling, patience, 200_000))

    agree(
        measured(outcome, target),
        erlang_a(servers, per_hour / 3600, handling, patience, target),
        errors(outcome, target),
    )


def errors(outcome: Outcome, target: float, batches: int = 20) -> Steady:
    """The standard error of each figure, from the figures of twenty parts of the run."""
    size = len(outcome.visits) // batches
    visits = sorted(outcome.visits, key=lambda visit: visit.visitor.at)
    parts = [
        measured(replace(outcome, visits=tuple(visits[at * size : (at + 1) * size]), work=()), target, warm_up_hours=0)
        for at in range(batches)
    ]
    values = {field.name: [getattr(part, field.name) for part in parts] for field in fields(Steady)}
    return Steady(**{name: stdev(some) / math.sqrt(batches) for name, some in values.items()})


def test_the_occupancy_is_the_work_over_the_time_on_duty():
    outcome = run(textbook(3, 32.4, 300, 600, 5_000))

    assert occupancy(outcome) == pytest.approx(0.7627, abs=0.02)
