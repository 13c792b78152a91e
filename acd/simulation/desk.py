"""Agents at work: who is on duty, idle, ringing or busy; the idle ones of each kind by how long they have been."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from acd.engine import Available
from acd.simulation.day import Agent, Day
from acd.simulation.line import lane_of

State = Literal["off", "idle", "ringing", "busy", "wrap_up", "missed"]


class Kind:
    """Agents who differ in nothing that matters to the matcher: of these, who has been idle longest goes first."""

    __slots__ = ("idle", "lanes", "on_duty", "last_off")

    def __init__(self, lanes: tuple[str, ...]) -> None:
        self.lanes = lanes
        self.idle: list[tuple[int, str, Desk]] = []
        self.on_duty = 0
        self.last_off = 0


class Desk:
    """One agent's place of work through the day. `off_at`: the end of the shift that he is in, or was in."""

    __slots__ = ("agent", "kind", "levels", "state", "idle_since", "off_at", "on_since", "available")

    def __init__(self, agent: Agent, levels: Mapping[str, int], kind: Kind) -> None:
        self.agent = agent
        self.kind = kind
        self.levels = levels
        self.state: State = "off"
        self.idle_since = self.off_at = self.on_since = 0
        self.available: Available | None = None

    def idle(self, since: int, at: datetime) -> None:
        """Free for the next visitor."""
        self.state = "idle"
        self.idle_since = since
        self.available = Available(
            session=self.agent.key,
            agent=self.agent.key,
            queues=self.levels,
            idle_since=at,
        )
        insort(self.kind.idle, (since, self.agent.key, self))

    def leave_idle(self, state: State) -> None:
        """No longer free."""
        idle = self.kind.idle
        entry = (self.idle_since, self.agent.key, self)
        del idle[0 if idle[0][2] is self else bisect_left(idle, entry)]
        self.state = state


def desks_of(day: Day) -> tuple[list[Desk], dict[str, list[Kind]]]:
    """A desk for each agent, and for each lane the kinds of agents that serve it.

    Raises:
        ValueError: two agents of one key.
    """
    branches: dict[str, set[str | None]] = {}
    for visitor in day.visitors:
        branches.setdefault(visitor.queue, {None}).add(visitor.branch)
    kinds: dict[tuple[tuple[str, int], ...], Kind] = {}
    desks = []
    for agent in day.agents:
        levels = {
            lane_of(queue, branch): level
            for queue, level in sorted(agent.queues.items())
            for branch in sorted(branches.get(queue, {None}), key=lambda one: one or "")
            if branch is None or agent.branches is None or branch in agent.branches
        }
        kind = kinds.setdefault(tuple(levels.items()), Kind(tuple(levels)))
        kind.last_off = max([kind.last_off, *(off for _, off in agent.shifts)])
        desks.append(Desk(agent, levels, kind))
    if len({desk.agent.key for desk in desks}) < len(desks):
        raise ValueError("two agents have the same key")
    return desks, by_lane(kinds.values())


def by_lane(kinds: Iterable[Kind]) -> dict[str, list[Kind]]:
    """The kinds that serve each lane."""
    found: dict[str, list[Kind]] = {}
    for kind in kinds:
        for lane in kind.lanes:
            found.setdefault(lane, []).append(kind)
    return found
