"""The properties notice a matcher that is wrong: each rule is broken in a copy, and a property must fail on it."""

import importlib
import sys
from dataclasses import fields
from pathlib import Path
from types import ModuleType

import pytest
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

import acd.engine
from acd.engine import Available, Waiting
from tests.unit.acd import engine_properties as properties
from tests.unit.acd.engine_properties import Assign, Property
from tests.unit.acd.engine_worlds import World, a_ticket, an_agent, worlds

SCARCE = worlds(counters=False)
COUNTERS = worlds(remote=False)
ONE_BOOTH = World(
    [a_ticket("t1", queue="cards", seq=1), a_ticket("t2", queue="loans", seq=2)],
    [
        an_agent("ana", queues={"cards": 9}),
        an_agent("ben", queues={"cards": 5}, poc="c1", branches=frozenset({"north"})),
        an_agent("cem", queues={"loans": 5}),
    ],
    {"north": ["b1"]},
)
"""Cem can serve the second ticket in the only booth if the first leaves it, and Ana, for Ben's counter."""
PLENTY = worlds(lanes=1, pocs=(6, 6))


def mutant(tmp_path: Path, file: str, before: str, after: str) -> Assign:
    """The `assign` of a copy of the engine in which one piece of text was changed."""
    name = "mutant"
    folder = tmp_path / name
    folder.mkdir()
    for source in Path(acd.engine.__file__).parent.glob("*.py"):
        text = source.read_text(encoding="utf-8")
        if source.name == file:
            assert text.count(before) == 1, f"{file} has no single {before!r} to change"
            text = text.replace(before, after)
        (folder / source.name).write_text(text.replace("acd.engine", name), encoding="utf-8")
    sys.path.insert(0, str(tmp_path))
    try:
        importlib.invalidate_caches()
        return speaking(importlib.import_module(name))
    finally:
        sys.path.remove(str(tmp_path))
        for loaded in [module for module in sys.modules if module.split(".")[0] == name]:
            del sys.modules[loaded]


def speaking(engine: ModuleType) -> Assign:
    """Its `assign`, given its own kinds of values: what they decide may be what is broken."""

    def assign(waiting, available, free_pocs, now, **options):
        tickets = [engine.Waiting(**facts(one)) for one in waiting]
        return engine.assign(tickets, [engine.Available(**facts(one)) for one in available], free_pocs, now, **options)

    return assign


def facts(value: Waiting | Available) -> dict:
    return {field.name: getattr(value, field.name) for field in fields(value)}


def refuted(assign, holds: Property, strategy) -> bool:
    """Whether some world shows that the property does not hold."""

    @seed(1)
    @settings(
        max_examples=400,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        report_multiple_bugs=False,
        suppress_health_check=list(HealthCheck),
    )
    @given(strategy)
    def attempt(world: World) -> None:
        holds(assign, world)

    try:
        attempt()
    except (AssertionError, IndexError, ValueError):
        return True
    return False


MUTANTS = {
    "the last comes first": (
        "distribution.py",
        "            line.join(ticket)\n        if ticket.early",
        "            line.join(ticket)\n    for ticket in list(waiting)[::-1]:\n        if ticket.early",
        properties.serves_the_most_urgent_set,
        SCARCE,
    ),
    "nobody changes agents": (
        "matching.py",
        "elif not self._rearrange(ticket):",
        "else:",
        properties.serves_as_many_as_possible,
        PLENTY,
    ),
    "nobody leaves a booth for a counter": (
        "matching.py",
        "return any(not any(one.needs_poc for one in seat.tickets.values()) for seat in counters)",
        "return False",
        properties.serves_the_most_urgent_set,
        st.just(ONE_BOOTH),
    ),
    "POCs are not counted": (
        "matching.py",
        "self._pocs_left[branch] -= 1",
        "pass",
        properties.breaks_no_invariant,
        SCARCE,
    ),
    "a POC is free in another branch, so it will do": (
        "matching.py",
        'return ticket.needs_poc and not self._pocs_left[ticket.branch or ""]',
        "return ticket.needs_poc and not sum(self._pocs_left.values())",
        properties.breaks_no_invariant,
        SCARCE,
    ),
    "one branch without POCs stops all": (
        "matching.py",
        'return ticket.needs_poc and not self._pocs_left[ticket.branch or ""]',
        "return not all(self._pocs_left.values())",
        properties.serves_the_most_urgent_set,
        SCARCE,
    ),
    "a decline is forgotten": (
        "eligibility.py",
        "if until > now)",
        "if until < now)",
        properties.breaks_no_invariant,
        SCARCE,
    ),
    "a cooldown never ends": (
        "eligibility.py",
        "for agent, until in ticket.cooldowns.items() if until > now",
        "for agent in ticket.cooldowns",
        properties.serves_the_most_urgent_set,
        SCARCE,
    ),
    "a ticket is not held for its agent": (
        "eligibility.py",
        "    return ticket.preferred_agent\n",
        "    return None\n",
        properties.breaks_no_invariant,
        SCARCE,
    ),
    "a ticket is held for ever": (
        "eligibility.py",
        "if ticket.preferred_until is None or ticket.preferred_until <= now:",
        "if ticket.preferred_until is None:",
        properties.serves_the_most_urgent_set,
        SCARCE,
    ),
    "rings never widen": (
        "eligibility.py",
        "number = max(1, sum(after <= waited for after, _ in ticket.level_rings))",
        "number = 1",
        properties.serves_the_most_urgent_set,
        SCARCE,
    ),
    "levels are not asked for": (
        "eligibility.py",
        "if level < demand.minimum_level and available.agent != ticket.preferred_agent:",
        "if level < 0:",
        properties.breaks_no_invariant,
        SCARCE,
    ),
    "any branch will do": (
        "values.py",
        "return self.branches is None or branch in self.branches",
        "return branch is not None",
        properties.breaks_no_invariant,
        SCARCE,
    ),
    "who is early counts as here": (
        "distribution.py",
        "if ticket.early(now):\n            early.append(ticket)\n        elif",
        "if",
        properties.serves_the_most_urgent_set,
        SCARCE,
    ),
    "who is early is sent away": (
        "distribution.py",
        "    for ticket in early:",
        "    for ticket in early[:0]:",
        properties.serves_the_most_urgent_set,
        SCARCE,
    ),
    "an agent takes more than his lanes": (
        "roster.py",
        "return len(self.tickets) < self.lanes",
        "return len(self.tickets) <= self.lanes",
        properties.breaks_no_invariant,
        SCARCE,
    ),
    "a counter takes two at a time": (
        "values.py",
        "return self.free_lanes if self.poc is None else min(1, self.free_lanes)",
        "return self.free_lanes",
        properties.breaks_no_invariant,
        COUNTERS,
    ),
    "the first failure ends the pass": (
        "distribution.py",
        "            if not matching.lanes_left:\n                return served",
        "        else:\n            return served",
        properties.serves_the_most_urgent_set,
        SCARCE,
    ),
    "one failure settles more than it does": (
        "roster.py",
        "            ticket.branch,\n            ticket.needs_poc,",
        "",
        properties.serves_the_most_urgent_set,
        SCARCE,
    ),
    "agents go as they were read": (
        "roster.py",
        "for session in sorted(available, key=lambda one: (one.agent, one.session)):",
        "for session in available:",
        properties.does_not_depend_on_how_agents_were_read,
        SCARCE,
    ),
    "the least skilled is preferred": (
        "roster.py",
        "-session.queues[ticket.queue],",
        "session.queues[ticket.queue],",
        properties.gives_each_the_best_who_was_free,
        PLENTY,
    ),
    "the preferred agent is not preferred": (
        "roster.py",
        "session.agent != ticket.preferred_agent,",
        "session.agent == ticket.preferred_agent,",
        properties.gives_each_the_best_who_was_free,
        PLENTY,
    ),
    "the most flexible goes first": (
        "roster.py",
        "        seat.flexibility,\n        session",
        "        -seat.flexibility,\n        session",
        properties.gives_each_the_best_who_was_free,
        PLENTY,
    ),
    "who just became idle goes first": (
        "roster.py",
        "        session.idle_since,\n",
        "        -session.idle_since.timestamp(),\n",
        properties.gives_each_the_best_who_was_free,
        PLENTY,
    ),
    "the line is counted across branches": (
        "line.py",
        "queue = (ticket.branch, ticket.queue)",
        'queue = ("", ticket.queue)',
        properties.gives_reasons_that_are_true,
        SCARCE,
    ),
}
"""What is broken → file, text, changed text, the property that must notice, and where."""


@pytest.mark.parametrize("broken", MUTANTS)
def test_it_is_noticed_when(broken: str, tmp_path: Path):
    file, before, after, holds, strategy = MUTANTS[broken]

    assert refuted(mutant(tmp_path, file, before, after), holds, strategy)
