"""A ticket: one person's place in a queue.

waiting → offered → serving → done                      booth, remote
waiting → called → serving → done                       counter
called → done, no_show, parked        no_show → waiting (re-activated)      parked → waiting
waiting|offered|called|parked → cancelled               visitor left, or withdrawn
waiting → expired                                       closing
offered → waiting                                       declined, missed, withdrawn, lost: the place is kept
serving|called → waiting                                transfer, taken back; serving → waiting also when interrupted
done → serving|called, no_show → called                 undone within five seconds
"""

from collections.abc import Mapping
from dataclasses import field, replace
from datetime import datetime
from typing import Any, Literal

from qms.domain.errors import Conflict
from qms.domain.value import value

TicketState = Literal["waiting", "offered", "called", "serving", "done", "cancelled", "expired", "no_show", "parked"]
Place = Literal["onsite", "remote"]

TRANSITIONS: Mapping[str, Mapping[str, TicketState]] = {
    "offer": {"waiting": "offered"},
    "call": {"waiting": "called"},
    "answer": {"offered": "serving"},
    "serve": {"called": "serving"},
    "finish": {"called": "done", "serving": "done"},
    "no_show": {"called": "no_show"},
    "reactivate": {"no_show": "waiting"},
    "requeue": {"offered": "waiting"},
    "cancel": {"waiting": "cancelled", "offered": "cancelled", "called": "cancelled", "parked": "cancelled"},
    "expire": {"waiting": "expired"},
    "park": {"called": "parked", "serving": "parked"},
    "resume": {"parked": "waiting"},
    "transfer": {"called": "waiting", "serving": "waiting"},
    "interrupt": {"called": "waiting", "serving": "waiting"},
    "take_back": {"called": "waiting", "serving": "waiting"},
    "undo_finish": {"done": "serving"},
    "undo_no_show": {"no_show": "called"},
}
"""Command → state before → state after; what is not listed is refused."""

LIVE: frozenset[str] = frozenset({"waiting", "offered", "called", "serving", "parked"})
"""States of somebody who is still in the building, so to speak."""

EMERGENCY, ESCALATED, NORMAL = 0, 1, 2
"""Bands: who is in a lower one goes first, whatever the keys say."""


@value(frozen=True, slots=True, kw_only=True)
class Ticket:
    """One person's place in a queue. `key` orders within the band; `seq` breaks ties in order of arrival.

    `own_number` is a number that we gave, out of `number_series`: it stays with the person when he is sent elsewhere.
    Until `preferred_until` nobody but the preferred agent gets the ticket while he is on duty. By `customer_email` and
    `customer_phone`, spelled as they are compared, the customer's other tickets are found. `note` and `outcome` are the
    agent's: what he wants to remember, and which of the queue's outcomes the visit had.
    """

    id: str
    account_id: str
    domain_id: str
    branch_id: str | None
    queue_id: str
    place: Place
    number: str
    own_number: int | None
    service_day: str
    state: TicketState
    band: int
    key: datetime
    seq: int
    enqueued_at: datetime
    eligible_from: datetime
    link: str
    source: str
    number_series: str | None = None
    ticket_class: str | None = None
    language: str | None = None
    integration_data: str | None = None
    submission_id: str | None = None
    customer: Mapping[str, Any] | None = None
    customer_id: str | None = None
    customer_email: str | None = None
    customer_phone: str | None = None
    appointment_id: str | None = None
    poc_id: str | None = None
    agent_id: str | None = None
    session_id: str | None = None
    preferred_agent_id: str | None = None
    preferred_until: datetime | None = None
    cooldowns: Mapping[str, int] = field(default_factory=dict)
    assigned_at: datetime | None = None
    called_at: datetime | None = None
    serving_since: datetime | None = None
    parked_at: datetime | None = None
    parked_by: str | None = None
    ended_at: datetime | None = None
    end_reason: str | None = None
    note: str | None = None
    outcome: str | None = None
    recall: int = 0
    late_count: int = 0
    ver: int = 0

    def _to(self, command: str, **changes: Any) -> "Ticket":
        after = TRANSITIONS[command].get(self.state)
        if after is None:
            raise Conflict("ticket", self.state)
        return replace(self, state=after, ver=self.ver + 1, **changes)

    def offer(self) -> "Ticket":
        """It rings at an agent's desk."""
        return self._to("offer")

    def requeue(self, **changes: Any) -> "Ticket":
        """The offer came to nothing: back in line, the place kept."""
        return self._to("requeue", **changes)

    def answer(self, now: datetime, *, agent: str, session: str, poc: str | None) -> "Ticket":
        """The agent answers: the person is being served, at a POC unless remote."""
        return self._to(
            "answer",
            agent_id=agent,
            session_id=session,
            poc_id=poc,
            serving_since=now,
            called_at=self.called_at or now,
            assigned_at=self.assigned_at or now,
        )

    def call(self, now: datetime, *, agent: str, session: str, poc: str | None) -> "Ticket":
        """The number goes on the screen: please come to this POC."""
        return self._to(
            "call",
            agent_id=agent,
            session_id=session,
            poc_id=poc,
            called_at=now,
            assigned_at=self.assigned_at or now,
            recall=0,
        )

    def call_again(self) -> "Ticket":
        """The same number on the screen once more."""
        if self.state not in ("called", "serving"):
            raise Conflict("ticket", self.state)
        return replace(self, recall=self.recall + 1, ver=self.ver + 1)

    def serve(self, now: datetime) -> "Ticket":
        """The person has arrived at the POC."""
        return self._to("serve", serving_since=now)

    def finish(self, now: datetime) -> "Ticket":
        """Served."""
        return self._to("finish", ended_at=now, end_reason="served")

    def no_show(self, now: datetime) -> "Ticket":
        """Called, and did not come."""
        return self._to("no_show", ended_at=now, end_reason="no_show")

    def reactivate(self) -> "Ticket":
        """Came after all: back in line in the old place."""
        return self._to("reactivate", **_UNASSIGNED, ended_at=None, end_reason=None)

    def cancel(self, now: datetime, reason: str) -> "Ticket":
        """The visitor left, or the ticket was withdrawn."""
        return self._to("cancel", ended_at=now, end_reason=reason)

    def expire(self, now: datetime) -> "Ticket":
        """The branch closed before the person was called."""
        return self._to("expire", ended_at=now, end_reason="closed")

    def park(self, now: datetime) -> "Ticket":
        """Set aside by the agent, who keeps it in mind."""
        return self._to("park", parked_at=now, parked_by=self.agent_id, **_UNASSIGNED)

    def resume(self) -> "Ticket":
        """Back in line in the old place, for the agent who set it aside if possible."""
        return self._to(
            "resume", preferred_agent_id=self.parked_by, preferred_until=None, parked_at=None, parked_by=None
        )

    def transfer(self, **changes: Any) -> "Ticket":
        """To another queue, agent or branch; `changes` says where and in what place."""
        return self._to("transfer", **{**_UNASSIGNED, **changes})

    def interrupt(self) -> "Ticket":
        """The agent's session was lost while serving: first in line, the same agent preferred."""
        first = {"band": min(self.band, ESCALATED), "preferred_agent_id": self.agent_id, "preferred_until": None}
        return self._to("interrupt", **_UNASSIGNED, **first)

    def take_back(self, cooldowns: Mapping[str, int]) -> "Ticket":
        """A supervisor took it from the agent: back in line in the old place."""
        return self._to("take_back", **_UNASSIGNED, cooldowns=cooldowns)

    def stand_at(self, band: int, key: datetime, seq: int) -> "Ticket":
        """A supervisor put it elsewhere in its line."""
        if self.state != "waiting":
            raise Conflict("ticket", self.state)
        return replace(self, band=band, key=key, seq=seq, ver=self.ver + 1)

    def put_back(self, key: datetime) -> "Ticket":
        """The visitor is late and lets others pass."""
        if self.state != "waiting":
            raise Conflict("ticket", self.state)
        return replace(self, key=key, late_count=self.late_count + 1, ver=self.ver + 1)

    def escalate(self) -> "Ticket":
        """Waited longer than the queue's limit: ahead of all that have not."""
        if self.state != "waiting":
            raise Conflict("ticket", self.state)
        return replace(self, band=min(self.band, ESCALATED), ver=self.ver + 1)

    def move(self, *, queue: str, branch: str | None, domain: str) -> "Ticket":
        """On to another line, the place kept: whoever declined it there has not been asked in this one."""
        if self.state != "waiting":
            raise Conflict("ticket", self.state)
        return replace(self, queue_id=queue, branch_id=branch, domain_id=domain, cooldowns={}, ver=self.ver + 1)

    def remark(self, note: str | None, outcome: str | None) -> "Ticket":
        """What the agent notes of the visit, in place of what was noted before."""
        return replace(self, note=note, outcome=outcome, ver=self.ver + 1)

    def undo_finish(self) -> "Ticket":
        """Not finished after all."""
        after = self._to("undo_finish", ended_at=None, end_reason=None)
        return after if after.serving_since else replace(after, state="called")

    def undo_no_show(self) -> "Ticket":
        """There after all."""
        return self._to("undo_no_show", ended_at=None, end_reason=None)


_UNASSIGNED: Mapping[str, None] = {
    "agent_id": None,
    "session_id": None,
    "poc_id": None,
    "called_at": None,
    "serving_since": None,
}
