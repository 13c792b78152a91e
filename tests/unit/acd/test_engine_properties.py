"""The matcher against a plain search through all possibilities, in small worlds."""

from hypothesis import given, settings
from hypothesis import strategies as st

from acd.engine import assign
from acd.engine.eligibility import demand_of, refusal
from acd.engine.invariants import check_matching, may_take
from tests.unit.acd import engine_properties as properties
from tests.unit.acd.engine_worlds import NOW, World, worlds

EXACT = worlds(counters=False) | worlds(remote=False)
"""Where remote visitors compete for counters and POCs are scarce, the best set is not promised."""

quick = settings(max_examples=60, deadline=None)


@quick
@given(EXACT)
def test_the_most_urgent_set_is_served(world: World):
    properties.serves_the_most_urgent_set(assign, world)


@quick
@given(EXACT)
def test_no_invariant_is_broken(world: World):
    properties.breaks_no_invariant(assign, world)


@quick
@given(worlds())
def test_nobody_is_left_beside_an_agent_even_where_the_best_set_is_not_promised(world: World):
    assignments = properties.run(assign, world)

    broken = check_matching(world.waiting, world.available, world.free_pocs, assignments, NOW)

    assert [line for line in broken if not line.startswith("I4")] == []


@quick
@given(worlds(pocs=(6, 6)))
def test_where_pocs_suffice_as_many_as_possible_are_served(world: World):
    properties.serves_as_many_as_possible(assign, world)


@quick
@given(worlds())
def test_the_order_in_which_agents_are_read_does_not_matter(world: World):
    properties.does_not_depend_on_how_agents_were_read(assign, world)


@quick
@given(worlds())
def test_the_most_urgent_comes_first_in_the_answer(world: World):
    properties.answers_the_most_urgent_first(assign, world)


@quick
@given(worlds(early=False))
def test_alike_tickets_are_served_in_order(world: World):
    properties.serves_alike_tickets_in_order(assign, world)


@quick
@given(worlds(lanes=1, pocs=(6, 6)))
def test_each_ticket_gets_the_best_agent_who_was_free(world: World):
    properties.gives_each_the_best_who_was_free(assign, world)


@quick
@given(worlds())
def test_the_reasons_are_true(world: World):
    properties.gives_reasons_that_are_true(assign, world)


@quick
@given(worlds())
def test_an_iterator_is_read_to_the_same_end(world: World):
    properties.reads_an_iterator_to_the_same_end(assign, world)


@quick
@given(worlds(), st.data())
def test_the_rules_said_twice_say_the_same(world: World, data: st.DataObject):
    ticket = data.draw(st.sampled_from(world.waiting))
    agent = data.draw(st.sampled_from(world.available))

    assert may_take(ticket, agent, NOW) == (refusal(ticket, agent, demand_of(ticket, NOW)) is None)
