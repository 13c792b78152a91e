"""Statements on appointments, and on who takes part in them."""

from collections.abc import Iterable, Mapping
from datetime import datetime

import sqlalchemy as sa

from qms.domain.appointment import Appointment
from qms.domain.customer import Customer
from qms.domain.errors import NotFound
from qms.store.schema.booking import appointment, customer, participant
from qms.store.tx import Tx

_a = appointment.c


def add(tx: Tx, new: Appointment) -> Appointment:
    """Write a new appointment.

    Raises:
        Conflict: its code is another's.
    """
    tx.insert(appointment, new)
    return new


def save(tx: Tx, before: Appointment, after: Appointment) -> Appointment:
    """Write a transition, provided that the appointment is as it was read; what was written.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    tx.update(appointment, before, after)
    return after


def get(tx: Tx, id: str) -> Appointment | None:
    """The appointment with this id."""
    return tx.first(Appointment, sa.select(appointment).where(_a.id == id))


def with_code(tx: Tx, account: str, code: str, states: Iterable[str], branch: str | None = None) -> Appointment | None:
    """The latest appointment of an account with this code, in one of these states; at this branch, or at none."""
    where = (_a.account_id == account) & (_a.code == code) & _a.state.in_(sorted(states))
    if branch is not None:
        where &= _a.branch_id.is_(None) | (_a.branch_id == branch)
    return tx.first(Appointment, sa.select(appointment).where(where).order_by(_a.starts_at.desc()).limit(1))


def code_taken(tx: Tx, account: str, code: str) -> bool:
    """Whether an appointment of the account has ever had this code."""
    return (
        tx.execute(sa.select(_a.id).where((_a.account_id == account) & (_a.code == code)).limit(1)).first() is not None
    )


def held_by(tx: Tx, account: str, token_hash: str, id: str) -> Appointment | None:
    """The hold that a secret opens."""
    where = (_a.id == id) & (_a.account_id == account) & (_a.state == "held") & (_a.hold_hash == token_hash)
    return tx.first(Appointment, sa.select(appointment).where(where))


def booked_on(tx: Tx, agents: Iterable[str], start: datetime, end: datetime) -> Mapping[str, int]:
    """How many appointments start with each agent in [start, end), those that fell through left aside."""
    where = _a.agent_id.in_(sorted(agents)) & (_a.starts_at >= start) & (_a.starts_at < end)
    where &= _a.state.not_in(("cancelled", "expired"))
    rows = tx.execute(sa.select(_a.agent_id, sa.func.count()).where(where).group_by(_a.agent_id))
    return {agent: int(count) for agent, count in rows}


def add_customer(tx: Tx, new: Customer) -> Customer:
    """Write a new customer."""
    tx.insert(customer, new)
    return new


def get_customer(tx: Tx, id: str) -> Customer | None:
    """The customer with this id."""
    return tx.first(Customer, sa.select(customer).where(customer.c.id == id))


def add_participants(tx: Tx, id: str, people: Iterable[tuple[str, str]]) -> None:
    """Write who takes part, as pairs of kind (AGENT, CUSTOMER) and id."""
    for kind, party in people:
        tx.execute(participant.insert(), {"appointment_id": id, "party_id": party, "kind": kind})


def participants(tx: Tx, id: str) -> list[tuple[str, str]]:
    """Who takes part, as pairs of kind and id."""
    p = participant.c
    found = sa.select(p.kind, p.party_id).where(p.appointment_id == id).order_by(p.kind, p.party_id)
    return [(kind, party) for kind, party in tx.execute(found)]


def customer_of(tx: Tx, account: str, id: str) -> Customer:
    """The customer of an account.

    Raises:
        NotFound: the account has none with this id.
    """
    found = get_customer(tx, id)
    if found is None or found.account_id != account:
        raise NotFound("customer", id)
    return found
