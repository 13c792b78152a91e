"""Days for the simulation: textbook queues, and small houses made by hand."""

import math
from collections.abc import Iterable
from dataclasses import replace
from random import Random

from acd.engine.invariants import check_matching
from acd.simulation.clockwork import Clockwork
from acd.simulation.day import FOR_EVER, MINUTE, SECOND, Agent, Day, Policy, Visitor, seconds
from acd.simulation.durations import Exponential
from acd.simulation.outcome import Outcome, Visit

PLAIN = Policy(wrap_up_seconds=0, max_wait_minutes=0)
"""Answered at once, free at once, nobody escalated: as the textbooks have it."""


def textbook(servers: int, per_hour: float, handling: float, patience: float, people: int, seed: int = 1) -> Day:
    """M/M/c, or M/M/c+M where patience is finite."""
    chance, at, visitors = Random(seed), 0.0, []
    for _ in range(people):
        at += chance.expovariate(per_hour / 3600)
        served = chance.expovariate(1 / handling)
        leaves = FOR_EVER if math.isinf(patience) else seconds(chance.expovariate(1 / patience))
        visitors.append(Visitor(at=seconds(at), queue="q", handling=seconds(served), patience=leaves))
    return a_day(visitors, [an_agent(f"a{n}", "q") for n in range(servers)], q=PLAIN)


def a_day(visitors: Iterable[Visitor], agents: Iterable[Agent], **more) -> Day:
    """A day; keyword arguments that are policies are those of queues."""
    policies = {name: more.pop(name) for name in list(more) if isinstance(more[name], Policy)}
    ordered = sorted(visitors, key=lambda one: one.at)
    return Day(visitors=tuple(ordered), agents=tuple(agents), policies=policies, **more)


def an_agent(key: str, *queues: str, shift: tuple[int, int] = (0, FOR_EVER), **more) -> Agent:
    """Serves some queues, always there unless said otherwise."""
    return Agent(key=key, queues=dict.fromkeys(queues, 5), shifts=(shift,), **more)


def a_visitor(minute: float, queue: str = "q", *, minutes: float = 5, **more) -> Visitor:
    """Comes at that minute, and takes five."""
    return Visitor(at=round(minute * MINUTE), queue=queue, handling=round(minutes * MINUTE), **more)


def waits(outcome: Outcome) -> list[float]:
    """Minutes, in order of arrival."""
    ordered = sorted(outcome.visits, key=lambda visit: visit.visitor.at)
    return [visit.wait / MINUTE for visit in ordered]


def ends(outcome: Outcome) -> list[str]:
    """What became of them, in order of arrival."""
    return [visit.end for visit in sorted(outcome.visits, key=lambda visit: visit.visitor.at)]


def by(outcome: Outcome, kind: str) -> list[Visit]:
    """The visits of a class."""
    return [visit for visit in outcome.visits if visit.visitor.kind == kind]


def random_day(seed: int, people: int = 150) -> Day:
    """Queues, branches, booths, shifts, misses, appointments: a bit of everything."""
    chance = Random(seed)
    queues, branches = ["cards", "loans", "cash"], ["north", "south"]
    policies = {
        queue: Policy(
            wrap_up_seconds=chance.choice((0, 30)),
            max_wait_minutes=chance.choice((0, 10)),
            credit_seconds={"vip": 300},
            answer=chance.choice((None, Exponential(10))),
            mode="counter" if queue == "cash" else "booth",
        )
        for queue in queues
    }
    visitors = []
    for _ in range(people):
        at = chance.uniform(0, 200)
        visitors.append(
            a_visitor(
                at,
                chance.choice(queues),
                minutes=chance.expovariate(1 / 6),
                patience=chance.choice((FOR_EVER, seconds(chance.expovariate(1 / 900)))),
                kind=chance.choice(("", "", "vip")),
                branch=chance.choice((*branches, None)),
                slot=chance.choice((None, None, None, round((at + chance.uniform(-20, 20)) * MINUTE) + 30 * MINUTE)),
            )
        )
    agents = []
    for number in range(6):
        served = chance.sample(queues, chance.randint(1, 3))
        start = chance.randint(0, 60) * MINUTE
        shifts = ((start, start + 60 * MINUTE), (start + 75 * MINUTE, start + 200 * MINUTE))
        where = chance.choice((None, frozenset({"north"})))
        agents.append(replace(an_agent(f"agent {number}", *served, branches=where), shifts=shifts))
    return a_day(visitors, agents, booths={"north": ("n1", "n2")}, closes=210 * MINUTE, **policies)


class Watched(Clockwork):
    """Says after every instant what a complete pass would still have to do."""

    def __init__(self, day: Day, seed: int = 0) -> None:
        super().__init__(day, Random(seed))
        self.left_undone: list[str] = []
        self.looked = 0

    def settle(self) -> None:
        super().settle()
        self.look()

    def look(self) -> None:
        """All who wait, and all who are idle, as the invariants see them."""
        house = self.house
        waiting = [guest.ticket for guest in house.waiting.values()]
        idle = [desk.available for desk in house.desks if desk.state == "idle" and desk.available is not None]
        self.looked += 1
        self.left_undone += check_matching(waiting, idle, house.booths, [], house.at)


__all__ = ["SECOND", "Watched", "a_day", "a_visitor", "an_agent", "by", "ends", "random_day", "textbook", "waits"]
