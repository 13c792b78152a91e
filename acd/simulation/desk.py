"""Agents at work: who is on duty, idle, ringing or busy; the idle ones of each kind by how long they have been."""

from bisect import bisect_left, insort
from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Literal

from acd.engine import Available
from acd.engine.lanes import room_for
from acd.simulation.day import Agent, Day, Policy
from acd.simulation.line import line_of

State = Literal["off", "idle", "ringing", "busy", "wrap_up", "missed"]


class Kind:
    """Agents who differ in nothing that matters to the matcher: of these, who has been idle longest goes first."""

    __slots__ = ("begins", "capacities", "idle", "lines", "last_off", "most", "on_duty", "shares")

    def __init__(self, lines: tuple[str, ...], capacities: Mapping[str, int], most: int | None) -> None:
        self.lines = lines
        self.capacities = capacities
        self.most = most
        self.shares = any(one > 1 for one in capacities.values())
        self.begins: set[int] = set()
        self.idle: list[tuple[int, str, Desk]] = []
        self.on_duty = 0
        self.last_off = 0


class Desk:
    """One agent's place of work through the day. `off_at`: the end of the shift that he is in, or was in."""

    __slots__ = (
        "agent",
        "available",
        "held",
        "idle_since",
        "kind",
        "levels",
        "listed",
        "off_at",
        "on_since",
        "paused_until",
        "serving",
        "since",
        "state",
    )

    def __init__(self, agent: Agent, levels: Mapping[str, int], kind: Kind) -> None:
        self.agent = agent
        self.kind = kind
        self.levels = levels
        self.state: State = "off"
        self.idle_since = self.off_at = self.on_since = 0
        self.available: Available | None = None
        self.listed = False
        self.held: list[int] = []  # the capacities under which it has its tickets
        self.serving = self.since = self.paused_until = 0

    def idle(self, since: int, at: datetime) -> None:
        """Free for the next visitor, or for one more beside those that it has."""
        queues, lanes = self.levels, 1
        if self.kind.shares:
            queues, lanes, _ = room_for(self.levels, self.kind.capacities, self.held)
            if not lanes:
                return
        if not self.held:
            self.state = "idle"
        self.idle_since = since
        self.available = Available(
            session=self.agent.key,
            agent=self.agent.key,
            queues=queues,
            idle_since=at,
            free_lanes=lanes,
            held=len(self.held),
        )
        self.listed = True
        insort(self.kind.idle, (since, self.agent.key, self))

    def leave_idle(self, state: State) -> None:
        """No longer free."""
        if self.listed:
            self.close()
        self.state = state

    def close(self) -> None:
        """Given nobody any more."""
        if not self.listed:
            return
        idle = self.kind.idle
        entry = (self.idle_since, self.agent.key, self)
        del idle[0 if idle[0][2] is self else bisect_left(idle, entry)]
        self.listed = False


def capacity(own: int | None, policy: Policy) -> int:
    """How many people an agent may have at once with one of a queue among them."""
    return policy.routing.capacity if own is None else min(own, policy.routing.capacity)


def desks_of(day: Day) -> tuple[list[Desk], dict[str, list[Kind]]]:
    """A desk for each agent, and for each line the kinds of agents that serve it.

    Raises:
        ValueError: two agents of one key.
    """
    branches: dict[str, set[str | None]] = {}
    for visitor in day.visitors:
        branches.setdefault(visitor.queue, {None}).add(visitor.branch)
    _reached_by_overflow(day, branches)
    kinds: dict[tuple[object, ...], Kind] = {}
    desks = []
    for agent in day.agents:
        levels = {
            line_of(queue, branch): level
            for queue, level in sorted(agent.queues.items())
            for branch in sorted(branches.get(queue, {None}), key=lambda one: one or "")
            if branch is None or agent.branches is None or branch in agent.branches
        }
        capacities = {line: capacity(agent.capacity, day.policy(line.rpartition("@")[0])) for line in levels}
        made = Kind(tuple(levels), capacities, agent.capacity)
        kind = kinds.setdefault((tuple(levels.items()), agent.capacity), made)
        kind.last_off = max([kind.last_off, *(off for _, off in agent.shifts)])
        kind.begins.update(on for on, _ in agent.shifts)
        desks.append(Desk(agent, levels, kind))
    if len({desk.agent.key for desk in desks}) < len(desks):
        raise ValueError("two agents have the same key")
    return desks, by_line(kinds.values())


def _reached_by_overflow(day: Day, branches: dict[str, set[str | None]]) -> None:
    """Add the lines to which people go on, and on from there."""
    reached = True
    while reached:
        reached = False
        for queue, policy in day.policies.items():
            over = policy.routing.overflow
            for branch in branches.get(queue, set()).copy() if over is not None else ():
                there = branches.setdefault((over and over.queue) or queue, {None})
                to = branch if branch is None or over is None else over.branch or branch
                reached = reached or to not in there
                there.add(to)


def by_line(kinds: Iterable[Kind]) -> dict[str, list[Kind]]:
    """The kinds that serve each line."""
    found: dict[str, list[Kind]] = {}
    for kind in kinds:
        for line in kind.lines:
            found.setdefault(line, []).append(kind)
    return found
