"""Appointments together with whom they are for, as staff looks at them and works with them."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.appointment import Appointment
from qms.domain.customer import Customer
from qms.domain.errors import Invalid, NotFound
from qms.services.booking import listing
from qms.services.booking.listing import Search
from qms.services.booking.reach import Reach, reached
from qms.services.booking.staff import Meeting, book_by_staff
from qms.store import appointments, participants
from qms.store.schema.booking import appointment as table
from qms.store.schema.booking import claim
from qms.store.tx import Tx

_a, _c = table.c, claim.c
STANDING = ("scheduled", "confirmed", "checked_in", "active")
"""States of what is going to take place, or does now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An appointment, and whom it is for, if anybody is known."""

    appointment: Appointment
    customer: Customer | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Sight:
    """What somebody of an account's staff sees: all its appointments, or those of one agent."""

    account: str
    agent: str | None = None

    @property
    def reach(self) -> Reach:
        """All of the account's."""
        return Reach(account=self.account)


@dataclass(frozen=True, slots=True, kw_only=True)
class Overlap:
    """What an agent has at some time: whether there is anything, and what of it one may see."""

    any: bool
    seen: Sequence[Booked]


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, and how many there are on all."""

    rows: Sequence[Booked]
    total: int


def look(tx: Tx, *, sight: Sight, appointment: str) -> Booked:
    """An appointment that one sees.

    Raises:
        NotFound: there is none.
    """
    return _with_customer(tx, [_seen(tx, sight, appointment)])[0]


def search(tx: Tx, *, sight: Sight, search: Search) -> Page:
    """The appointments that one sees and looks for; a page beyond the last is empty."""
    page = listing.search(tx, reach=sight.reach, search=replace(search, concerning=sight.agent))
    return Page(rows=_with_customer(tx, [row.appointment for row in page.rows]), total=page.total)


def overlapping(
    tx: Tx, *, sight: Sight, agent: str, start: datetime, lasting: timedelta, without: str | None = None
) -> Overlap:
    """The appointments, whoever made them, that take an agent's time in [start, start + lasting); the first first."""
    taken = sa.exists().where(
        (_c.appointment_id == _a.id)
        & (_c.agent_id == agent)
        & _c.active
        & (_c.blocked_start < start + lasting)
        & (_c.blocked_end > start)
    )
    where = (_a.account_id == sight.account) & _a.state.in_(STANDING) & (_a.id != (without or "")) & taken
    found = tx.all(Appointment, sa.select(table).where(where).order_by(_a.starts_at, _a.id))
    return Overlap(any=bool(found), seen=_with_customer(tx, [one for one in found if _sees(tx, sight, one)]))


def put_down(tx: Tx, *, account: str, meeting: Meeting, actor: str, refuse_overlap: bool) -> Booked:
    """Make an appointment that is to come.

    Raises:
        NotFound, Invalid, Conflict: as for `book_by_staff`.
    """
    check_coming(tx, meeting.starts_at)
    booked = book_by_staff(tx, account=account, meeting=meeting, actor=actor, refuse_overlap=refuse_overlap)
    return _with_customer(tx, [booked])[0]


def carry_out(tx: Tx, *, sight: Sight, appointment: str, act: Callable[..., Appointment], **arguments: Any) -> Booked:
    """Carry a command out on an appointment that one sees; it is called with account and appointment.

    Raises:
        NotFound: there is none.
    """
    _seen(tx, sight, appointment)
    return _with_customer(tx, [act(tx, account=sight.account, appointment=appointment, **arguments)])[0]


def check_coming(tx: Tx, starts_at: datetime) -> None:
    """See that an instant is to come.

    Raises:
        Invalid: it is not.
    """
    if starts_at <= tx.now:
        raise Invalid("starts_at", "an instant to come")


def _seen(tx: Tx, sight: Sight, id: str) -> Appointment:
    it = reached(tx, reach=sight.reach, appointment=id)
    if not _sees(tx, sight, it):
        raise NotFound("appointment", id)
    return it


def _sees(tx: Tx, sight: Sight, it: Appointment) -> bool:
    if sight.agent in (None, it.owner_id):
        return True
    return any(party.id == sight.agent for party in participants.of(tx, it.id))


def _with_customer(tx: Tx, found: Sequence[Appointment]) -> list[Booked]:
    known = appointments.customers_by_id(tx, {one.customer_id for one in found if one.customer_id is not None})
    return [Booked(appointment=one, customer=known.get(one.customer_id or "")) for one in found]
