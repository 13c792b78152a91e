"""Calls: tickets that somebody has answered, or called to a counter, each with the offer by which it happened."""

from dataclasses import dataclass

import sqlalchemy as sa

from qms.store.schema.work import offer, ticket
from qms.store.tx import Tx


@dataclass(frozen=True, slots=True, kw_only=True)
class AnsweredCall:
    """A call of a ticket; its queue is the one in which it was answered."""

    ticket_id: str
    queue_id: str


def find(tx: Tx, account: str, id: str) -> AnsweredCall | None:
    """The call with this id, be it that of the answered offer or of the ticket."""
    o, t = offer.c, ticket.c
    answered = (o.account_id == account) & o.answered_at.is_not(None)
    row = tx.execute(sa.select(o.ticket_id, o.queue_id).where((o.id == id) & answered)).first()
    if row is None:
        called = (t.account_id == account) & (t.assigned_at.is_not(None) | t.called_at.is_not(None))
        row = tx.execute(sa.select(t.id, t.queue_id).where((t.id == id) & called)).first()
    return None if row is None else AnsweredCall(ticket_id=row[0], queue_id=row[1])
