"""What the matcher is given and what it gives back: tickets that wait, sessions with a free lane, assignments."""

from collections.abc import Mapping
from dataclasses import field
from datetime import datetime, timedelta

from acd.engine.reasons import Reasons
from qms.domain.value import value


@value(frozen=True, slots=True, kw_only=True)
class Waiting:
    """A ticket that waits.

    `band` goes before `key`, `key` before `seq`; the lower is the more urgent. Before `eligible_from` a ticket only
    takes agents who would otherwise be left over. `needs_poc` says that the visitor is on site and must be sent to a
    place; a remote visitor needs an agent only. Until `preferred_until` nobody but the preferred agent may take it:
    set it only while that agent is on duty. `level_rings` are pairs (seconds waited, minimum level), widening with
    time; the first one holds from the start, and none for the preferred agent. `cooldowns` say until when an agent is
    not offered this ticket again. `pack`: of agents who have somebody already, the one with the most is asked first.

    Raises:
        ValueError: a visitor on site who is in no branch.
    """

    id: str
    queue: str
    branch: str | None
    band: int
    key: datetime
    seq: int
    eligible_from: datetime
    needs_poc: bool
    preferred_agent: str | None = None
    preferred_until: datetime | None = None
    level_rings: tuple[tuple[float, int], ...] = ()
    cooldowns: Mapping[str, datetime] = field(default_factory=dict)
    arrived_at: datetime | None = None
    pack: bool = False

    def __post_init__(self) -> None:
        if self.needs_poc and self.branch is None:
            raise ValueError(f"ticket {self.id} needs a POC of no branch")

    def early(self, now: datetime) -> bool:
        """Its time has not come yet: it only takes agents who would be left over."""
        return self.eligible_from > now

    def waited(self, now: datetime) -> timedelta:
        """How long the visitor has been here and entitled to be served."""
        since = self.eligible_from if self.arrived_at is None else max(self.eligible_from, self.arrived_at)
        return max(now - since, timedelta(0))


@value(frozen=True, slots=True, kw_only=True)
class Available:
    """A session that can take tickets now: `free_lanes` of them, of the queues it serves, each at a skill level.

    `branches` None means every branch. A counter session sits at its own `poc`: it serves one branch, one visitor at
    a time whatever its lanes, and takes none of the branch's free POCs. `held`: so many tickets it has already.

    Raises:
        ValueError: a counter session that is not in exactly one branch.
    """

    session: str
    agent: str
    queues: Mapping[str, int]
    idle_since: datetime
    poc: str | None = None
    branches: frozenset[str] | None = None
    free_lanes: int = 1
    held: int = 0

    def __post_init__(self) -> None:
        if self.poc is not None and (self.branches is None or len(self.branches) != 1):
            raise ValueError(f"session {self.session} sits at POC {self.poc}: it is in one branch")

    @property
    def lanes(self) -> int:
        """How many tickets it can take in this pass."""
        return self.free_lanes if self.poc is None else min(1, self.free_lanes)

    @property
    def counter(self) -> str | None:
        """The branch in which it sits at a counter; None: the visitor goes to a POC of his own."""
        return None if self.poc is None else next(iter(self.branches or ()))

    def serves(self, branch: str | None) -> bool:
        """Whether tickets of this branch are for it; a visitor of no branch is for everybody not tied to a counter."""
        if branch is None:
            return self.poc is None
        return self.branches is None or branch in self.branches


@value(frozen=True, slots=True, kw_only=True)
class Assignment:
    """This ticket for this agent, at this POC (None: the visitor is remote), and why."""

    ticket: str
    session: str
    agent: str
    poc: str | None
    reasons: Reasons
