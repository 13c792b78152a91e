"""An offer: one ticket rings at one agent's desk. Rows are kept: they are the audit of the distribution.

ringing → accepted → done
ringing → declined | missed | withdrawn | lost | superseded
A counter call is an offer that is accepted at once. An accepted offer ends with its ticket's stay at the desk.
"""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any, Literal

from qms.domain.errors import Gone
from qms.domain.value import value

OfferState = Literal["ringing", "accepted", "done", "declined", "missed", "withdrawn", "lost", "superseded"]
LIVE_OFFER: frozenset[str] = frozenset({"ringing", "accepted"})

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "accepted": frozenset({"ringing"}),
    "done": frozenset({"accepted"}),
    "declined": frozenset({"ringing"}),
    "missed": frozenset({"ringing"}),
    "withdrawn": frozenset({"ringing", "accepted"}),
    "lost": frozenset({"ringing", "accepted"}),
    "superseded": frozenset({"ringing"}),
}
"""State after → states before."""


@value(frozen=True, slots=True, kw_only=True)
class Offer:
    """A ticket at an agent's desk; `reasons` records why this ticket and why this agent.

    It has one of the agent's lanes, who may have so many tickets at once with it: `lanes` as it was when it was made.
    """

    id: str
    account_id: str
    domain_id: str
    branch_id: str | None
    queue_id: str
    ticket_id: str
    session_id: str
    agent_id: str
    poc_id: str | None
    state: OfferState
    made_at: datetime
    deadline: datetime | None
    lane: int = 0
    lanes: int = 1
    answered_at: datetime | None = None
    ended_at: datetime | None = None
    reasons: Mapping[str, Any] = field(default_factory=dict)
    ver: int = 0

    @property
    def live(self) -> bool:
        """Whether it still holds its ticket, agent and POC."""
        return self.state in LIVE_OFFER

    def to(self, state: OfferState, now: datetime) -> "Offer":
        """The offer in its next state.

        Raises:
            Gone: it has ended, or has been answered, before.
        """
        if self.state not in TRANSITIONS.get(state, frozenset()):
            raise Gone("offer", self.state)
        if state == "accepted":
            return replace(self, state=state, answered_at=now, ver=self.ver + 1)
        return replace(self, state=state, ended_at=now, ver=self.ver + 1)

    def reopen(self) -> "Offer":
        """Accepted again: the agent undid a finish or a no-show."""
        if self.state != "done":
            raise Gone("offer", self.state)
        return replace(self, state="accepted", ended_at=None, ver=self.ver + 1)
