"""An appointment: a service, or a meeting, at an agreed time.

held → scheduled → confirmed → checked_in (has a ticket) → active → completed
held → expired                                              given up, or not booked in time
scheduled|confirmed → active | completed | cancelled | no_show
checked_in → active | completed | cancelled | no_show       active → completed | cancelled
no_show → checked_in                                        came after all, as a walk-in
moved = the same id, token generation + 1; a moved appointment that must be confirmed anew is scheduled again

A checked-in appointment follows its ticket: serving → active, done → completed, no_show → no_show, withdrawn or closed
→ cancelled (also of somebody who was served, and sent on to wait again); and back where that is undone.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, tzinfo
from typing import Any, Literal

from qms.domain.errors import Conflict
from qms.domain.zones import wall_time

AppointmentState = Literal[
    "held", "scheduled", "confirmed", "checked_in", "active", "completed", "cancelled", "no_show", "expired"
]
Anchor = Literal["wall", "instant"]
"""What stays when a zone's rules change: what the clock on the wall shows, or the instant."""

TRANSITIONS: Mapping[str, Mapping[str, AppointmentState]] = {
    "book": {"held": "scheduled"},
    "expire": {"held": "expired"},
    "confirm": {"scheduled": "confirmed"},
    "check_in": {"scheduled": "checked_in", "confirmed": "checked_in", "no_show": "checked_in"},
    "activate": {"scheduled": "active", "confirmed": "active", "checked_in": "active"},
    "complete": {"scheduled": "completed", "confirmed": "completed", "checked_in": "completed", "active": "completed"},
    "no_show": {"scheduled": "no_show", "confirmed": "no_show"},
    "cancel": {"scheduled": "cancelled", "confirmed": "cancelled", "checked_in": "cancelled", "active": "cancelled"},
    "move": {"scheduled": "scheduled", "confirmed": "confirmed"},
}
"""Command → state before → state after; what is not listed is refused."""

_IN_LINE: Mapping[str, AppointmentState] = {"no_show": "checked_in", "completed": "checked_in"}
FOLLOWING: Mapping[str, Mapping[str, AppointmentState]] = {
    "waiting": _IN_LINE,
    "offered": _IN_LINE,
    "called": _IN_LINE,
    "parked": _IN_LINE,
    "serving": {"checked_in": "active", "completed": "active"},
    "done": {"checked_in": "completed", "active": "completed"},
    "no_show": {"checked_in": "no_show", "active": "no_show"},
    "cancelled": {"checked_in": "cancelled", "active": "cancelled"},
    "expired": {"checked_in": "cancelled", "active": "cancelled"},
}
"""State of the ticket → state of the appointment before → after; what is not listed stays."""

BLOCKING: frozenset[str] = frozenset({"held", "scheduled", "confirmed", "checked_in", "active"})
"""States in which an appointment takes its agents' time."""

COMING: frozenset[str] = frozenset({"scheduled", "confirmed"})
"""States in which somebody is expected."""

OVER: frozenset[str] = frozenset({"completed", "cancelled", "no_show", "expired"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Appointment:
    """A service at an agreed time; `agent_id` is the one who gives it, where it is one.

    `wall_start` is what the clock in `wall_zone` shows at the start, by the zones of release `tz_version`; `timezone`
    is the zone of whoever booked, as he wrote it. `no_show_at` is when nobody is expected any more. The owner is the
    agent who answers for it, or the customer where he made it himself; `made_by` is the key of the program that did.
    """

    id: str
    account_id: str
    origin: str
    state: AppointmentState
    title: str
    starts_at: datetime
    ends_at: datetime
    wall_start: str
    wall_zone: str
    tz_version: str
    anchor: Anchor
    timezone: str
    created_at: datetime
    updated_at: datetime
    application_id: str | None = None
    service_id: str | None = None
    queue_id: str | None = None
    branch_id: str | None = None
    agent_id: str | None = None
    locale: str | None = None
    hold_expires_at: datetime | None = None
    hold_hash: str | None = None
    no_show_at: datetime | None = None
    code: str | None = None
    token_generation: int = 0
    owner_id: str | None = None
    made_by: str | None = None
    customer_id: str | None = None
    ticket_id: str | None = None
    submission_id: str | None = None
    end_reason: str | None = None
    ended_at: datetime | None = None
    data: Mapping[str, Any] = field(default_factory=dict)
    ver: int = 0

    @property
    def is_awaited(self) -> bool:
        """Whether nobody has come yet; its room may be open before it is time."""
        return self.state in COMING or (self.state == "active" and self.ticket_id is None)

    @property
    def owned_by_customer(self) -> bool:
        """Whether it is the customer's own."""
        return self.owner_id is not None and self.owner_id == self.customer_id

    def changed(self, now: datetime, **changes: Any) -> "Appointment":
        """The same, with something else said about it; its state stays."""
        return self._as(self.state, now, **changes)

    def _to(self, command: str, now: datetime, **changes: Any) -> "Appointment":
        after = TRANSITIONS[command].get(self.state)
        if after is None:
            raise Conflict("appointment", self.state)
        return self._as(after, now, **changes)

    def _as(self, state: AppointmentState, now: datetime, **changes: Any) -> "Appointment":
        return replace(self, state=state, updated_at=now, ver=self.ver + 1, **changes)

    def book(self, now: datetime, **changes: Any) -> "Appointment":
        """Whoever held the time takes it; `changes` say what is known by now."""
        return self._to("book", now, hold_expires_at=None, hold_hash=None, **changes)

    def expire(self, now: datetime) -> "Appointment":
        """The hold was given up, or ran out."""
        return self._to("expire", now, ended_at=now)

    def confirm(self, now: datetime) -> "Appointment":
        """Agent or customer has said that it stands."""
        return self._to("confirm", now)

    def check_in(self, now: datetime, *, ticket: str) -> "Appointment":
        """The visitor is there, and has a ticket."""
        return self._to("check_in", now, ticket_id=ticket, no_show_at=None, ended_at=None, end_reason=None)

    def activate(self, now: datetime) -> "Appointment":
        """It is going on."""
        return self._to("activate", now, no_show_at=None)

    def complete(self, now: datetime) -> "Appointment":
        """It took place."""
        return self._to("complete", now, ended_at=now, no_show_at=None)

    def no_show(self, now: datetime) -> "Appointment":
        """Nobody came."""
        return self._to("no_show", now, ended_at=now, no_show_at=None)

    def cancel(self, now: datetime, reason: str | None) -> "Appointment":
        """It will not take place; every token for it is dead."""
        return self._to(
            "cancel", now, ended_at=now, end_reason=reason, no_show_at=None, token_generation=self.token_generation + 1
        )

    def move(self, now: datetime, *, again: bool, **when: Any) -> "Appointment":
        """To another time; every token for it is dead. `again`: whoever confirmed it has to do so anew."""
        moved = self._to("move", now, token_generation=self.token_generation + 1, **when)
        return replace(moved, state="scheduled") if again else moved

    def follow(self, ticket_state: str, now: datetime, reason: str | None) -> "Appointment":
        """What becomes of it when its ticket comes into a state; itself where nothing does."""
        after = FOLLOWING[ticket_state].get(self.state)
        if after is None:
            return self
        over = after in OVER
        ended = {"ended_at": now if over else None, "end_reason": reason if after == "cancelled" else None}
        return self._as(after, now, **ended, token_generation=self.token_generation + (after == "cancelled"))


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeTaken:
    """An agent's time that an appointment takes, buffers included.

    Two of one group may overlap; an appointment that shares its time with none is a group of its own. `overbooked`:
    staff put it over another on purpose.
    """

    appointment_id: str
    agent_id: str
    group_id: str
    blocked_start: datetime
    blocked_end: datetime
    active: bool = True
    overbooked: bool = False
    expires_at: datetime | None = None


def wall_text(instant: datetime, where: tzinfo) -> str:
    """What the clock on the wall shows, as it is kept: `2026-03-29T09:30:00`."""
    return wall_time(instant, where).isoformat(timespec="seconds")
