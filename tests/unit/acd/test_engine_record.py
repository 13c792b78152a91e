"""Decisions on record come out the same when they are gone through again."""

import json
from dataclasses import replace

from hypothesis import given, settings

from acd.engine import assign
from acd.engine.record import holds, record, replay
from tests.unit.acd.engine_worlds import NOW, World, a_ticket, an_agent, seconds, worlds


def on_record(world: World):
    """A pass as it is kept: through JSON."""
    assignments = assign(world.waiting, world.available, world.free_pocs, NOW)
    return assignments, json.loads(
        json.dumps(record(world.waiting, world.available, world.free_pocs, NOW, assignments))
    )


@given(worlds())
@settings(max_examples=200, deadline=None)
def test_the_recorded_inputs_give_the_same_assignments_and_reasons(world):
    decided, kept = on_record(world)

    assert replay(kept) == decided
    assert holds(kept)


def test_everything_that_a_ticket_may_have_is_kept():
    ticket = a_ticket(
        "t1",
        preferred_agent="ana",
        preferred_until=NOW + seconds(5),
        level_rings=((0, 8), (30.5, 3)),
        cooldowns={"ben": NOW + seconds(9)},
        arrived_at=NOW - seconds(60),
    )
    agent = an_agent("ana", queues={"cards": 9}, poc="c1", branches=frozenset({"north"}), free_lanes=2)
    decided, kept = on_record(World([ticket], [agent], {"north": ["p1"]}))

    assert replay(kept) == decided
    assert kept["decided"] == [["t1", "s-ana", "c1"]]


def test_a_decision_that_was_tampered_with_is_noticed():
    _, kept = on_record(World([a_ticket("t1")], [an_agent("ana"), an_agent("ben")], {"north": ["p1"]}))
    other = {**kept, "decided": [["t1", "s-ben", "p1"]]}

    assert (holds(kept), holds(other)) == (True, False)
    assert holds({**other, "rules": 0})


def test_records_are_short():
    waiting = [replace(a_ticket(f"t{at}"), seq=at) for at in range(100)]
    _, kept = on_record(World(waiting, [an_agent("ana")], {"north": ["p1"]}))

    assert len(json.dumps(kept)) < 100 * 200
