"""Statements on what a customer came for before."""

import sqlalchemy as sa

from qms.domain.ticket import Ticket
from qms.store.schema.work import ticket as table
from qms.store.tx import Tx

KNOWN_BY = ("customer_id", "customer_email", "customer_phone")
"""Any of these that is the same in two tickets of an account says that the same person came."""

CAME = ("done", "no_show")
"""How a visit ended that an agent had to do with."""


def before(tx: Tx, ticket: Ticket, most: int) -> list[Ticket]:
    """The last visits of a ticket's customer before it, the latest first.

    One statement for each thing that he is known by: each stops at the first that its index gives.
    """
    c = table.c
    found: dict[str, Ticket] = {}
    for name in KNOWN_BY:
        value = getattr(ticket, name)
        if value is not None:
            same = (c.account_id == ticket.account_id) & (c[name] == value) & (c.enqueued_at < ticket.enqueued_at)
            last = sa.select(table).where(same, c.state.in_(CAME)).order_by(c.enqueued_at.desc()).limit(most)
            found |= {one.id: one for one in tx.all(Ticket, last)}
    return sorted(found.values(), key=lambda one: (one.enqueued_at, one.id), reverse=True)[:most]
