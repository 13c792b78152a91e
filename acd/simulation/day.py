"""A day to be simulated: who comes when and for what, who is there to serve, and by which rules.

All times are whole microseconds since the day's midnight, so that sums are exact.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Literal

from acd.simulation.durations import Durations
from qms.domain.routing import USUAL, Routing

SECOND = 1_000_000
MINUTE = 60 * SECOND
HOUR = 60 * MINUTE
FOR_EVER = 1 << 62
"""After everything: the patience of somebody who never leaves, the end of a shift without end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The rules of a queue; the same words as in the network file.

    `answer`: how long an agent lets an offer ring before answering it; None: at once. What is longer than
    `ring_seconds` is a missed offer. At a counter a visitor who has left is found out when he is called:
    `no_show_seconds` later. A wait that ends in leaving within `short_seconds` is a short one.
    `routing` are the queue's policies, as the distributor has them from the network file.
    """

    target_seconds: float = 600
    short_seconds: float = 5
    mode: Literal["booth", "counter"] = "booth"
    ring_seconds: float = 20
    wrap_up_seconds: float = 10
    decline_cooldown_seconds: float = 30
    max_wait_minutes: float = 45
    credit_seconds: Mapping[str, float] = field(default_factory=dict)
    answer: Durations | None = None
    no_show_seconds: float = 60
    unstaffed: Literal["accept", "refuse", "callback"] = "accept"
    routing: Routing = USUAL
    early_minutes: float = 15
    grace_minutes: float = 10
    credit_minutes: float = 15

    @property
    def guarded(self) -> bool:
        """Whether somebody who comes may be turned away, or called back later."""
        return self.unstaffed != "accept" or self.routing.max_waiting > 0 or self.routing.close_by_forecast


@dataclass(frozen=True, slots=True, kw_only=True)
class Agent:
    """Somebody who serves: queue → skill level, and shifts from–to that do not overlap.

    `branches` None: everywhere; whoever sits at a counter is in one branch. `capacity`: at most so many people at once,
    whatever the queues allow.
    """

    key: str
    queues: Mapping[str, int]
    shifts: tuple[tuple[int, int], ...]
    branches: frozenset[str] | None = None
    capacity: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody who comes at `at`, is served for `handling` if he is, and leaves after `patience` if he is not.

    `slot` is the start of his appointment, `kind` the class to which a queue may give credit. `branch` None: the queue
    is in one place, or he is remote. `prefers`: the agent whom he has come for.
    """

    at: int
    queue: str
    handling: int
    patience: int = FOR_EVER
    kind: str = ""
    branch: str | None = None
    slot: int | None = None
    prefers: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """Everything that a run needs. `visitors` in order of `at`.

    `booths`: the free POCs of a branch; in a branch that is not listed places are plenty. Who comes at `closes` or
    later is turned away; None: the doors stay open. `name` and `midnight` only tell one day from another.
    """

    visitors: tuple[Visitor, ...]
    agents: tuple[Agent, ...]
    policies: Mapping[str, Policy]
    booths: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    closes: int | None = None
    name: str = ""
    midnight: datetime = datetime(2000, 1, 3, tzinfo=UTC)

    def policy(self, queue: str) -> Policy:
        """The rules of a queue; the usual ones where none are given."""
        return self.policies.get(queue, _USUAL)


_USUAL = Policy()


def seconds(duration: float) -> int:
    """Seconds as microseconds."""
    return round(duration * SECOND)
