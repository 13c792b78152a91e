"""A session: an agent signed in, perhaps at a POC.

offline → idle ↔ away(reason) ;  idle → ringing → busy → wrap_up → idle
ringing → missed → idle (by hand, or after 60 s) ;  any → offline
"""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from qms.domain.errors import Conflict
from qms.domain.value import value

SessionState = Literal["offline", "idle", "away", "ringing", "busy", "wrap_up", "missed"]
MISSED_FOR = timedelta(seconds=60)
UNDO_FOR = timedelta(seconds=5)

TRANSITIONS: Mapping[str, frozenset[str]] = {
    "idle": frozenset({"idle", "away", "ringing", "busy", "wrap_up", "missed"}),
    "away": frozenset({"idle", "away", "wrap_up", "missed", "busy", "ringing"}),
    "ringing": frozenset({"idle"}),
    "busy": frozenset({"idle", "away", "ringing", "busy", "wrap_up", "missed"}),
    "wrap_up": frozenset({"busy"}),
    "missed": frozenset({"ringing"}),
    "offline": frozenset({"idle", "away", "ringing", "busy", "wrap_up", "missed", "offline"}),
}
"""State after → states before."""


@value(frozen=True, slots=True, kw_only=True)
class Session:
    """An agent at work. `until` ends ringing, wrap-up and missed; `idle_since` orders the longest idle.

    Who may have several tickets at once is busy while he has one; `spare` is for how many more there is room beside
    them, and until `paused_until` he is given none: one was missed, or is being wrapped up.
    """

    id: str
    account_id: str
    domain_id: str
    agent_id: str
    branch_id: str | None
    poc_id: str | None
    state: SessionState
    started_at: datetime
    idle_since: datetime
    state_since: datetime
    reason: str | None = None
    pending_away: str | None = None
    until: datetime | None = None
    had_socket: bool = False
    disconnected_at: datetime | None = None
    ended_at: datetime | None = None
    undo: Mapping[str, Any] | None = None
    spare: int = 0
    paused_until: datetime | None = None
    ver: int = 0

    def to(self, state: SessionState, now: datetime, **changes: Any) -> "Session":
        """The session in its next state; `until` and `reason` are cleared unless given.

        Raises:
            Conflict: not from the present state.
        """
        if self.state not in TRANSITIONS[state]:
            raise Conflict("session", self.state)
        fresh: dict[str, Any] = {"until": None, "reason": None, "state_since": now, "spare": 0, "paused_until": None}
        fresh |= changes
        if state == "offline":
            fresh.setdefault("ended_at", now)
        return replace(self, state=state, ver=self.ver + 1, **fresh)

    def hold(self, state: Literal["ringing", "busy"], now: datetime, **changes: Any) -> "Session":
        """The session while it has tickets beside the one that came or went: busy, or ringing only.

        Raises:
            Conflict: it has ended.
        """
        if self.state == "offline":
            raise Conflict("session", self.state)
        since = self.state_since if self.state == state else now
        fresh = {"until": None, "reason": None, "state_since": since, **changes}
        return replace(self, state=state, ver=self.ver + 1, **fresh)

    def free(self, now: datetime, *, served: bool) -> "Session":
        """Idle again, or away where that was asked for meanwhile; `served` puts him last among the idle."""
        idle_since = now if served else self.idle_since
        if self.pending_away is not None:
            return self.to("away", now, reason=self.pending_away, pending_away=None, idle_since=idle_since)
        return self.to("idle", now, idle_since=idle_since)
