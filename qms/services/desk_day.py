"""The day at the desk: the appointments of a date that concern an agent, in the order of their start."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, datetime, timedelta
from typing import Literal

import sqlalchemy as sa

from qms.domain.appointment import COMING, OVER, Appointment
from qms.domain.customer import Customer
from qms.domain.errors import Invalid
from qms.domain.network import Agent, Branch, Network
from qms.domain.slots import first_instant
from qms.domain.ticket import Ticket
from qms.domain.zones import wall_time, zone
from qms.services import concern
from qms.services.check_in_times import MAY_CHECK_IN, on_its_day, rules_for
from qms.services.concern import Concern
from qms.store import appointments
from qms.store.schema import work
from qms.store.schema.booking import appointment as table
from qms.store.tx import Tx

MOST = 500
"""So many are listed; who has more looks at one branch."""

Arrival = Literal["early", "on_time", "late"]
May = Literal["check-in", "no-show", "cancel"]

_a = table.c
_DAY = timedelta(days=1)
_CHANGED = "SELECT MAX(updated_at) FROM appointment WHERE account_id = :account"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """An appointment with who comes and his ticket, if he is there.

    `arrival`: how he has come, or would if he came now; late is a walk-in. None where nobody is awaited any more.
    `may`: what the desk can do about it now.
    """

    appointment: Appointment
    customer: Customer | None
    ticket: Ticket | None
    arrival: Arrival | None
    may: tuple[May, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskDay:
    """A day: `branch` where it is one branch's, `branches` that one can choose from, `total` how many there are."""

    network: Network
    on: date
    today: date
    branch: Branch | None
    branches: Sequence[Branch]
    total: int
    rows: Sequence[Booked]


def day(tx: Tx, *, viewer: Agent, on: date | None = None, branch: str | None = None) -> DeskDay:
    """The appointments of a local date of their branches, by default today, that concern an agent.

    Raises:
        NotFound: no such branch, or none that the agent has to do with. Invalid: there is no such day.
    """
    concerned = concern.of(tx, viewer)
    network = concerned.network
    place = concerned.branch(branch) if branch is not None else None
    today = wall_time(tx.now, zone(network.zone_of(place or concerned.here))).date()
    on = on or today
    where = concerned.where() & _around(network, on)
    if place is not None:
        where &= _a.branch_id == place.id
    near = tx.all(Appointment, sa.select(table).where(where).order_by(_a.starts_at, _a.id))
    rows = [one for one in near if _local(network, one) == on]
    return DeskDay(
        network=network,
        on=on,
        today=today,
        branch=place,
        branches=[one for one in network.branches.values() if concerned.everything or one.id in concerned.branches],
        total=len(rows),
        rows=_booked(tx, concerned, rows[:MOST]),
    )


def one(tx: Tx, *, viewer: Agent, appointment: Appointment) -> Booked:
    """An appointment as the day lists it."""
    (row,) = _booked(tx, concern.of(tx, viewer), [appointment])
    return row


def changed(tx: Tx, account: str) -> int:
    """When an appointment of the account has last changed, in microseconds; 0: never. Who lists them looks again."""
    return int(tx.raw(_CHANGED, {"account": account})[0][0] or 0)


def _around(network: Network, on: date) -> sa.ColumnElement[bool]:
    """The span of time in which it is that date at any branch."""
    if not MINYEAR < on.year < MAXYEAR:
        raise Invalid("date", "a day of our time")
    zones = {network.account.timezone, *(branch.timezone for branch in network.branches.values())}
    begins = min(first_instant(on, zone(name)) for name in zones)
    ends = max(first_instant(on + _DAY, zone(name)) for name in zones)
    return (_a.starts_at >= begins) & (_a.starts_at < ends)


def _local(network: Network, booked: Appointment) -> date:
    return wall_time(booked.starts_at, zone(network.zone_of(network.branches.get(booked.branch_id or "")))).date()


def _booked(tx: Tx, concerned: Concern, rows: Sequence[Appointment]) -> list[Booked]:
    customers = appointments.customers_by_id(tx, {row.customer_id for row in rows if row.customer_id is not None})
    tickets = _tickets(tx, {row.ticket_id for row in rows if row.ticket_id is not None})
    return [
        Booked(
            appointment=row,
            customer=customers.get(row.customer_id or ""),
            ticket=tickets.get(row.ticket_id or ""),
            arrival=_arrival(tx, concerned.network, row, tickets.get(row.ticket_id or "")),
            may=_may(tx, concerned, row),
        )
        for row in rows
    ]


def _tickets(tx: Tx, ids: Iterable[str]) -> dict[str, Ticket]:
    found = tx.all(Ticket, sa.select(work.ticket).where(work.ticket.c.id.in_(sorted(ids))))
    return {ticket.id: ticket for ticket in found}


def _arrival(tx: Tx, network: Network, booked: Appointment, ticket: Ticket | None) -> Arrival | None:
    at: datetime | None = ticket.enqueued_at if ticket is not None else tx.now if booked.state in COMING else None
    if at is None:
        return None
    rules = rules_for(network, booked)
    if at > booked.starts_at + rules.grace:
        return "late"
    return "early" if at < booked.starts_at - rules.early else "on_time"


def _may(tx: Tx, concerned: Concern, booked: Appointment) -> tuple[May, ...]:
    place, rules = concerned.place_of(booked), rules_for(concerned.network, booked)
    wanted: dict[May, bool] = {
        "check-in": booked.state in MAY_CHECK_IN and place is not None and on_its_day(tx, booked, place, rules),
        "no-show": booked.state in COMING and booked.starts_at <= tx.now,
        "cancel": booked.state not in OVER,
    }
    return tuple(name for name, can in wanted.items() if can)
