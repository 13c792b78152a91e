"""Lists of appointments: filtered, ordered, one page at a time; and counts of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import sqlalchemy as sa

from qms.domain.appointment import Appointment
from qms.domain.participant import Attended
from qms.services.booking.reach import Reach
from qms.services.booking.staff import LONGEST
from qms.store import participants
from qms.store.schema.booking import appointment as table
from qms.store.schema.booking import participant
from qms.store.tx import Tx

_a, _p = table.c, participant.c
_MICROSECOND = timedelta(microseconds=1)
_LENGTH = sa.type_coerce(_a.ends_at, sa.BigInteger) - sa.type_coerce(_a.starts_at, sa.BigInteger)

ORDERS: dict[str, Any] = {
    "start": _a.starts_at,
    "end": _a.ends_at,
    "duration": _LENGTH,
    "id": _a.id,
    "created": _a.created_at,
    "updated": _a.updated_at,
    "title": _a.title,
    "state": sa.case((_a.state.in_(("checked_in", "active")), "confirmed"), else_=_a.state),
}
"""By what a list can be ordered; what is equal goes by id. Who has come, or is served, is still confirmed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """What a list is to hold; whatever is None or empty does not count. Instants: from, inclusive, until, inclusive.

    `concerning`: somebody who answers for it or takes part, by id. `within`: start and end both lie inside.
    """

    owners: Sequence[str] | None = None
    concerning: str | None = None
    made_by: str | None = None
    agent: str | None = None
    queue: str | None = None
    states: Sequence[str] | None = None
    durations: Sequence[timedelta] | None = None
    within: tuple[datetime, datetime] | None = None
    starts_from: datetime | None = None
    starts_until: datetime | None = None
    order: str = "start"
    descending: bool = False
    page: int = 1
    size: int = 25


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """One page of a list, and how many there are on all."""

    rows: Sequence[Attended]
    total: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Schedule:
    """When appointments are, and how many at just that time."""

    starts_at: datetime
    ends_at: datetime
    timezone: str
    count: int


def search(tx: Tx, *, reach: Reach, search: Search) -> Page:
    """The appointments that a caller can reach and looks for; a page beyond the last is empty."""
    where = sa.and_(reach.where(tx.network(reach.account)), *_wanted(search))
    total = int(tx.execute(sa.select(sa.func.count()).select_from(table).where(where)).scalar_one())
    by = ORDERS[search.order]
    ordered = [by.desc(), _a.id.desc()] if search.descending else [by, _a.id]
    skipped = (search.page - 1) * search.size
    if skipped >= total:
        return Page(rows=(), total=total)
    found = sa.select(table).where(where).order_by(*ordered).limit(search.size).offset(skipped)
    return Page(rows=_attended(tx, tx.all(Appointment, found)), total=total)


def schedules(tx: Tx, *, reach: Reach, start: datetime, until: datetime) -> list[Schedule]:
    """At which times appointments start in [start, until], and how many; the earliest first."""
    where = reach.where(tx.network(reach.account)) & (_a.starts_at >= start) & (_a.starts_at <= until)
    key = (_a.starts_at, _a.ends_at, _a.timezone)
    counted = sa.select(*key, sa.func.count().label("count")).where(where).group_by(*key).order_by(*key)
    return tx.all(Schedule, counted)


def overlapping(tx: Tx, *, reach: Reach, start: datetime, end: datetime) -> int:
    """How many appointments lie over [start, end); those that only touch it do not."""
    where = reach.where(tx.network(reach.account)) & (_a.starts_at < end) & (_a.ends_at > start)
    where &= _a.starts_at > start - LONGEST  # by the index, past the past
    return int(tx.execute(sa.select(sa.func.count()).select_from(table).where(where)).scalar_one())


def to_activate(tx: Tx, *, reach: Reach, ahead: timedelta) -> list[Appointment]:
    """Appointments that nobody has entered yet, and whose start is so near, or past while they last."""
    where = reach.where(tx.network(reach.account)) & _a.state.in_(("scheduled", "confirmed", "checked_in"))
    where &= (_a.starts_at <= tx.now + ahead) & (_a.ends_at > tx.now) & (_a.starts_at > tx.now - LONGEST)
    return tx.all(Appointment, sa.select(table).where(where).order_by(_a.starts_at, _a.id))


def _attended(tx: Tx, found: Sequence[Appointment]) -> list[Attended]:
    parties = participants.of_all(tx, [one.id for one in found])
    return [Attended(appointment=one, parties=parties.get(one.id, ())) for one in found]


def _wanted(search: Search) -> list[sa.ColumnElement[bool]]:
    wanted: list[sa.ColumnElement[bool]] = []
    if search.owners is not None:
        wanted.append(_a.owner_id.in_(search.owners))
    if search.concerning is not None:
        taking_part = sa.exists().where(_p.appointment_id == _a.id, _p.party_id == search.concerning)
        wanted.append((_a.owner_id == search.concerning) | taking_part)
    if search.durations is not None:
        wanted.append(_LENGTH.in_([length // _MICROSECOND for length in search.durations]))
    if search.within is not None:
        wanted += [_a.starts_at >= search.within[0], _a.ends_at <= search.within[1]]
    if search.starts_from is not None:
        wanted.append(_a.starts_at >= search.starts_from)
    if search.starts_until is not None:
        wanted.append(_a.starts_at <= search.starts_until)
    if search.states is not None:
        wanted.append(_a.state.in_(search.states))
    equal = {_a.made_by: search.made_by, _a.agent_id: search.agent, _a.queue_id: search.queue}
    return [*wanted, *(column == value for column, value in equal.items() if value is not None)]
