"""Statements on appointments, and on who takes part in them."""

from collections.abc import Container, Iterable, Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa

from qms.domain.appointment import Appointment
from qms.domain.customer import Customer
from qms.domain.errors import NotFound
from qms.store.columns import micros
from qms.store.schema.booking import appointment, customer, participant
from qms.store.statements import row_of
from qms.store.tx import Tx

_a = appointment.c

_BOOKED = """SELECT agent_id, COUNT(*) FROM appointment
WHERE agent_id IN ({marks}) AND starts_at >= :start AND starts_at < :end AND state NOT IN ('cancelled', 'expired')
GROUP BY agent_id"""


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
    tx.update(appointment, [(before, after)])
    return after


def get(tx: Tx, id: str) -> Appointment | None:
    """The appointment with this id."""
    return tx.first(Appointment, sa.select(appointment).where(_a.id == id))


def lock(tx: Tx, id: str) -> None:
    """Let nobody else change an appointment until this transaction is over; whoever does already is waited for."""
    tx.execute(sa.select(_a.id).where(_a.id == id).with_for_update()).first()


def with_code(tx: Tx, account: str, code: str, states: Container[str], branch: str | None = None) -> Appointment | None:
    """The appointment of an account with this code, if it is in one of these states; at this branch, or at none."""
    found = tx.first(Appointment, sa.select(appointment).where((_a.account_id == account) & (_a.code == code)))
    if found is None or found.state not in states or (branch is not None and found.branch_id not in (None, branch)):
        return None
    return found


def code_taken(tx: Tx, account: str, code: str) -> bool:
    """Whether an appointment of the account has ever had this code."""
    statement = "SELECT 1 FROM appointment WHERE account_id = :account AND code = :code LIMIT 1"
    return bool(tx.raw(statement, {"account": account, "code": code}))


def held_by(tx: Tx, account: str, token_hash: str, id: str) -> Appointment | None:
    """The hold that a secret opens."""
    where = (_a.id == id) & (_a.account_id == account) & (_a.state == "held") & (_a.hold_hash == token_hash)
    return tx.first(Appointment, sa.select(appointment).where(where))


def booked_on(tx: Tx, agents: Sequence[str], start: datetime, end: datetime) -> Mapping[str, int]:
    """How many appointments start with each agent in [start, end), those that fell through left aside."""
    found = tx.raw_of(_BOOKED, agents, {"start": micros(start), "end": micros(end)})
    return {**dict.fromkeys(agents, 0), **{agent: int(n) for agent, n in found}}


def add_customer(tx: Tx, new: Customer) -> Customer:
    """Write a new customer."""
    tx.insert(customer, new)
    return new


def save_customer(tx: Tx, before: Customer, after: Customer) -> None:
    """Write what is said otherwise about a customer."""
    changes = {name: value for name, value in row_of(after).items() if value != getattr(before, name)}
    tx.execute(customer.update().where(customer.c.id == before.id).values(changes))


def customers_by_id(tx: Tx, ids: Iterable[str]) -> Mapping[str, Customer]:
    """The customers with these ids; one that there is not is missing."""
    return {one.id: one for one in tx.all(Customer, sa.select(customer).where(customer.c.id.in_(list(ids))))}


def get_customer(tx: Tx, id: str) -> Customer | None:
    """The customer with this id."""
    return tx.first(Customer, sa.select(customer).where(customer.c.id == id))


def email_of(tx: Tx, id: str) -> str | None:
    """The e-mail address of the customer with this id."""
    rows = tx.raw("SELECT email FROM customer WHERE id = :id", {"id": id})
    return rows[0][0] if rows else None


def add_participants(tx: Tx, id: str, people: Iterable[tuple[str, str]]) -> None:
    """Write who takes part, as pairs of kind (AGENT, CUSTOMER) and id."""
    tx.insert_many("participant", ("appointment_id", "party_id", "kind"), [(id, party, kind) for kind, party in people])


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
