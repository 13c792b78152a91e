"""A day as it was: everybody who took a number, and when each agent was there. What a simulation replays."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import sqlalchemy as sa

from qms.domain.network import Network
from qms.domain.zones import instant_of, zone
from qms.services.duty import PastShift, attendances
from qms.store.schema import booking, work
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class PastVisit:
    """A ticket that has come to its end. `answered_at`: when it was answered, or called; None: it never was.

    `ended_at` is when the service ended, or the visitor left, or the branch closed; `slot` is an appointment's start,
    `preferred_id` the agent for whom he came to it.
    """

    queue_id: str
    branch_id: str | None
    ticket_class: str | None
    state: str
    enqueued_at: datetime
    assigned_at: datetime | None
    ended_at: datetime | None
    agent_id: str | None
    slot: datetime | None
    preferred_id: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class History:
    """A service day. `rings`: how many seconds the offers rang that were answered."""

    network: Network
    day: date
    midnight: datetime
    visits: Sequence[PastVisit]
    shifts: Sequence[PastShift]
    rings: Sequence[float]


def history(tx: Tx, *, account: str, day: date, branch: str | None = None) -> History:
    """What happened on a service day in an account, or at one of its branches (id or key).

    Raises:
        NotFound: no such branch.
    """
    network = tx.network(account)
    place = network.branches.find(branch) if branch is not None else None
    midnight = instant_of(
        datetime.combine(day, datetime.min.time()), zone(place.timezone if place else network.account.timezone)
    )
    return History(
        network=network,
        day=day,
        midnight=midnight,
        visits=_visits(tx, account, day, place.id if place else None),
        shifts=_shifts(tx, account, midnight, place.id if place else None),
        rings=_rings(tx, account, day),
    )


def _visits(tx: Tx, account: str, day: date, branch: str | None) -> list[PastVisit]:
    c, a = work.ticket.c, booking.appointment.c
    columns = (c.queue_id, c.branch_id, c.ticket_class, c.state, c.enqueued_at, c.assigned_at, c.ended_at, c.agent_id)
    joined = work.ticket.outerjoin(booking.appointment, c.appointment_id == a.id)
    preferred = sa.case((a.id.is_not(None), c.preferred_agent_id)).label("preferred_id")
    found = sa.select(*columns, a.starts_at.label("slot"), preferred).select_from(joined)
    found = found.where(c.account_id == account, c.service_day == day.isoformat(), c.ended_at.is_not(None))
    if branch is not None:
        found = found.where(c.branch_id == branch)
    return tx.all(PastVisit, found.order_by(c.enqueued_at, c.seq))


def _shifts(tx: Tx, account: str, midnight: datetime, branch: str | None) -> list[PastShift]:
    """Sessions of the day, without the time away."""
    there = attendances(tx, account, midnight, midnight + timedelta(days=1))
    shifts = [shift for one in there.values() for shift in one.shifts]
    return [shift for shift in shifts if branch is None or shift.branch_id in (None, branch)]


def _rings(tx: Tx, account: str, day: date) -> list[float]:
    c, t = work.offer.c, work.ticket.c
    answered = sa.select(c.made_at, c.answered_at).join(work.ticket, c.ticket_id == t.id)
    answered = answered.where(t.account_id == account, t.service_day == day.isoformat(), c.answered_at.is_not(None))
    rows = tx.execute(answered.order_by(c.made_at, c.id))
    return [(row.answered_at - row.made_at).total_seconds() for row in rows]


__all__ = ["History", "PastShift", "PastVisit", "history"]
