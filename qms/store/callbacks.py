"""Statements on call-backs."""

from collections.abc import Sequence

import sqlalchemy as sa

from qms.domain.callback import Callback
from qms.store.schema.callback import callback as table
from qms.store.tx import Tx


def waiting(tx: Tx, queues: Sequence[str]) -> list[Callback]:
    """Who wants to be called about some queues, in the order in which they asked."""
    where = (table.c.state == "waiting") & table.c.queue_id.in_(queues)
    return tx.all(Callback, sa.select(table).where(where).order_by(table.c.asked_at, table.c.id))


def get(tx: Tx, id: str) -> Callback | None:
    """The call-back with this id."""
    return tx.first(Callback, sa.select(table).where(table.c.id == id))


def add(tx: Tx, callback: Callback) -> Callback:
    """Write a new one."""
    tx.insert(table, callback)
    return callback


def save(tx: Tx, before: Callback, after: Callback) -> Callback:
    """Write a transition.

    Raises:
        Conflict: somebody has changed it meanwhile.
    """
    tx.update(table, [(before, after)])
    return after
