"""Why a ticket went to an agent: facts that are kept with the offer."""

from dataclasses import fields
from datetime import datetime
from typing import Any, Literal

from qms.domain.value import value

Why = Literal[
    "other_queue",  # the agent does not serve that queue
    "other_branch",  # … nor that branch
    "held_for",  # detail: the preferred agent it is held for
    "below_level",  # detail: the level its present ring asks for
    "in_cooldown",  # detail: until when
    "not_before",  # detail: when it becomes eligible
    "no_free_poc",  # detail: the branch
]
"""Why a ticket did not go to an agent."""

WonBy = Literal[
    "only_candidate",  # nobody else who is available may take it
    "only_free",  # the others were taken by more urgent tickets
    "preferred",
    "least_loaded",  # has fewer tickets already
    "fullest",  # has more of them, where a queue fills one agent before it begins with another
    "empty_handed",  # the next best one already took a ticket in this pass
    "level",
    "least_flexible",
    "longest_idle",
    "id",
    "rearranged",  # agents changed tickets so that one ticket more could be served
    "supervisor",  # somebody who may do so gave it to him by hand
]
"""What told the agent from the next best who was free."""


@value(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An available agent who may take the ticket. `flexibility` counts the queues he serves in which somebody waits."""

    agent: str
    session: str
    preferred: bool
    level: int
    flexibility: int
    idle_seconds: int
    held: int = 0


@value(frozen=True, slots=True, kw_only=True)
class PassedOver:
    """A ticket further ahead, in a queue this agent serves, that nobody took; and why this agent did not."""

    ticket: str
    why: Why
    detail: str


@value(frozen=True, slots=True, kw_only=True)
class Reasons:
    """Why this ticket, and why this agent.

    `position` counts from 1 in the ticket's own queue and branch, `ahead` the tickets before it in all queues, both
    when the pass began. `ring` counts the skill rings from 1 (0: the ticket has none). `candidates` and `passed_over`
    are the first few, in order of preference and of urgency, the winner always among them; the counts are complete.
    """

    band: int
    key: datetime
    position: int
    ahead: int
    early: bool
    waited_seconds: int
    ring: int
    minimum_level: int
    won_by: WonBy
    rearranged: bool
    candidates: tuple[Candidate, ...]
    candidate_count: int
    passed_over: tuple[PassedOver, ...]
    passed_over_count: int

    def as_json(self) -> dict[str, Any]:
        """The same as plain values; the key in ISO 8601."""
        return {
            **_plain(self),
            "key": self.key.isoformat(),
            "candidates": tuple(map(_plain, self.candidates)),
            "passed_over": tuple(map(_plain, self.passed_over)),
        }


def _plain(facts: Reasons | Candidate | PassedOver) -> dict[str, Any]:
    """Facts by name; the library's own way copies every one of them, which took half of a pass."""
    return {field.name: getattr(facts, field.name) for field in fields(facts)}
