"""Routing: how a queue departs from plain first come, first served; nothing of it unless the network file says so."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal

from qms.domain.network import Agent, Network, Queue

Fill = Literal["spread", "pack"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Overflow:
    """Whoever has waited `after` goes on to another queue, another branch, or both, by key; None: stays in the same."""

    after: timedelta
    queue: str | None = None
    branch: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Routing:
    """The policies of one queue.

    `weight`: seconds of credit against the other queues of its agents. `rings`: (seconds waited, least skill level).
    `mix`: so many with appointments in a row at most. `hold`: how long a ticket waits for its preferred agent alone,
    while he is on duty. `emergency`: classes that go before everybody. `max_waiting` 0: as many as come.
    `capacity`: so many people one agent may have at once with one of this queue among them; 1: it takes the agent
    whole. `fill`: who is given another one, the agent with the fewest or the one with the most.
    """

    overflow: Overflow | None = None
    weight: int = 0
    rings: tuple[tuple[float, int], ...] = ()
    mix: int = 0
    hold: timedelta = timedelta(0)
    emergency: frozenset[str] = frozenset()
    max_waiting: int = 0
    close_by_forecast: bool = False
    capacity: int = 1
    fill: Fill = "spread"

    @classmethod
    def of(cls, settings: Mapping[str, Any]) -> "Routing":
        """As a queue's settings have it."""
        return cls(
            overflow=_overflow(settings.get("overflow")),
            weight=settings.get("weight", 0),
            rings=tuple((after, level) for after, level in settings.get("rings", ())),
            mix=settings.get("mix", 0),
            hold=timedelta(seconds=settings.get("hold_seconds", 0)),
            emergency=frozenset(settings.get("emergency", ())),
            max_waiting=settings.get("max_waiting", 0),
            close_by_forecast=settings.get("close_by_forecast", False),
            capacity=settings.get("capacity", 1),
            fill=settings.get("fill", "spread"),
        )

    def held_until(self, agent: str | None, since: datetime) -> datetime | None:
        """Until when a ticket is held for an agent; None: there is none, or he is only asked first."""
        return since + self.hold if agent is not None and self.hold else None


USUAL = Routing()


def routing(network: Network, queue: Queue | str) -> Routing:
    """The policies of a queue, worked out once for each snapshot of the network."""
    id = queue if isinstance(queue, str) else queue.id
    kept: Routing | None = network.memo.get(("routing", id))
    if kept is None:
        found = network.queues.get(id)
        kept = network.memo["routing", id] = Routing.of(found.settings) if found is not None else USUAL
    return kept


def capacity(network: Network, agent: Agent | None, queue: str) -> int:
    """How many people an agent may have at once with one of this queue among them; 1: that one alone."""
    own = agent.capacity if agent is not None else None
    rules = routing(network, queue)
    return rules.capacity if own is None else min(own, rules.capacity)


def _overflow(given: Mapping[str, Any] | None) -> Overflow | None:
    if not given:
        return None
    after = timedelta(minutes=given["after_minutes"])
    return Overflow(after=after, queue=given.get("queue"), branch=given.get("branch"))
