"""Who goes first: the key that orders tickets, and what stands ahead of one of them."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import Any, Literal

from acd.engine.values import Waiting
from qms.domain.value import value

Rank = tuple[int, datetime, int, str]


def rank(ticket: Waiting) -> Rank:
    """Band, key, sequence: the lower goes first. The id only makes the order total."""
    return ticket.band, ticket.key, ticket.seq, ticket.id


def order_key(enqueued_at: datetime, credit: timedelta) -> datetime:
    """The key of somebody who walks in: a credit counts as if he had come that much earlier.

    It never changes while he waits, so that an index keeps the order, and whoever waits long enough is first.
    """
    return enqueued_at - credit


def appointment_key(
    slot_start: datetime, arrived_at: datetime, credit: timedelta, grace: timedelta, early: timedelta
) -> tuple[datetime, datetime]:
    """Key and `eligible_from` of somebody with an appointment who has checked in.

    On time, up to `grace` after the start: ordered as if he had come `credit` before the start, eligible from `early`
    before it (sooner only where an agent would be left over). Later he is a walk-in who comes when he comes.
    """
    if arrived_at > slot_start + grace:
        return arrived_at, arrived_at
    return slot_start - credit, slot_start - early


AheadBy = Literal[
    "band",  # a more urgent band: an emergency, or waiting beyond the limit
    "earlier",  # came earlier (or is treated so: only the key is known)
    "credit",  # came later, with a credit: its class, or an appointment
    "put_back",  # came later, but the other one was put back: late, or transferred to the end
    "sequence",  # the same key, a lower sequence
]


@value(frozen=True, slots=True, kw_only=True)
class Ahead:
    """A ticket that stands ahead of another one, and by which rule.

    `credit` is how far its key lies before its arrival. `not_before` is set while its time has not come: until then
    it only takes agents who would be left over.
    """

    position: int
    ticket: str
    rule: AheadBy
    band: int
    key: datetime
    arrived_at: datetime | None
    credit: timedelta
    not_before: datetime | None

    def as_json(self) -> dict[str, Any]:
        """The same as plain values; instants in ISO 8601, the credit in seconds."""
        return {
            "position": self.position,
            "ticket": self.ticket,
            "rule": self.rule,
            "band": self.band,
            "key": self.key.isoformat(),
            "arrived_at": self.arrived_at and self.arrived_at.isoformat(),
            "credit_seconds": int(self.credit.total_seconds()),
            "not_before": self.not_before and self.not_before.isoformat(),
        }


def explain_position(target: str, waiting: Iterable[Waiting], now: datetime) -> list[Ahead]:
    """Who stands ahead of a ticket in its own queue and branch, most urgent first: the answer to "why am I fourth?".

    `waiting` comes in order and is read no further than the ticket; its position is one more than the length.

    Raises:
        LookupError: the ticket is not among them.
    """
    before: list[Waiting] = []
    for ticket in waiting:
        if ticket.id == target:
            line = [one for one in before if (one.branch, one.queue) == (ticket.branch, ticket.queue)]
            return [_ahead(position, one, ticket, now) for position, one in enumerate(line, start=1)]
        before.append(ticket)
    raise LookupError(target)


def _ahead(position: int, other: Waiting, ticket: Waiting, now: datetime) -> Ahead:
    return Ahead(
        position=position,
        ticket=other.id,
        rule=_rule(other, ticket),
        band=other.band,
        key=other.key,
        arrived_at=other.arrived_at,
        credit=_credit(other),
        not_before=other.eligible_from if other.early(now) else None,
    )


def _credit(ticket: Waiting) -> timedelta:
    return timedelta(0) if ticket.arrived_at is None else max(ticket.arrived_at - ticket.key, timedelta(0))


def _rule(other: Waiting, ticket: Waiting) -> AheadBy:
    if other.band != ticket.band:
        return "band"
    if other.key == ticket.key:
        return "sequence"
    if other.arrived_at is None or ticket.arrived_at is None or other.arrived_at <= ticket.arrived_at:
        return "earlier"
    return "credit" if _credit(other) else "put_back"
