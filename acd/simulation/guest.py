"""A visitor in the house: where he stands in line, and with whom he is."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Literal

from acd.engine import Waiting, appointment_key, order_key
from acd.simulation.day import Day, Visitor, seconds
from acd.simulation.desk import Desk
from acd.simulation.line import Entry, line_of

EMERGENCY, ESCALATED, NORMAL = 0, 1, 2
_MICROSECOND = timedelta(microseconds=1)

Stage = Literal["waiting", "ringing", "served", "over"]


class Guest:
    """One visitor. `gone`: has left a counter's line unseen; `late`: is to be escalated when back in line.

    `queue` and `branch` are where he stands now; `key` is his own, whatever the weight of the queue. `booked`: he goes
    by an appointment. `held`: he waits for the agent whom he has come for, and for nobody else.
    """

    __slots__ = (
        "answered",
        "booked",
        "capacity",
        "branch",
        "day",
        "desk",
        "entry",
        "gone",
        "held",
        "key",
        "line",
        "late",
        "poc",
        "policy",
        "queue",
        "state",
        "ticket",
        "visitor",
    )

    def __init__(self, visitor: Visitor, day: Day, number: int, at: datetime, *, at_booth: bool) -> None:
        self.visitor, self.day = visitor, day
        self.queue, self.branch = visitor.queue, visitor.branch
        self.policy = day.policy(visitor.queue)
        self.line = line_of(visitor.queue, visitor.branch)
        key, since = self._turn(day, at)
        self.key = key
        self.booked = visitor.slot is not None and key != at
        self.held = False
        routing = self.policy.routing
        self.ticket = Waiting(
            id=str(number),
            queue=self.line,
            branch=visitor.branch,
            band=EMERGENCY if visitor.kind in routing.emergency else NORMAL,
            key=key - timedelta(seconds=routing.weight) if routing.weight else key,
            seq=number,
            eligible_from=since,
            needs_poc=at_booth and self.policy.mode == "booth",
            arrived_at=at,
            level_rings=routing.rings,
            pack=routing.fill == "pack",
        )
        ordered = visitor.at if self.ticket.key is at else (self.ticket.key - day.midnight) // _MICROSECOND
        self.entry: Entry = (self.ticket.band, ordered, number, self.ticket)
        self.state: Stage = "waiting"
        self.desk: Desk | None = None
        self.poc: str | None = None
        self.gone = self.late = False
        self.answered = 0
        self.capacity = 1

    def _turn(self, day: Day, at: datetime) -> tuple[datetime, datetime]:
        """Key, and from when he is eligible."""
        visitor, policy = self.visitor, self.policy
        if visitor.slot is not None:
            minutes = (policy.credit_minutes, policy.grace_minutes, policy.early_minutes)
            credit, grace, early = (timedelta(minutes=one) for one in minutes)
            return appointment_key(day.midnight + visitor.slot * _MICROSECOND, at, credit, grace, early)
        if visitor.kind:
            return order_key(at, timedelta(seconds=policy.credit_seconds.get(visitor.kind, 0))), at
        return at, at

    def waits_too_long_at(self) -> int:
        """When he has waited beyond the queue's limit; a credit makes nobody wait longer."""
        ticket = self.ticket
        came = ticket.arrived_at or ticket.key
        later = max(self.key - came, ticket.eligible_from - came, timedelta())
        return self.visitor.at + later // _MICROSECOND + seconds(60 * self.policy.max_wait_minutes)

    def escalate(self) -> None:
        """Before all who have not waited as long."""
        self._change(band=min(ESCALATED, self.ticket.band))

    def hold_for(self, agent: str, until: datetime) -> None:
        """Until then he waits for the agent whom he has come for."""
        self.held = until > (self.ticket.arrived_at or self.key)
        self._change(preferred_agent=agent, preferred_until=until if self.held else None)

    def let_go(self) -> None:
        """Not held any more: that agent has left."""
        self.held = False
        self._change(preferred_until=None)

    def go_on(self, queue: str, branch: str | None, *, at_booth: bool) -> None:
        """To another line, the place kept: he stands where he would had he come to it at once."""
        self.queue, self.branch = queue, branch
        self.policy, self.line = self.day.policy(queue), line_of(queue, branch)
        routing = self.policy.routing
        self._change(
            queue=self.line,
            branch=branch,
            key=self.key - timedelta(seconds=routing.weight),
            needs_poc=at_booth and self.policy.mode == "booth",
            level_rings=routing.rings,
            pack=routing.fill == "pack",
            cooldowns={},
        )

    def _change(self, **changes: Any) -> None:
        self.ticket = replace(self.ticket, **changes)
        ordered = (self.ticket.key - self.day.midnight) // _MICROSECOND
        self.entry = (self.ticket.band, ordered, self.entry[2], self.ticket)

    def back_in_line(self, agent: str, until: datetime) -> None:
        """An agent has missed the offer: the place is kept, and until then it is not offered to him again."""
        self.ticket = replace(self.ticket, cooldowns={**self.ticket.cooldowns, agent: until})
        self.entry = (*self.entry[:3], self.ticket)
        self.state, self.desk = "waiting", None
        if self.late:
            self.escalate()
