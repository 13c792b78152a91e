"""An account's customers: listed, looked at, added."""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa

from qms.domain.customer import Customer, Person
from qms.services.booking.people import add_customer
from qms.store import appointments
from qms.store.schema.booking import customer
from qms.store.tx import Tx

_c = customer.c
ORDERS = {"name": (_c.firstname, _c.lastname), "email": (_c.email,), "created": (_c.created_at,)}
"""By what the list can be ordered; what is equal goes by id."""


@dataclass(frozen=True, slots=True, kw_only=True)
class CustomerPage:
    """One page of customers, and how many there are on all."""

    rows: Sequence[Customer]
    total: int


def listed(
    tx: Tx, *, account: str, page: int, size: int, order: str = "created", descending: bool = False, named: str = ""
) -> CustomerPage:
    """One page of the account's customers; `named`: only those with this in name, e-mail address or telephone."""
    where = _c.account_id == account
    if named:
        whole = sa.func.coalesce(_c.firstname, "") + " " + sa.func.coalesce(_c.lastname, "")
        places = (whole, _c.email, _c.phone)
        where &= sa.or_(*(sa.func.lower(place).contains(named.lower(), autoescape=True) for place in places))
    total = int(tx.execute(sa.select(sa.func.count()).select_from(customer).where(where)).scalar_one())
    by = [column.desc() if descending else column for column in (*ORDERS[order], _c.id)]
    found = sa.select(customer).where(where).order_by(*by).limit(size).offset(min((page - 1) * size, total))
    return CustomerPage(rows=tx.all(Customer, found), total=total)


def get(tx: Tx, *, account: str, id: str) -> Customer:
    """A customer.

    Raises:
        NotFound: the account has none with this id.
    """
    return appointments.customer_of(tx, account, id)


def add(tx: Tx, *, account: str, person: Person) -> Customer:
    """Keep somebody as a new customer; nobody is merged."""
    return add_customer(tx, account, person)
