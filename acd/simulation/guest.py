"""A visitor in the house: where he stands in line, and with whom he is."""

from dataclasses import replace
from datetime import datetime, timedelta
from typing import Literal

from acd.engine import Waiting, appointment_key, order_key
from acd.simulation.day import Day, Visitor, seconds
from acd.simulation.desk import Desk
from acd.simulation.line import Entry, lane_of

ESCALATED, NORMAL = 1, 2
_MICROSECOND = timedelta(microseconds=1)

Stage = Literal["waiting", "ringing", "served", "over"]


class Guest:
    """One visitor. `gone`: has left a counter's line unseen; `late`: is to be escalated when back in line."""

    __slots__ = ("visitor", "policy", "lane", "ticket", "entry", "state", "desk", "poc", "gone", "late", "answered")

    def __init__(self, visitor: Visitor, day: Day, number: int, at: datetime, *, at_booth: bool) -> None:
        self.visitor = visitor
        self.policy = day.policy(visitor.queue)
        self.lane = lane_of(visitor.queue, visitor.branch)
        key, since = self._turn(day, at)
        self.ticket = Waiting(
            id=str(number),
            queue=self.lane,
            branch=visitor.branch,
            band=NORMAL,
            key=key,
            seq=number,
            eligible_from=since,
            needs_poc=at_booth and self.policy.mode == "booth",
            arrived_at=at,
        )
        ordered = visitor.at if key is at else (key - day.midnight) // _MICROSECOND
        self.entry: Entry = (NORMAL, ordered, number, self.ticket)
        self.state: Stage = "waiting"
        self.desk: Desk | None = None
        self.poc: str | None = None
        self.gone = self.late = False
        self.answered = 0

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
        later = max(ticket.key - came, ticket.eligible_from - came, timedelta())
        return self.visitor.at + later // _MICROSECOND + seconds(60 * self.policy.max_wait_minutes)

    def escalate(self) -> None:
        """Before all who have not waited as long."""
        self.ticket = replace(self.ticket, band=ESCALATED)
        self.entry = (ESCALATED, *self.entry[1:3], self.ticket)

    def back_in_line(self, agent: str, until: datetime) -> None:
        """An agent has missed the offer: the place is kept, and until then it is not offered to him again."""
        self.ticket = replace(self.ticket, cooldowns={**self.ticket.cooldowns, agent: until})
        self.entry = (*self.entry[:3], self.ticket)
        self.state, self.desk = "waiting", None
        if self.late:
            self.escalate()
