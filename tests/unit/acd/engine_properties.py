"""What must be true of any matcher worth the name, whatever the world: each takes the matcher and a world."""

import json
from collections.abc import Callable
from dataclasses import replace

from acd.engine.invariants import check_matching, may_take
from tests.unit.acd.engine_worlds import NOW, World, most_at_once, most_urgent_set

Assign = Callable[..., list]
Property = Callable[[Assign, World], None]


def run(assign: Assign, world: World) -> list:
    return assign(world.waiting, world.available, world.free_pocs, NOW)


def breaks_no_invariant(assign: Assign, world: World) -> None:
    """Every ticket, lane and POC at most once; nobody passed over for a later one; nobody left beside an agent."""
    assignments = run(assign, world)

    assert check_matching(world.waiting, world.available, world.free_pocs, assignments, NOW) == []


def serves_the_most_urgent_set(assign: Assign, world: World) -> None:
    """The tickets served are those that a plain search through all possibilities finds."""
    assignments = run(assign, world)

    assert {one.ticket for one in assignments} == most_urgent_set(world)


def serves_as_many_as_possible(assign: Assign, world: World) -> None:
    """No other choice of tickets is larger. Only where POCs are not scarce."""
    assignments = run(assign, world)

    assert len(assignments) == most_at_once(world)


def does_not_depend_on_how_agents_were_read(assign: Assign, world: World) -> None:
    turned = [replace(one, queues=dict(reversed(list(one.queues.items())))) for one in reversed(world.available)]

    assert run(assign, world) == run(assign, replace(world, available=turned))


def answers_the_most_urgent_first(assign: Assign, world: World) -> None:
    served = [one.ticket for one in run(assign, world)]

    assert served == [one.id for one in world.by_urgency() if one.id in served]


def serves_alike_tickets_in_order(assign: Assign, world: World) -> None:
    """First come first served: of tickets that differ in order only, a beginning is served."""
    alike = [replace(world.waiting[0], id=one.id, band=one.band, key=one.key, seq=one.seq) for one in world.waiting]

    served = [one.ticket for one in run(assign, replace(world, waiting=alike))]

    assert served == [one.id for one in alike][: len(served)]


def gives_each_the_best_who_was_free(assign: Assign, world: World) -> None:
    """Unless tickets changed agents: nobody further up the ticket's list was left or went to a less urgent one."""
    assignments = run(assign, world)
    if any(one.reasons.rearranged for one in assignments):
        return
    taken: set[str] = set()
    for one in assignments:
        free = [agent for agent in _by_preference(world, one.ticket) if agent not in taken]
        assert one.agent == free[0]
        assert [candidate.agent for candidate in one.reasons.candidates] == _by_preference(world, one.ticket)
        taken.add(one.agent)


def _by_preference(world: World, id: str) -> list[str]:
    """Agents who may take the ticket: the preferred one, the most skilled, the least flexible, the longest idle."""
    ticket = next(one for one in world.waiting if one.id == id)
    contested = {one.queue for one in world.waiting}
    able = [one for one in world.available if one.free_lanes and may_take(ticket, one, NOW)]
    able.sort(key=lambda one: one.agent)
    able.sort(key=lambda one: one.idle_since)
    able.sort(key=lambda one: len(contested & one.queues.keys()))
    able.sort(key=lambda one: one.queues[ticket.queue], reverse=True)
    able.sort(key=lambda one: one.agent != ticket.preferred_agent)
    return [one.agent for one in able]


def gives_reasons_that_are_true(assign: Assign, world: World) -> None:
    """Positions count, the winner is among the candidates, and those passed over are those who were left."""
    assignments = run(assign, world)
    served = {one.ticket: one for one in assignments}
    for at, ticket in enumerate(world.waiting):
        one = served.get(ticket.id)
        if one is None:
            continue
        before = world.waiting[:at]
        queues = next(agent.queues for agent in world.available if agent.agent == one.agent)
        left = [other.id for other in before if other.queue in queues and other.id not in served]
        assert json.loads(json.dumps(one.reasons.as_json()))["ahead"] == at
        assert one.reasons.position == 1 + sum(
            (other.branch, other.queue) == (ticket.branch, ticket.queue) for other in before
        )
        assert one.agent in [candidate.agent for candidate in one.reasons.candidates]
        assert [other.ticket for other in one.reasons.passed_over] == left


def reads_an_iterator_to_the_same_end(assign: Assign, world: World) -> None:
    """Read one by one, with the queues named, everything is as if all had been given at once."""
    contested = {one.queue for one in world.waiting}

    one_by_one = assign(iter(world.waiting), world.available, world.free_pocs, NOW, contested=contested)

    assert one_by_one == run(assign, world)
